package org.phasezoo.study.dynamics;

import org.phasezoo.study.Saved;

/// A function of a state, in training by full-batch gradient descent.
interface CentredNet {
    /// Its residuals, its value at the start taken off.
    double[] residuals(Saved at, QuadraticExamples examples);

    /// One step, from its residuals on the examples of training.
    void descend(Saved at, double[] residuals);
}
