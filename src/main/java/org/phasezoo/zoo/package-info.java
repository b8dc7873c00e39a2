/// The public storage format: Arrow files, manifests, work logs. The only room that touches Arrow.
@NullMarked
package org.phasezoo.zoo;

import org.jspecify.annotations.NullMarked;
