package org.phasezoo.study.particle;

import org.phasezoo.study.Recorder;

/// A net of any width on the line.
interface LineNet {
    /// Its outputs at these places.
    double[] predictions(double[] at);

    Curvature curvature();

    /// −1, −.99 … 1.
    static double[] hundredths() {
        double[] at = new double[201];
        for (int i = 0; i < at.length; i++) {
            at[i] = (i - 100) / 100.0;
        }
        return at;
    }

    /// Records the knots, the risk on the points (inputs in row 0, targets in row 1), and the
    /// predictor.
    default void record(double[][] points, Recorder out) {
        Curvature curvature = curvature();
        int most = curvature.mostBetween(points[0]);
        out.scalar("knots.most-between-data.v1", most);
        out.scalar("knots.within-bound.v1", most <= 3 ? 1 : 0);
        out.scalar("knots.concentration.v1", curvature.concentration());
        out.scalar("knots.share-off-data.v1", curvature.heaviestOff(points[0], .1));
        out.scalar("risk.train.v1", risk(predictions(points[0]), points[1]));
        double[] f = predictions(hundredths());
        for (int i = 0; i < f.length; i++) {
            out.series("predictor.hundredths.v1", i, f[i]);
        }
    }

    /// The mean squared error.
    static double risk(double[] f, double[] y) {
        double sum = 0;
        for (int i = 0; i < f.length; i++) {
            sum += (f[i] - y[i]) * (f[i] - y[i]) / f.length;
        }
        return sum;
    }
}
