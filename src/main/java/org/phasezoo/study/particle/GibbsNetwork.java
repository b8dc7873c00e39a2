package org.phasezoo.study.particle;

import org.phasezoo.kernel.Cholesky;

/// The minimiser of the free energy of an infinitely wide two-layer ReLU net on a few points of the
/// line.
///
/// *Definition*: the law ρ over θ = (a, w, b) that minimises (1/n) Σ (f(x_i) − y_i)² + (λ/2) E|θ|²
/// + β⁻¹ ∫ ρ log ρ with f(x) = E a (wx + b)₊. It is ρ ∝ exp(−β((λ/2)|θ|² + (2/n) Σ u_i a (w x_i +
///   b)₊)) with u the residuals of f. The integrals over a and over the radius of (w, b) = s (cos
///   φ, sin φ) are exact: with γ(φ) = (2/n) Σ u_i (x_i cos φ + sin φ)₊ and A = λ − γ²/λ, which is
///   positive, f(x) = −(2/(βλ)) ∫ γ A⁻² (x cos φ + sin φ)₊ dφ / ∫ A⁻¹ dφ.
///
/// *Numerics*: u maximises the concave −(2/n) Σ u_i y_i − (1/n) Σ u_i² − β⁻¹ log ∫ A⁻¹; Newton's
/// method with halved steps, β raised from 1 by factors of at most 4; 16,384 angles.
///
/// *Source*: Shevchenko, Kungurtsev, Mondelli, Mean-field analysis of piecewise linear solutions
/// for wide ReLU networks, JMLR 23(130), 2022; the reduction to one angle is derived here.
final class GibbsNetwork {
    static final int ANGLES = 1 << 14;

    private final double[] x;
    private final double[] y;
    private final double penalty;
    private final double beta;
    private final double[][] unit;
    private final double[] residual;

    private GibbsNetwork(double[] x, double[] y, double penalty, double beta) {
        this.x = x;
        this.y = y;
        this.penalty = penalty;
        this.beta = beta;
        this.unit = new double[x.length][ANGLES];
        this.residual = new double[x.length];
        for (int k = 0; k < ANGLES; k++) {
            double cos = StrictMath.cos(angle(k));
            double sin = StrictMath.sin(angle(k));
            for (int i = 0; i < x.length; i++) {
                unit[i][k] = Math.max(0, x[i] * cos + sin);
            }
        }
    }

    static GibbsNetwork solve(double[] x, double[] y, double penalty, double inverseTemperature) {
        GibbsNetwork net = new GibbsNetwork(x, y, penalty, inverseTemperature);
        for (double b = 1; ; b = Math.min(b * 4, inverseTemperature)) {
            net.newton(Math.min(b, inverseTemperature));
            if (b >= inverseTemperature) {
                return net;
            }
        }
    }

    private static double angle(int k) {
        return 2 * StrictMath.PI * (k + .5) / ANGLES;
    }

    private double[] gamma(double[] u) {
        double[] gamma = new double[ANGLES];
        for (int i = 0; i < x.length; i++) {
            double scale = 2 * u[i] / x.length;
            for (int k = 0; k < ANGLES; k++) {
                gamma[k] += scale * unit[i][k];
            }
        }
        return gamma;
    }

    /// The dual objective; −∞ outside its domain.
    private double dual(double[] u, double b) {
        double sum = 0;
        for (double g : gamma(u)) {
            double a = penalty - g * g / penalty;
            if (!(a > 0)) {
                return Double.NEGATIVE_INFINITY;
            }
            sum += 1 / a;
        }
        double value = -StrictMath.log(sum) / b;
        for (int i = 0; i < x.length; i++) {
            value -= (2 * u[i] * y[i] + u[i] * u[i]) / x.length;
        }
        return value;
    }

    private void newton(double b) {
        int n = x.length;
        double value = dual(residual, b);
        for (int round = 0; round < 60; round++) {
            double[] gradient = new double[n];
            double[] minusHessian = new double[n * n];
            derivatives(b, gradient, minusHessian);
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
            double[] trial = moved(step, t);
            double reached = dual(trial, b);
            while (!(reached >= value + 1e-4 * t * gain) && t > 1e-12) {
                t /= 2;
                trial = moved(step, t);
                reached = dual(trial, b);
            }
            if (!(reached > value)) {
                return;
            }
            System.arraycopy(trial, 0, residual, 0, n);
            value = reached;
        }
    }

    private double[] moved(double[] step, double t) {
        double[] trial = residual.clone();
        for (int i = 0; i < trial.length; i++) {
            trial[i] += t * step[i];
        }
        return trial;
    }

    private void derivatives(double b, double[] gradient, double[] minusHessian) {
        int n = x.length;
        double[] gamma = gamma(residual);
        double all = 0;
        double[] first = new double[n];
        double[] second = new double[n * n];
        for (int k = 0; k < ANGLES; k++) {
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
            gradient[i] = -2 * (y[i] + residual[i]) / n - first[i] / (b * all);
            for (int j = 0; j <= i; j++) {
                double h =
                        (second[i * n + j] / all - first[i] * first[j] / (all * all)) / b
                                + (i == j ? 2.0 / n : 0);
                minusHessian[i * n + j] = h;
                minusHessian[j * n + i] = h;
            }
        }
    }

    /// The weight of the unit (x cos φ + sin φ)₊ in f, angle by angle.
    private double[] weights() {
        double[] gamma = gamma(residual);
        double all = 0;
        double[] weight = new double[ANGLES];
        for (int k = 0; k < ANGLES; k++) {
            double a = penalty - gamma[k] * gamma[k] / penalty;
            all += 1 / a;
            weight[k] = -2 * gamma[k] / (beta * penalty * a * a);
        }
        for (int k = 0; k < ANGLES; k++) {
            weight[k] /= all;
        }
        return weight;
    }

    double[] residuals() {
        return residual.clone();
    }

    /// f at these places.
    double[] predictions(double[] at) {
        double[] weight = weights();
        double[] f = new double[at.length];
        for (int k = 0; k < ANGLES; k++) {
            double cos = StrictMath.cos(angle(k));
            double sin = StrictMath.sin(angle(k));
            for (int i = 0; i < at.length; i++) {
                f[i] += weight[k] * Math.max(0, at[i] * cos + sin);
            }
        }
        return f;
    }

    Curvature curvature() {
        double[] weight = weights();
        Curvature curvature = new Curvature();
        for (int k = 0; k < ANGLES; k++) {
            double cos = StrictMath.cos(angle(k));
            curvature.add(-StrictMath.tan(angle(k)), weight[k] * Math.abs(cos));
        }
        return curvature;
    }
}
