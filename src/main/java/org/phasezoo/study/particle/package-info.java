/// Interacting particles, Gibbs measures and distributional games.
@NullMarked
package org.phasezoo.study.particle;

import org.jspecify.annotations.NullMarked;
