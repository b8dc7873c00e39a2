package org.phasezoo.study.gaussian;

import org.phasezoo.random.Draws;

/// Power-law random features: x_j = j^{−α} z_j for j = 1 … v, target ⟨x, b⟩ with b_j = j^{−β},
/// model ⟨Wᵀx, θ⟩ with W of v × d independent N(0, 1/d); and the exact expected risk
/// ([ExpectedRisk]) of one-pass SGD with batch 1 on the squared error, θ ← θ − γ Wᵀx (⟨Wᵀx, θ⟩ −
/// ⟨x, b⟩): K = WᵀDW and g = WᵀDb with D = diag(j^{−2α}).
///
/// *Draws*: column c of √d W has entry j at index 2²⁰ c + j, so that a model of size d is made of
/// the first d columns of a larger one.
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

    /// The expected risk of a model of this size at times that ascend, with rate γ = `rate`/tr K;
    /// last comes P_∞.
    double[] risk(int size, double rate, int[] times) {
        double[] k = new double[size * size];
        double[] g = new double[size];
        double unit = 1 / Math.sqrt(size);
        for (int c = 0; c < size; c++) {
            g[c] = target[c] * unit;
            for (int e = 0; e < size; e++) {
                k[c * size + e] = gram[c * most + e] / size;
            }
        }
        return new ExpectedRisk(k, g, all, rate / trace(size)).at(times);
    }
}
