package org.phasezoo.study.gaussian;

import org.phasezoo.kernel.TridiagonalEigen;

/// The exact expected risk of one-pass SGD with batch 1 on a linear model of Gaussian features.
///
/// *Definition*: with eigenpairs (λ_i, u_i) of the features' second moments K and g their mean
/// product with the target, P_∞ = E target² − Σ (u_i·g)²/λ_i, and the risk is P = P_∞ + Σ p_i with
/// p_i(0) = (u_i·g)²/λ_i and, at a step of rate γ, p_i ← p_i (1 − 2γλ_i + 2γ²λ_i²) + γ²λ_i² P.
final class ExpectedRisk {
    private final double[] p;
    private final double[] shrink;
    private final double[] noise;
    private final double start;
    private final double floor;

    /// @param k K, row-major, overwritten
    /// @param g overwritten
    /// @param power E target²
    ExpectedRisk(double[] k, double[] g, double power, double gamma) {
        int size = g.length;
        double[] lambda = new double[size];
        TridiagonalEigen.decompose(k, size, g, lambda);
        this.p = new double[size];
        this.shrink = new double[size];
        this.noise = new double[size];
        this.start = power;
        double rest = power;
        for (int i = 0; i < size; i++) {
            p[i] = lambda[i] > 0 ? g[i] * g[i] / lambda[i] : 0;
            rest -= p[i];
            double step = gamma * lambda[i];
            shrink[i] = 1 - 2 * step + 2 * step * step;
            noise[i] = step * step;
        }
        this.floor = rest;
    }

    /// The risk at times that ascend, once; last comes P_∞.
    double[] at(int[] times) {
        double[] risk = new double[times.length + 1];
        double now = start;
        int next = 0;
        for (int t = 0; next < times.length; t++) {
            while (next < times.length && times[next] == t) {
                risk[next++] = now;
            }
            now = floor + step(now);
        }
        risk[times.length] = floor;
        return risk;
    }

    /// Four partial sums in a fixed order.
    private double step(double risk) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 3 < p.length; i += 4) {
            p[i] = p[i] * shrink[i] + noise[i] * risk;
            p[i + 1] = p[i + 1] * shrink[i + 1] + noise[i + 1] * risk;
            p[i + 2] = p[i + 2] * shrink[i + 2] + noise[i + 2] * risk;
            p[i + 3] = p[i + 3] * shrink[i + 3] + noise[i + 3] * risk;
            a += p[i];
            b += p[i + 1];
            c += p[i + 2];
            d += p[i + 3];
        }
        for (; i < p.length; i++) {
            p[i] = p[i] * shrink[i] + noise[i] * risk;
            a += p[i];
        }
        return (a + b) + (c + d);
    }
}
