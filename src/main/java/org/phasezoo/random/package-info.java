/// Counter-based randomness: keys, Philox, draws. Knows only `kernel`.
@NullMarked
package org.phasezoo.random;

import org.jspecify.annotations.NullMarked;
