/// Continuous depth: solvers of differential equations and gradients through them.
@NullMarked
package org.phasezoo.study.ode;

import org.jspecify.annotations.NullMarked;
