/// Data sets: embedded, read or generated. Knows `document` and `random`.
@NullMarked
package org.phasezoo.data;

import org.jspecify.annotations.NullMarked;
