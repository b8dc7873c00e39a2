package org.phasezoo.study.gaussian;

import org.phasezoo.kernel.TridiagonalEigen;
import org.phasezoo.random.Draws;

/// Power-law random features: x_j = j^{−α} z_j for j = 1 … v, target ⟨x, b⟩ with b_j = j^{−β}, model ⟨Wᵀx, θ⟩ with W of v × d
/// independent N(0, 1/d); and the exact expected risk of one-pass SGD with batch 1 on the squared error.
///
/// *Definition*: with K = WᵀDW, D = diag(j^{−2α}), g = WᵀDb, eigenpairs (λ_i, u_i): P_∞ = bᵀDb − Σ (u_i·g)²/λ_i, and the
/// risk is P = P_∞ + Σ p_i with p_i(0) = (u_i·g)²/λ_i and, a step of rate γ being θ ← θ − γ Wᵀx (⟨Wᵀx, θ⟩ − ⟨x, b⟩),
/// p_i ← p_i (1 − 2γλ_i + 2γ²λ_i²) + γ²λ_i² P. Exact for Gaussian data.
///
/// *Draws*: column c of √d W has entry j at index 2²⁰ c + j, so that a model of size d is made of the first d columns of a
/// larger one.
public final class PowerLawFeatures {
    private final double alpha;
    private final int hidden;
    private final int most;
    private final double[] columns;
    private final double[] gram;
    private final double[] target;
    private final double all;

    PowerLawFeatures(double alpha, double beta, int hidden, int most, Draws draws) {
        this.alpha = alpha;
        this.hidden = hidden;
        this.most = most;
        this.columns = new double[most * hidden];
        this.gram = new double[most * most];
        this.target = new double[most];
        double[] scaled = new double[hidden];
        double[] pair = new double[2];
        double sum = 0;
        for (int j = 0; j < hidden; j++) {
            double b = deviation(j) * StrictMath.pow(j + 1.0, -beta);
            sum += b * b;
            scaled[j] = b;
        }
        this.all = sum;
        for (int c = 0; c < most; c++) {
            for (int j = 0; j < hidden; j += 2) {
                draws.normalPairInto(((long) c << 20) + j, pair);
                columns[c * hidden + j] = pair[0];
                if (j + 1 < hidden) {
                    columns[c * hidden + j + 1] = pair[1];
                }
            }
        }
        for (int j = 0; j < hidden; j++) {
            double dev = deviation(j);
            for (int c = 0; c < most; c++) {
                columns[c * hidden + j] *= dev;
            }
        }
        for (int c = 0; c < most; c++) {
            target[c] = dot(c * hidden, scaled, 0);
            for (int e = 0; e <= c; e++) {
                gram[c * most + e] = dot(c * hidden, columns, e * hidden);
                gram[e * most + c] = gram[c * most + e];
            }
        }
    }

    private double deviation(int j) {
        return StrictMath.pow(j + 1.0, -alpha);
    }

    /// Four partial sums in a fixed order.
    private double dot(int at, double[] other, int from) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int j = 0;
        for (; j + 3 < hidden; j += 4) {
            a += columns[at + j] * other[from + j];
            b += columns[at + j + 1] * other[from + j + 1];
            c += columns[at + j + 2] * other[from + j + 2];
            d += columns[at + j + 3] * other[from + j + 3];
        }
        for (; j < hidden; j++) {
            a += columns[at + j] * other[from + j];
        }
        return (a + b) + (c + d);
    }

    /// √d times D^{1/2} W: entry j of column c.
    double column(int c, int j) {
        return columns[c * hidden + j];
    }

    /// The trace of K for a model of this size.
    double trace(int size) {
        double trace = 0;
        for (int c = 0; c < size; c++) {
            trace += gram[c * most + c] / size;
        }
        return trace;
    }

    /// The expected risk of a model of this size at times that ascend, with rate γ = `rate`/tr K; last comes P_∞.
    double[] risk(int size, double rate, int[] times) {
        double[] k = new double[size * size];
        double[] g = new double[size];
        double[] lambda = new double[size];
        double unit = 1 / Math.sqrt(size);
        for (int c = 0; c < size; c++) {
            g[c] = target[c] * unit;
            for (int e = 0; e < size; e++) {
                k[c * size + e] = gram[c * most + e] / size;
            }
        }
        double gamma = rate / trace(size);
        TridiagonalEigen.decompose(k, size, g, lambda);
        double floor = all;
        double[] p = new double[size];
        double[] shrink = new double[size];
        double[] noise = new double[size];
        for (int i = 0; i < size; i++) {
            p[i] = lambda[i] > 0 ? g[i] * g[i] / lambda[i] : 0;
            floor -= p[i];
            double step = gamma * lambda[i];
            shrink[i] = 1 - 2 * step + 2 * step * step;
            noise[i] = step * step;
        }
        double[] risk = new double[times.length + 1];
        double now = all;
        int next = 0;
        for (int t = 0; next < times.length; t++) {
            while (next < times.length && times[next] == t) {
                risk[next++] = now;
            }
            now = floor + step(p, shrink, noise, now);
        }
        risk[times.length] = floor;
        return risk;
    }

    private static double step(double[] p, double[] shrink, double[] noise, double risk) {
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
