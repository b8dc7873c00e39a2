package org.phasezoo.study.particle;

/// The minimiser of the free energy of an infinitely wide two-layer ReLU net on a few points of the
/// line.
///
/// *Definition*: the law ρ over θ = (a, w, b) that minimises (1/n) Σ (f(x_i) − y_i)² + (λ/2) E|θ|²
/// + β⁻¹ ∫ ρ log ρ with f(x) = E a (wx + b)₊. It is ρ ∝ exp(−β((λ/2)|θ|² + (2/n) Σ u_i a (w x_i +
///   b)₊)) with u the residuals of f. The integrals over a and over the radius of (w, b) = s (cos
///   φ, sin φ) are exact: with γ(φ) = (2/n) Σ u_i (x_i cos φ + sin φ)₊ and A = λ − γ²/λ, which is
///   positive, f(x) = −(2/(βλ)) ∫ γ A⁻² (x cos φ + sin φ)₊ dφ / ∫ A⁻¹ dφ.
///
/// *Numerics*: u maximises the concave [GibbsDual], β raised from 1 by factors of at most 4; 16,384
/// angles.
///
/// *Source*: Shevchenko, Kungurtsev, Mondelli, Mean-field analysis of piecewise linear solutions
/// for wide ReLU networks, JMLR 23(130), 2022; the reduction to one angle is derived here.
final class GibbsNetwork implements LineNet {
    static final int ANGLES = 1 << 14;

    private final double penalty;
    private final double beta;
    private final GibbsDual dual;
    private final double[] residual;

    private GibbsNetwork(double[] x, double[] y, double penalty, double beta) {
        this.penalty = penalty;
        this.beta = beta;
        this.residual = new double[x.length];
        double[][] unit = new double[x.length][ANGLES];
        for (int k = 0; k < ANGLES; k++) {
            double cos = StrictMath.cos(angle(k));
            double sin = StrictMath.sin(angle(k));
            for (int i = 0; i < x.length; i++) {
                unit[i][k] = Math.max(0, x[i] * cos + sin);
            }
        }
        this.dual = new GibbsDual(y, penalty, unit);
    }

    static GibbsNetwork solve(double[] x, double[] y, double penalty, double inverseTemperature) {
        GibbsNetwork net = new GibbsNetwork(x, y, penalty, inverseTemperature);
        for (double b = 1; ; b = Math.min(b * 4, inverseTemperature)) {
            net.dual.maximise(net.residual, Math.min(b, inverseTemperature));
            if (b >= inverseTemperature) {
                return net;
            }
        }
    }

    private static double angle(int k) {
        return 2 * StrictMath.PI * (k + .5) / ANGLES;
    }

    /// The weight of the unit (x cos φ + sin φ)₊ in f, angle by angle.
    private double[] weights() {
        double[] gamma = dual.gamma(residual);
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

    @Override
    public double[] predictions(double[] at) {
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

    @Override
    public Curvature curvature() {
        double[] weight = weights();
        Curvature curvature = new Curvature();
        for (int k = 0; k < ANGLES; k++) {
            double cos = StrictMath.cos(angle(k));
            curvature.add(-StrictMath.tan(angle(k)), weight[k] * Math.abs(cos));
        }
        return curvature;
    }
}
