package org.phasezoo.train;

/// What settings of optimisers have in common: the ranges that they must lie in.
final class Ranges {
    private Ranges() {}

    static void positive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " " + value + " must be above 0");
        }
    }

    static void notNegative(String name, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " " + value + " must be at least 0");
        }
    }

    static void fraction(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(name + " " + value + " must lie in [0, 1)");
        }
    }

    static void clip(double norm) {
        if (!(norm >= 0)) {
            throw new IllegalArgumentException(
                    "clipNorm " + norm + " must be at least 0 (0: no clipping)");
        }
    }
}
