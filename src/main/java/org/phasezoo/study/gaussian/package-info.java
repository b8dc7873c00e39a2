/// Wide nets at initialisation, kernels, signal through depth, and solvable recursions: systems whose theory is a
/// Gaussian one. Knows no other family. Begin with [SingleHiddenLayer] and its solved twin.
@NullMarked
package org.phasezoo.study.gaussian;

import org.jspecify.annotations.NullMarked;
