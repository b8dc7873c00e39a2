package org.phasezoo.study.dynamics;

/// How far a net of [QuadraticPerceptron] is turned towards its task, by the moments w̄ = Σ w_k/N
/// and M = Σ w_k w_kᵀ/N of its weights.
final class QuadraticAlignment {
    private final QuadraticTask task;
    private final int d;
    private final double[] mean;
    private final double[] second;

    /// @param w weights `(N, D)`
    QuadraticAlignment(QuadraticTask task, double[] w) {
        this.task = task;
        this.d = task.beta().length;
        this.mean = new double[d];
        this.second = new double[d * d];
        int width = w.length / d;
        for (int k = 0; k < width; k++) {
            for (int i = 0; i < d; i++) {
                mean[i] += w[k * d + i] / width;
                for (int j = 0; j < d; j++) {
                    second[i * d + j] += w[k * d + i] * w[k * d + j] / width;
                }
            }
        }
    }

    /// M v.
    private double[] seen(double[] v, int from) {
        double[] y = new double[d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                y[i] += second[i * d + j] * v[from + j];
            }
        }
        return y;
    }

    /// yᵀ K y/(‖K‖ |y|²) of the tangent kernel K(x, x′) ∝ (x · x′)(1 + ε w̄ · (x + x′) + ε² xᵀ M
    /// x′) on the first n examples of the test.
    ///
    /// @param alignment ε
    double kernel(double alignment, int n) {
        double[] x = task.test().inputs();
        double[] y = task.test().targets();
        double yy = 0;
        double kk = 0;
        double yky = 0;
        for (int e = 0; e < n; e++) {
            double[] seen = seen(x, e * d);
            yy += y[e] * y[e];
            for (int o = 0; o < n; o++) {
                double dot = 0;
                double along = 0;
                double across = 0;
                for (int i = 0; i < d; i++) {
                    double here = x[e * d + i];
                    double there = x[o * d + i];
                    dot += here * there;
                    along += mean[i] * (here + there);
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
    double feature() {
        double[] beta = task.beta();
        double[] seen = seen(beta, 0);
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
