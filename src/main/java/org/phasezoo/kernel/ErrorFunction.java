package org.phasezoo.kernel;

/// The error function in double precision.
public final class ErrorFunction {
    private static final double MIDDLE = 2.5;
    private static final double ONE_FROM = 6;

    /// erf(x)/x − 1 by powers of x², 0 ≤ x ≤ 1, to 2 · 10⁻¹⁹.
    private static final double[] NEAR = {
        0.1283791670955126,
        -0.3761263890318375,
        0.11283791670954879,
        -0.026866170645076792,
        0.0052239776248180145,
        -0.000854832698083379,
        0.0001205533111164271,
        -1.4925595266831182e-5,
        1.6461000484121368e-6,
        -1.6350312701054695e-7,
        1.4659775274047436e-8,
        -1.1372848856791674e-9,
        5.957176147748911e-11,
    };

    /// exp(x²) erfc(x) by powers of (x − 2.5)/(x + 2.5), 1 ≤ x ≤ 6, to 10⁻¹⁸ of exp(x²).
    private static final double[] FAR = {
        0.2108063640611436,
        -0.3717367339489734,
        0.2517131932174494,
        -0.1250330523788247,
        0.039922539075574935,
        -0.003993701166223159,
        -0.002642365963784453,
        0.0008759154630794508,
        0.00022838036598153182,
        -0.00012887741536369735,
        -3.4182063549802165e-5,
        1.8617072081910595e-5,
        7.5513017799442535e-6,
        -2.3140931150942177e-6,
        -1.79706306540687e-6,
        1.2966926825389417e-7,
        3.3657006736237105e-7,
    };

    private ErrorFunction() {}

    /// *Definition*: erf(x) = 2/√π ∫₀ˣ exp(−t²) dt. Below 1 as x + x · p(x²), which is x times a
    /// number near 1; from 1 on as 1 − exp(−x²) · q, where what is subtracted is below 0.16, so
    /// that its own error hardly counts; from 6 on it is 1. Within 2 ulp. *Non-finite*: ±1 at ±∞,
    /// NaN at NaN.
    ///
    /// *Source*: the polynomials interpolate at Chebyshev nodes, by
    /// `src/test/resources/oracle/transcendental.py`; the variable (x − a)/(x + a) is that of
    /// Shepherd and Laframboise, "Chebyshev approximation of (1 + 2x) exp(x²) erfc x", 1981.
    public static double erf(double x) {
        double size = Math.abs(x);
        if (size < 1) {
            return x + x * polynomial(NEAR, x * x);
        }
        if (!(size < ONE_FROM)) {
            return Double.isNaN(x) ? Double.NaN : Math.signum(x);
        }
        double scaled = polynomial(FAR, (size - MIDDLE) / (size + MIDDLE));
        return Math.signum(x) * (1 - StrictMath.exp(-size * size) * scaled);
    }

    private static double polynomial(double[] coefficients, double x) {
        double y = 0;
        for (int k = coefficients.length - 1; k >= 0; k--) {
            y = y * x + coefficients[k];
        }
        return y;
    }
}
