package org.phasezoo.study.particle;

/// The straight line of least squares.
///
/// @param determination R², the share of the variance that it explains
record Line(double slope, double determination) {
    /// Through the first n points; NaN with fewer than two places.
    static Line through(double[] x, double[] y, int n) {
        double mx = 0;
        double my = 0;
        for (int i = 0; i < n; i++) {
            mx += x[i] / n;
            my += y[i] / n;
        }
        double xx = 0;
        double xy = 0;
        double yy = 0;
        for (int i = 0; i < n; i++) {
            xx += (x[i] - mx) * (x[i] - mx);
            xy += (x[i] - mx) * (y[i] - my);
            yy += (y[i] - my) * (y[i] - my);
        }
        return new Line(xy / xx, xy * xy / (xx * yy));
    }

    /// Log of the values against the log of their place, spacing · (i + 1), from value `from` on.
    static Line logLog(double[] values, int spacing, int from) {
        int n = values.length - from;
        double[] x = new double[n];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = StrictMath.log((long) spacing * (from + i + 1));
            y[i] = StrictMath.log(values[from + i]);
        }
        return through(x, y, n);
    }

    /// Log of errors against time, i · spacing · step, where they lie between 1e-10 and a tenth of
    /// the first; NaN with fewer than 5.
    static Line decay(double[] errors, int spacing, double step) {
        double[] time = new double[errors.length];
        double[] log = new double[errors.length];
        int n = 0;
        for (int i = 0; i < errors.length - 1; i++) {
            if (errors[i] < 1e-10) {
                break;
            }
            if (errors[i] <= errors[0] / 10) {
                time[n] = i * spacing * step;
                log[n++] = StrictMath.log(errors[i]);
            }
        }
        return n < 5 ? new Line(Double.NaN, Double.NaN) : through(time, log, n);
    }
}
