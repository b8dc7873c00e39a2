/// Documents that people write: strict JSON, pointers, problems, and the binder that turns JSON
/// into records. Knows no other room.
@NullMarked
package org.phasezoo.document;

import org.jspecify.annotations.NullMarked;
