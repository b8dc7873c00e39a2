package org.phasezoo.study.gaussian;

import org.phasezoo.statistic.Normal;

/// The probabilists' Hermite polynomials and the first corrections of Edgeworth's expansion for a symmetric law.
final class Hermite {
    private static final double ONE_OVER_SQRT_TWO_PI = 0.3989422804014327;

    private Hermite() {}

    static double three(double x) {
        return x * (x * x - 3);
    }

    static double four(double x) {
        double y = x * x;
        return (y - 6) * y + 3;
    }

    static double six(double x) {
        double y = x * x;
        return ((y - 15) * y + 45) * y - 15;
    }

    /// The standard normal density.
    static double density(double x) {
        return ONE_OVER_SQRT_TWO_PI * StrictMath.exp(-x * x / 2);
    }

    /// The distribution function of the density (1 + κ₄ He₄/24) times the normal one.
    static double edgeworth(double x, double four) {
        return Normal.cdf(x) - four / 24 * three(x) * density(x);
    }
}
