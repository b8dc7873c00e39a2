package org.phasezoo.statistic;

/// Least-squares slopes on logarithmic axes, and where a curve crosses a level.
///
/// *Undefined* where a value is not positive, with fewer than 2 points (a slope) or where all x
/// agree.
public final class Slope {
    private Slope() {}

    /// The slope d ln y / d ln x by least squares; NaN where undefined. *Least n*: 2.
    public static double logLog(double[] x, double[] y) {
        int n = x.length;
        double meanX = 0;
        double meanY = 0;
        for (int i = 0; i < n; i++) {
            meanX += StrictMath.log(x[i]) / n;
            meanY += StrictMath.log(y[i]) / n;
        }
        double xx = 0;
        double xy = 0;
        for (int i = 0; i < n; i++) {
            double dx = StrictMath.log(x[i]) - meanX;
            xx += dx * dx;
            xy += dx * (StrictMath.log(y[i]) - meanY);
        }
        return n < 2 || !(xx > 0) ? Double.NaN : xy / xx;
    }

    /// The log-log slope of points with independent normal errors in ln y: t with n − 2 degrees of
    /// freedom. *Least n*: 3.
    public static Estimate ofPoints(double[] x, double[] y) {
        int n = x.length;
        double slope = logLog(x, y);
        if (n < 3 || !Double.isFinite(slope)) {
            return new Estimate.Undefined(n + " points; 3 positive ones are needed", n);
        }
        double meanX = 0;
        double meanY = 0;
        for (int i = 0; i < n; i++) {
            meanX += StrictMath.log(x[i]) / n;
            meanY += StrictMath.log(y[i]) / n;
        }
        double xx = 0;
        double residual = 0;
        for (int i = 0; i < n; i++) {
            double dx = StrictMath.log(x[i]) - meanX;
            double r = StrictMath.log(y[i]) - meanY - slope * dx;
            xx += dx * dx;
            residual += r * r;
        }
        double se = Math.sqrt(residual / (n - 2) / xx);
        return se > 0 ? new Estimate.Tee(slope, se, n - 2, n) : new Estimate.Exact(slope, n);
    }

    /// The x at which y first rises through `level`, linear in ln x between points; NaN where it
    /// does not.
    ///
    /// @param x ascending and positive
    public static double crossing(double[] x, double[] y, double level) {
        for (int i = 1; i < x.length; i++) {
            if (y[i - 1] < level && y[i] >= level) {
                double part = (level - y[i - 1]) / (y[i] - y[i - 1]);
                double lower = StrictMath.log(x[i - 1]);
                return StrictMath.exp(lower + part * (StrictMath.log(x[i]) - lower));
            }
        }
        return Double.NaN;
    }
}
