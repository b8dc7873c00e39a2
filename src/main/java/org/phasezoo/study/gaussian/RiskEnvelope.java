package org.phasezoo.study.gaussian;

/// The lower envelope over model sizes of risk curves, by compute.
final class RiskEnvelope {
    private final int[] sizes;
    private final int[] times;
    private final double[] risk;

    /// @param risk for each size a row of the risks at `times` and one value more
    RiskEnvelope(int[] sizes, int[] times, double[] risk) {
        this.sizes = sizes;
        this.times = times;
        this.risk = risk;
    }

    /// Times 0, 1, 2, … that grow by a twelfth, and `steps` last.
    static int[] times(int steps) {
        int n = 1;
        for (int t = 1; t < steps; t += 1 + t / 12) {
            n++;
        }
        int[] times = new int[n + 1];
        int t = 1;
        for (int i = 1; i < n; i++, t += 1 + t / 12) {
            times[i] = t;
        }
        times[n] = steps;
        return times;
    }

    /// f, d* and P* at a compute; empty where the least is at an end.
    double[] least(double f) {
        double[] ln = new double[sizes.length];
        int best = -1;
        for (int k = 0; k < sizes.length; k++) {
            ln[k] = at(k * (times.length + 1), f / sizes[k]);
            if (!Double.isNaN(ln[k]) && (best < 0 || ln[k] < ln[best])) {
                best = k;
            }
        }
        if (best < 1
                || best > sizes.length - 2
                || Double.isNaN(ln[best - 1])
                || Double.isNaN(ln[best + 1])) {
            return new double[0];
        }
        double x0 = StrictMath.log(sizes[best - 1]);
        double x1 = StrictMath.log(sizes[best]);
        double x2 = StrictMath.log(sizes[best + 1]);
        double first = (ln[best] - ln[best - 1]) / (x1 - x0);
        double curve = ((ln[best + 1] - ln[best]) / (x2 - x1) - first) / (x2 - x0);
        double x = curve > 0 ? Math.clamp((x0 + x1) / 2 - first / (2 * curve), x0, x2) : x1;
        double y = ln[best - 1] + first * (x - x0) + curve * (x - x0) * (x - x1);
        return new double[] {f, StrictMath.exp(x), StrictMath.exp(y)};
    }

    /// ln of the risk at a time from 1 to `steps`, linear in ln t between recorded times; NaN
    /// outside.
    private double at(int offset, double t) {
        if (!(t >= 1 && t <= times[times.length - 1])) {
            return Double.NaN;
        }
        int i = 2;
        while (times[i] < t) {
            i++;
        }
        double low = StrictMath.log(times[i - 1]);
        double part = (StrictMath.log(t) - low) / (StrictMath.log(times[i]) - low);
        double from = StrictMath.log(risk[offset + i - 1]);
        return from + part * (StrictMath.log(risk[offset + i]) - from);
    }
}
