package org.phasezoo.statistic;

import org.hipparchus.distribution.continuous.TDistribution;

/// Student's t law with `df` > 0 degrees of freedom, not necessarily whole.
public record StudentT(double df) {
    public StudentT {
        if (!(df > 0)) {
            throw new IllegalArgumentException("df is " + df + "; it must be above 0");
        }
    }

    /// P(T ≥ t), accurate in the upper tail.
    public double upperTail(double t) {
        return new TDistribution(df).cumulativeProbability(-t);
    }

    /// The t with P(T ≤ t) = p, 0 < p < 1.
    public double quantile(double p) {
        return new TDistribution(df).inverseCumulativeProbability(p);
    }
}
