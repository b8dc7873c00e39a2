package org.phasezoo.study.dynamics;

/// A number to be learned from each input.
public enum ScalarTask {
    /// One example: x = 1 of one dimension, y = 1.
    ONE,
    /// y = x_1 x_2, x standard normal.
    PRODUCT;

    /// The targets of row-major points of d dimensions.
    double[] targets(double[] points, int d) {
        double[] targets = new double[points.length / d];
        for (int e = 0; e < targets.length; e++) {
            targets[e] = this == ONE ? 1 : points[e * d] * points[e * d + 1];
        }
        return targets;
    }
}
