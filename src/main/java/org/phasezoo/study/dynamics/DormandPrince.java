package org.phasezoo.study.dynamics;

/// The adaptive method of Dormand and Prince of orders 5(4), with local extrapolation and the first
/// stage taken over from the last step. A step is accepted where the root mean square over the
/// state of error / (tolerance · (1 + max(|y|, |y next|))) is at most 1; the next is .9 ·
/// error^(−1/5) times as long, between .2 and 10 times.
///
/// *Source*: Dormand and Prince, "A family of embedded Runge–Kutta formulae", 1980; Hairer, Nørsett
/// and Wanner, Solving Ordinary Differential Equations I, section II.4.
final class DormandPrince {
    private static final double[][] A = {
        {},
        {1.0 / 5},
        {3.0 / 40, 9.0 / 40},
        {44.0 / 45, -56.0 / 15, 32.0 / 9},
        {19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729},
        {9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656},
        {35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84}
    };
    private static final double[] ERROR = {
        71.0 / 57600, 0, -71.0 / 16695, 71.0 / 1920, -17253.0 / 339200, 22.0 / 525, -1.0 / 40
    };

    /// The right side of an autonomous system.
    interface Side {
        void of(double[] y, double[] out);
    }

    /// What a solution took; not `finished` where it would have needed more steps than allowed or
    /// met a number that is not finite.
    record Solution(double[] y, int evaluations, int steps, boolean finished) {}

    private DormandPrince() {}

    /// y after `span` (which may be negative), in at most `mostSteps` steps, rejected ones counted.
    static Solution solve(Side side, double[] start, double span, double tolerance, int mostSteps) {
        int n = start.length;
        double[] y = start.clone();
        double[][] k = new double[7][n];
        double[] next = new double[n];
        side.of(y, k[0]);
        int evaluations = 1;
        double left = Math.abs(span);
        double sign = Math.signum(span);
        double h = Math.min(left, .01 * left + 1e-6);
        int steps = 0;
        while (left > 0) {
            if (steps++ == mostSteps) {
                return new Solution(y, evaluations, mostSteps, false);
            }
            h = Math.min(h, left);
            for (int stage = 1; stage < 7; stage++) {
                for (int i = 0; i < n; i++) {
                    double sum = 0;
                    for (int j = 0; j < stage; j++) {
                        sum += A[stage][j] * k[j][i];
                    }
                    next[i] = y[i] + sign * h * sum;
                }
                side.of(next, k[stage]);
                evaluations++;
            }
            double square = 0;
            for (int i = 0; i < n; i++) {
                double error = 0;
                for (int j = 0; j < 7; j++) {
                    error += ERROR[j] * k[j][i];
                }
                double scale = tolerance * (1 + Math.max(Math.abs(y[i]), Math.abs(next[i])));
                square += h * error / scale * (h * error / scale);
            }
            double error = Math.sqrt(square / n);
            if (!(error < Double.POSITIVE_INFINITY)) {
                return new Solution(y, evaluations, steps, false);
            }
            if (error <= 1) {
                left -= h;
                System.arraycopy(next, 0, y, 0, n);
                System.arraycopy(k[6], 0, k[0], 0, n);
            }
            double factor = error == 0 ? 10 : .9 * StrictMath.pow(error, -.2);
            h *= Math.max(.2, Math.min(10, factor));
        }
        return new Solution(y, evaluations, steps, true);
    }
}
