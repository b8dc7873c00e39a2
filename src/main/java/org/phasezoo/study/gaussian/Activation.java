package org.phasezoo.study.gaussian;

import org.phasezoo.kernel.ErrorFunction;
import org.phasezoo.study.Power;

/// A pointwise non-linearity φ, its derivative, and its moments under a normal law.
public enum Activation {
    /// max(x, 0)
    RELU,
    /// x
    IDENTITY,
    /// tanh x
    TANH,
    /// erf x
    ERF,
    /// sin x
    SIN,
    /// −1, 0 or 1
    SIGN;

    private static final double TWO_OVER_SQRT_PI = 1.1283791670955126;
    private static final int POINTS = 4001;
    private static final double EDGE = 12;

    /// φ(x).
    public double of(double x) {
        return switch (this) {
            case RELU -> x > 0 ? x : 0;
            case IDENTITY -> x;
            case TANH -> StrictMath.tanh(x);
            case ERF -> ErrorFunction.erf(x);
            case SIN -> StrictMath.sin(x);
            case SIGN -> Math.signum(x);
        };
    }

    /// φ'(x); 0 at a kink.
    public double slope(double x) {
        return switch (this) {
            case RELU -> x > 0 ? 1 : 0;
            case IDENTITY -> 1;
            case TANH -> {
                double y = StrictMath.tanh(x);
                yield 1 - y * y;
            }
            case ERF -> TWO_OVER_SQRT_PI * StrictMath.exp(-x * x);
            case SIN -> StrictMath.cos(x);
            case SIGN -> 0;
        };
    }

    /// *Definition*: E φ(s z)^k, z standard normal, for even k from 2 to 8. Closed forms for
    /// [#RELU], [#IDENTITY] and [#SIGN]; for the smooth ones a trapezoid rule with 4,001 points on
    /// [−12, 12].
    double moment(int k, double s) {
        return switch (this) {
            case IDENTITY -> Power.of(s, k) * oddFactorial(k - 1);
            case RELU -> Power.of(s, k) * oddFactorial(k - 1) / 2;
            case SIGN -> 1;
            case TANH, ERF, SIN -> byQuadrature(k, s);
        };
    }

    private double byQuadrature(int k, double s) {
        double sum = 0;
        double all = 0;
        for (int i = 0; i < POINTS; i++) {
            double z = -EDGE + 2 * EDGE * i / (POINTS - 1);
            double weight = StrictMath.exp(-z * z / 2);
            sum += weight * Power.of(of(s * z), k);
            all += weight;
        }
        return sum / all;
    }

    /// k (k − 2) … 1 for odd k.
    static double oddFactorial(int k) {
        double product = 1;
        for (int i = k; i > 1; i -= 2) {
            product *= i;
        }
        return product;
    }
}
