package org.phasezoo.study;

/// Whole powers.
public final class Power {
    private Power() {}

    /// x · x · … in this order, 1 for exponents below 1.
    public static double of(double x, int exponent) {
        double power = 1;
        for (int k = 0; k < exponent; k++) {
            power *= x;
        }
        return power;
    }
}
