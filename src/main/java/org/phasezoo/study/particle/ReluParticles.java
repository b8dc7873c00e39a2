package org.phasezoo.study.particle;

import org.phasezoo.random.Draws;

/// f(x) = (1/N) Σ_j a_j (w_j x + b_j)₊ of N particles (a, w, b).
///
/// @param theta a, w, b of each particle, written in place
record ReluParticles(double[] theta) implements LineNet {
    private int neurons() {
        return theta.length / 3;
    }

    @Override
    public double[] predictions(double[] at) {
        double[] f = new double[at.length];
        for (int j = 0; j < theta.length; j += 3) {
            for (int i = 0; i < at.length; i++) {
                f[i] += theta[j] * Math.max(0, theta[j + 1] * at[i] + theta[j + 2]);
            }
        }
        for (int i = 0; i < at.length; i++) {
            f[i] /= neurons();
        }
        return f;
    }

    @Override
    public Curvature curvature() {
        Curvature curvature = new Curvature();
        for (int j = 0; j < theta.length; j += 3) {
            double slope = theta[j] * Math.abs(theta[j + 1]) / neurons();
            curvature.add(-theta[j + 2] / theta[j + 1], slope);
        }
        return curvature;
    }

    /// One step of rate η on the mean squared error and the penalty, with noise: all particles at
    /// once, where the net gives `f` on the points.
    ///
    /// @param index of the first particle's first draw
    void move(
            double[] f,
            double[][] points,
            double rate,
            double penalty,
            double inverseTemperature,
            Draws noise,
            long index) {
        double size = Math.sqrt(2 * rate / inverseTemperature);
        double keep = 1 - rate * penalty;
        double scale = 2 * rate / f.length;
        for (int j = 0; j < theta.length; j += 3) {
            double a = theta[j];
            double w = theta[j + 1];
            double b = theta[j + 2];
            double da = 0;
            double dw = 0;
            double db = 0;
            for (int i = 0; i < f.length; i++) {
                double x = points[0][i];
                double unit = w * x + b;
                if (unit > 0) {
                    double residual = scale * (f[i] - points[1][i]);
                    da += residual * unit;
                    dw += residual * a * x;
                    db += residual * a;
                }
            }
            theta[j] = keep * a - da + size * noise.normal(index + j);
            theta[j + 1] = keep * w - dw + size * noise.normal(index + j + 1);
            theta[j + 2] = keep * b - db + size * noise.normal(index + j + 2);
        }
    }
}
