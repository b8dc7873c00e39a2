package org.phasezoo.study.dynamics;

import org.phasezoo.study.Saved;

/// How far [QuadraticNet] is turned towards its task.
final class QuadraticAlignment {
    private QuadraticAlignment() {}

    /// yᵀ K y/(‖K‖ |y|²) of the tangent kernel on the first n examples of the test.
    static double kernel(QuadraticTask task, double alignment, Saved at, int n) {
        int d = at.row("mean").length;
        double[] x = task.test().inputs();
        double[] y = task.test().targets();
        double[] mean = at.row("mean");
        double[] second = at.row("second");
        double yy = 0;
        double kk = 0;
        double yky = 0;
        for (int e = 0; e < n; e++) {
            double[] here = java.util.Arrays.copyOfRange(x, e * d, (e + 1) * d);
            double[] seen = Squares.times(second, here);
            yy += y[e] * y[e];
            for (int o = 0; o < n; o++) {
                double dot = 0;
                double along = 0;
                double across = 0;
                for (int i = 0; i < d; i++) {
                    double there = x[o * d + i];
                    dot += here[i] * there;
                    along += mean[i] * (here[i] + there);
                    across += seen[i] * there;
                }
                double k = dot * (1 + alignment * along + alignment * alignment * across);
                kk += k * k;
                yky += y[e] * k * y[o];
            }
        }
        return yky / (Math.sqrt(kk) * yy);
    }

    /// βᵀ M β/(|β|² tr M/D): 1 where M has no preferred direction, D where it has β's alone.
    static double feature(QuadraticTask task, Saved at) {
        int d = at.row("mean").length;
        double[] second = at.row("second");
        double[] beta = task.beta();
        double[] seen = Squares.times(second, beta);
        double along = 0;
        double trace = 0;
        double square = 0;
        for (int i = 0; i < d; i++) {
            along += beta[i] * seen[i];
            square += beta[i] * beta[i];
            trace += second[i * d + i];
        }
        return along / (square * trace / d);
    }
}
