package org.phasezoo.model;

/// Refusals of settings that are out of range.
final class Sizes {
    private Sizes() {}

    static void range(String name, int value, int low, int high) {
        if (value < low || value > high) {
            throw new IllegalArgumentException(
                    name + " " + value + " must lie in " + low + " … " + high);
        }
    }

    static void positive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " " + value + " must be above 0 and finite");
        }
    }

    static void finite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " " + value + " must be finite");
        }
    }

    static void divides(String name, int value, String whole, int size) {
        if (size % value != 0) {
            throw new IllegalArgumentException(
                    name + " " + value + " must divide " + whole + " " + size);
        }
    }
}
