package org.phasezoo.study;

/// A last stage of training on fixed examples, by [org.phasezoo.train.LimitedMemoryBfgs].
///
/// @param iterations 0 to 100,000
/// @param pairs of steps and gradients remembered, 1 to 100
/// @param tolerance of the gradient's largest component, at which it ends early, at least 0
public record Polish(int iterations, int pairs, double tolerance) {
    public Polish {
        Setting.within("iterations", iterations, 0, 100_000);
        Setting.within("pairs", pairs, 1, 100);
        Setting.within("tolerance", tolerance, 0, 1);
    }
}
