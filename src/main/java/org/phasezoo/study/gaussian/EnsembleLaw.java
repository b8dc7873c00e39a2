package org.phasezoo.study.gaussian;

import org.phasezoo.statistic.Normal;

/// The law of standardised values, gathered in sums: of He₄ and He₆ and their squares, and of what
/// lies in cells of a hundredth from −10 to 10, below and above.
final class EnsembleLaw {
    private static final int BINS = 2000;
    private static final int MOMENTS = 6;

    private final double[] sums;
    private final long n;

    /// @param sums of n values; what [#sums] made, filled by [#add]
    EnsembleLaw(double[] sums, long n) {
        this.sums = sums;
        this.n = n;
    }

    /// Sums of no values.
    static double[] sums() {
        return new double[MOMENTS + BINS];
    }

    /// Adds x to the sums.
    static void add(double[] sums, double x) {
        double four = Hermite.four(x);
        double six = Hermite.six(x);
        sums[0] += four;
        sums[1] += four * four;
        sums[2] += six;
        sums[3] += six * six;
        int bin = (int) Math.floor(x * 100) + BINS / 2;
        sums[bin < 0 ? 4 : bin >= BINS ? 5 : MOMENTS + bin]++;
    }

    /// E He₄ with its standard error.
    double[] four() {
        return mean(0);
    }

    /// E He₆ with its standard error.
    double[] six() {
        return mean(2);
    }

    private double[] mean(int at) {
        double mean = sums[at] / n;
        return new double[] {mean, Math.sqrt((sums[at + 1] / n - mean * mean) / n)};
    }

    /// Kolmogorov's distances, on a grid of .01, to the normal law and to it with the He₄
    /// correction of this κ₄.
    double[] distances(double four) {
        double below = sums[4];
        double toGauss = 0;
        double toEdgeworth = 0;
        for (int bin = 0; bin < BINS; bin++) {
            double x = (bin - BINS / 2) / 100.0;
            double share = below / n;
            toGauss = Math.max(toGauss, Math.abs(share - Normal.cdf(x)));
            toEdgeworth = Math.max(toEdgeworth, Math.abs(share - Hermite.edgeworth(x, four)));
            below += sums[MOMENTS + bin];
        }
        return new double[] {toGauss, toEdgeworth};
    }

    /// `factor` times density minus normal density at x = step/4, both as means over .24.
    double excess(int step, int factor) {
        double inside = 0;
        int first = MOMENTS + BINS / 2 + 25 * step - 12;
        for (int bin = first; bin < first + 24; bin++) {
            inside += sums[bin];
        }
        double low = .25 * step - .12;
        double normal = Normal.cdf(low + .24) - Normal.cdf(low);
        return factor * (inside / n - normal) / .24;
    }
}
