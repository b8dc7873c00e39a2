package org.phasezoo.study.particle;

import org.phasezoo.kernel.Cholesky;

/// The concave dual of [GibbsNetwork]'s free energy in the residuals u: −(2/n) Σ u_i y_i − (1/n) Σ
/// u_i² − β⁻¹ log ∫ A⁻¹, A = λ − γ²/λ, its integrals sums over angles, and its maximum.
final class GibbsDual {
    private final double[] y;
    private final double penalty;
    private final double[][] unit;

    /// @param unit (x_i cos φ + sin φ)₊, a row a point
    GibbsDual(double[] y, double penalty, double[][] unit) {
        this.y = y;
        this.penalty = penalty;
        this.unit = unit;
    }

    /// γ, angle by angle.
    double[] gamma(double[] u) {
        double[] gamma = new double[unit[0].length];
        for (int i = 0; i < y.length; i++) {
            double scale = 2 * u[i] / y.length;
            for (int k = 0; k < gamma.length; k++) {
                gamma[k] += scale * unit[i][k];
            }
        }
        return gamma;
    }

    /// −∞ outside its domain.
    private double value(double[] u, double beta) {
        double sum = 0;
        for (double g : gamma(u)) {
            double a = penalty - g * g / penalty;
            if (!(a > 0)) {
                return Double.NEGATIVE_INFINITY;
            }
            sum += 1 / a;
        }
        double value = -StrictMath.log(sum) / beta;
        for (int i = 0; i < y.length; i++) {
            value -= (2 * u[i] * y[i] + u[i] * u[i]) / y.length;
        }
        return value;
    }

    /// Brings u to the maximum by Newton's method with halved steps.
    void maximise(double[] u, double beta) {
        int n = u.length;
        double value = value(u, beta);
        for (int round = 0; round < 60; round++) {
            double[] gradient = new double[n];
            double[] minusHessian = new double[n * n];
            derivatives(u, beta, gradient, minusHessian);
            double[] step = gradient.clone();
            Cholesky.solve(minusHessian, n, step);
            double gain = 0;
            for (int i = 0; i < n; i++) {
                gain += step[i] * gradient[i];
            }
            if (!(gain > 1e-24)) {
                return;
            }
            double t = 1;
            double[] trial = moved(u, step, t);
            double reached = value(trial, beta);
            while (!(reached >= value + 1e-4 * t * gain) && t > 1e-12) {
                t /= 2;
                trial = moved(u, step, t);
                reached = value(trial, beta);
            }
            if (!(reached > value)) {
                return;
            }
            System.arraycopy(trial, 0, u, 0, n);
            value = reached;
        }
    }

    private static double[] moved(double[] u, double[] step, double t) {
        double[] trial = u.clone();
        for (int i = 0; i < trial.length; i++) {
            trial[i] += t * step[i];
        }
        return trial;
    }

    private void derivatives(double[] u, double beta, double[] gradient, double[] minusHessian) {
        int n = u.length;
        double[] gamma = gamma(u);
        double all = 0;
        double[] first = new double[n];
        double[] second = new double[n * n];
        for (int k = 0; k < gamma.length; k++) {
            double a = penalty - gamma[k] * gamma[k] / penalty;
            all += 1 / a;
            double slope = 2 * gamma[k] / penalty / (a * a);
            double bend =
                    (2 / penalty + 8 * gamma[k] * gamma[k] / (penalty * penalty * a)) / (a * a);
            for (int i = 0; i < n; i++) {
                double ui = 2 * unit[i][k] / n;
                first[i] += slope * ui;
                for (int j = 0; j <= i; j++) {
                    second[i * n + j] += bend * ui * 2 * unit[j][k] / n;
                }
            }
        }
        for (int i = 0; i < n; i++) {
            gradient[i] = -2 * (y[i] + u[i]) / n - first[i] / (beta * all);
            for (int j = 0; j <= i; j++) {
                double h =
                        (second[i * n + j] / all - first[i] * first[j] / (all * all)) / beta
                                + (i == j ? 2.0 / n : 0);
                minusHessian[i * n + j] = h;
                minusHessian[j * n + i] = h;
            }
        }
    }
}
