package org.phasezoo.statistic;

import org.hipparchus.distribution.continuous.BetaDistribution;
import org.hipparchus.special.Beta;

/// Exact tails of the binomial law and Clopper and Pearson's interval.
///
/// *Source*: Clopper, Pearson, Biometrika 26 (1934) 404–413; tails by the regularised incomplete
/// beta function.
public final class Binomial {
    private Binomial() {}

    /// P(X ≥ k) for X ~ Binomial(n, p).
    public static double atLeast(long k, long n, double p) {
        if (k <= 0 || p >= 1) {
            return 1;
        }
        return p <= 0 || k > n ? 0 : Beta.regularizedBeta(p, (double) k, (double) (n - k + 1));
    }

    /// P(X ≤ k) for X ~ Binomial(n, p).
    public static double atMost(long k, long n, double p) {
        if (k >= n || p <= 0) {
            return 1;
        }
        return p >= 1 || k < 0
                ? 0
                : Beta.regularizedBeta(1 - p, (double) (n - k), (double) (k + 1));
    }

    /// The two-sided interval for a probability after `k` successes in `n` trials; conservative at
    /// every n.
    public static Interval clopperPearson(long k, long n, double level) {
        double tail = (1 - level) / 2;
        double low =
                k == 0
                        ? 0
                        : new BetaDistribution((double) k, (double) (n - k + 1))
                                .inverseCumulativeProbability(tail);
        double high =
                k == n
                        ? 1
                        : new BetaDistribution((double) (k + 1), (double) (n - k))
                                .inverseCumulativeProbability(1 - tail);
        return new Interval(low, high);
    }
}
