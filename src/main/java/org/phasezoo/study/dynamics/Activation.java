package org.phasezoo.study.dynamics;

/// An activation with its first two derivatives; ReLU's are 0 at 0, and its second everywhere.
public enum Activation {
    RELU,
    TANH,
    SWISH;

    double of(double z) {
        return switch (this) {
            case RELU -> Math.max(0, z);
            case TANH -> StrictMath.tanh(z);
            case SWISH -> z * gate(z);
        };
    }

    double slope(double z) {
        return switch (this) {
            case RELU -> z > 0 ? 1 : 0;
            case TANH -> {
                double t = StrictMath.tanh(z);
                yield 1 - t * t;
            }
            case SWISH -> {
                double s = gate(z);
                yield s + z * s * (1 - s);
            }
        };
    }

    double curvature(double z) {
        return switch (this) {
            case RELU -> 0;
            case TANH -> {
                double t = StrictMath.tanh(z);
                yield -2 * t * (1 - t * t);
            }
            case SWISH -> {
                double s = gate(z);
                yield s * (1 - s) * (2 + z * (1 - 2 * s));
            }
        };
    }

    private static double gate(double z) {
        return 1 / (1 + StrictMath.exp(-z));
    }
}
