package org.phasezoo.study.particle;

/// The mean of a growing sequence with weights k^r.
final class PowerMean {
    private PowerMean() {}

    /// The newest's share, k^r over Σ_{i ≤ k} i^r, by the sum's first two terms of Euler and
    /// Maclaurin; exact for r = 0 and 1.
    static double newest(double r, long k) {
        double power = StrictMath.pow(k, r);
        return power / (k * power / (r + 1) + (r == 0 ? 0 : power / 2));
    }
}
