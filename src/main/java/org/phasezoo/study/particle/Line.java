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
}
