package org.phasezoo.metric;

/// Mean and standard error of a sample: plain sums in index order.
record Moments(double mean, double standardError) {
    static Moments of(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        double mean = sum / values.length;
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        int n = values.length;
        return new Moments(mean, n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1) / n));
    }

    /// Delete-one standard error from leave-one-out values: √((n−1)/n · Σ (xᵢ − x̄)²).
    static double jackknife(double[] without) {
        Moments moments = of(without);
        return (without.length - 1) * moments.standardError();
    }
}
