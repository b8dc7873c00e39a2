/// Associative memories and spin systems.
@NullMarked
package org.phasezoo.study.spin;

import org.jspecify.annotations.NullMarked;
