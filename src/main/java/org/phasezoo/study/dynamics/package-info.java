/// Dynamics: training and its phases, in nets small enough to be followed step by step; continuous
/// depth, solvers of differential equations and gradients through them.
@NullMarked
package org.phasezoo.study.dynamics;

import org.jspecify.annotations.NullMarked;
