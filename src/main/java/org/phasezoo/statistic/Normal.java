package org.phasezoo.statistic;

import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.special.Erf;

/// The standard normal law and the error function.
///
/// *Non-finite*: NaN in, NaN out; ±∞ give the limits.
public final class Normal {
    private static final NormalDistribution LAW = new NormalDistribution();

    private Normal() {}

    /// P(Z ≤ z).
    public static double cdf(double z) {
        return LAW.cumulativeProbability(z);
    }

    /// The z with P(Z ≤ z) = p, 0 < p < 1.
    public static double quantile(double p) {
        return LAW.inverseCumulativeProbability(p);
    }

    /// erf(x) = 2/√π ∫₀ˣ exp(−t²) dt.
    public static double erf(double x) {
        return Erf.erf(x);
    }
}
