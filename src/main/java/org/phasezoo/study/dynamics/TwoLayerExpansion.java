package org.phasezoo.study.dynamics;

import org.phasezoo.kernel.SymmetricEigen;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;
import org.phasezoo.study.Saved;

/// f(x) = m^(−1/2) Σ_i v_i σ(u_i · x/√d), v and u standard normal at the start, or its Taylor
/// expansion about the start to second (`QUADRATIC`) or first order (`LINEARISED`), under
/// full-batch gradient descent on Σ (f − y)²/(2n).
///
/// Descent moves each u_i within the span of the examples: u_i = u_i(0) + Σ_l c_il x_l/√d, so what
/// is carried is the change of v (m) and c (m × n); pre-activations move by Δz_ij = Σ_l c_il K_lj,
/// K = x_l · x_j/d. With δ the change of v, σ₀ = σ(z(0)) and its derivatives, the quadratic model
/// is m^( −1/2) Σ_i (v σ₀ + δ σ₀ + v σ₀' Δz + δ σ₀' Δz + v σ₀'' Δz²/2). ReLU's pattern is frozen in
/// it.
///
/// *Draws*: of the task, examples at 0 …, of the test at 2³² …, row-major; of the start, u
/// row-major at 0 …, v at 2³² ….
///
/// *Source*: Zhu, Liu, Radhakrishnan and Belkin, "Quadratic models for understanding neural network
/// dynamics", ICLR 2024, section 2.
public final class TwoLayerExpansion {
    static final int TESTS = 500;

    private final TaylorModel model;
    private final Activation activation;
    private final int m;
    private final int n;
    private final int d;
    private final double[] x;
    private final double[] y;
    private final double[] testX;
    private final double[] testY;
    private final double[] u0;
    private final double[] v0;
    private final double[] gram;
    private final Points train;

    /// ∂f_j/∂v_i and ∂f_j/∂z_ij where the last outputs were computed.
    private final double[] readoutSlopes;

    private final double[] hiddenSlopes;

    TwoLayerExpansion(
            TaylorModel model,
            Activation activation,
            ScalarTask task,
            int m,
            int n,
            int d,
            Key data,
            Key start) {
        this.model = model;
        this.activation = activation;
        this.m = m;
        this.n = n;
        this.d = d;
        Draws examples = new Draws(data);
        this.x = task == ScalarTask.ONE ? new double[] {1} : normal(examples, 0, n * d);
        this.testX = task == ScalarTask.ONE ? x : normal(examples, 1, TESTS * d);
        this.y = task.targets(x, d);
        this.testY = task.targets(testX, d);
        Draws weights = new Draws(start);
        this.u0 = normal(weights, 0, m * d);
        this.v0 = normal(weights, 1, m);
        this.gram = gram(x);
        this.train = new Points(x);
        this.readoutSlopes = new double[m * n];
        this.hiddenSlopes = new double[m * n];
    }

    private static double[] normal(Draws draws, long block, int size) {
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = draws.normal((block << 32) + i);
        }
        return values;
    }

    /// x_l · p/d for each example l and point p: (n, points).
    private double[] gram(double[] points) {
        int count = points.length / d;
        double[] k = new double[n * count];
        for (int l = 0; l < n; l++) {
            for (int p = 0; p < count; p++) {
                double dot = 0;
                for (int i = 0; i < d; i++) {
                    dot += x[l * d + i] * points[p * d + i];
                }
                k[l * count + p] = dot / d;
            }
        }
        return k;
    }

    /// Points with what does not change at them.
    private final class Points {
        private final int count;
        private final double[] k;
        private final double[] z0;
        private final double[] value0;
        private final double[] slope0;
        private final double[] curvature0;

        private Points(double[] points) {
            this.count = points.length / d;
            this.k = gram(points);
            this.z0 = new double[m * count];
            this.value0 = new double[m * count];
            this.slope0 = new double[m * count];
            this.curvature0 = new double[m * count];
            for (int i = 0; i < m; i++) {
                for (int p = 0; p < count; p++) {
                    int at = i * count + p;
                    for (int j = 0; j < d; j++) {
                        z0[at] += u0[i * d + j] * points[p * d + j] / Math.sqrt(d);
                    }
                    value0[at] = activation.of(z0[at]);
                    slope0[at] = activation.slope(z0[at]);
                    curvature0[at] = activation.curvature(z0[at]);
                }
            }
        }
    }

    /// What is carried, at the start.
    Saved start() {
        return new Saved().with("readout", new double[m]).with("span", new double[m * n]);
    }

    /// The outputs at the examples; the slopes are then those at this place.
    double[] outputs(Saved at) {
        return outputs(at, train, readoutSlopes, hiddenSlopes);
    }

    private double[] outputs(Saved at, Points points, double[] byReadout, double[] byHidden) {
        double[] readout = at.row("readout");
        double[] span = at.row("span");
        double unit = 1 / Math.sqrt(m);
        int count = points.count;
        double[] f = new double[count];
        double[] moved = new double[count];
        for (int i = 0; i < m; i++) {
            java.util.Arrays.fill(moved, 0);
            for (int l = 0; l < n; l++) {
                double c = span[i * n + l];
                for (int p = 0; p < count; p++) {
                    moved[p] += c * points.k[l * count + p];
                }
            }
            for (int p = 0; p < count; p++) {
                int place = i * count + p;
                double v = v0[i];
                double delta = readout[i];
                double dz = moved[p];
                double s0 = points.value0[place];
                double s1 = points.slope0[place];
                double s2 = points.curvature0[place];
                switch (model) {
                    case NET -> {
                        double z = points.z0[place] + dz;
                        double s = activation.of(z);
                        f[p] += unit * (v + delta) * s;
                        byReadout[place] = unit * s;
                        byHidden[place] = unit * (v + delta) * activation.slope(z);
                    }
                    case QUADRATIC -> {
                        double s = s0 + s1 * dz;
                        f[p] += unit * (v * s + delta * s + v * s2 * dz * dz / 2);
                        byReadout[place] = unit * s;
                        byHidden[place] = unit * ((v + delta) * s1 + v * s2 * dz);
                    }
                    case LINEARISED -> {
                        f[p] += unit * (v * (s0 + s1 * dz) + delta * s0);
                        byReadout[place] = unit * s0;
                        byHidden[place] = unit * v * s1;
                    }
                }
            }
        }
        return f;
    }

    /// Σ (f − y)²/(2n).
    double loss(Saved at) {
        return loss(outputs(at), y);
    }

    /// ⟨(f − y)²⟩/2 at the points of the test.
    double testLoss(Saved at) {
        Points points = new Points(testX);
        double[] unused = new double[m * points.count];
        return loss(outputs(at, points, unused, unused), testY);
    }

    private static double loss(double[] f, double[] targets) {
        double loss = 0;
        for (int j = 0; j < f.length; j++) {
            loss += (f[j] - targets[j]) * (f[j] - targets[j]) / (2 * f.length);
        }
        return loss;
    }

    /// One step; the loss before it.
    double descend(Saved at, double rate) {
        double[] f = outputs(at);
        double[] readout = at.row("readout");
        double[] span = at.row("span");
        double[] pull = new double[n];
        for (int j = 0; j < n; j++) {
            pull[j] = rate * (f[j] - y[j]) / n;
        }
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                readout[i] -= pull[j] * readoutSlopes[i * n + j];
                span[i * n + j] -= pull[j] * hiddenSlopes[i * n + j];
            }
        }
        at.stepped();
        return loss(f, y);
    }

    /// The largest eigenvalue of the tangent kernel over n: that of the Gauss–Newton matrix of the
    /// loss.
    double sharpness(Saved at) {
        outputs(at);
        double[] kernel = new double[n * n];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                double a = readoutSlopes[i * n + j];
                double g = hiddenSlopes[i * n + j];
                for (int l = 0; l < n; l++) {
                    kernel[j * n + l] +=
                            a * readoutSlopes[i * n + l]
                                    + g * hiddenSlopes[i * n + l] * gram[j * n + l];
                }
            }
        }
        if (!java.util.Arrays.stream(kernel).allMatch(Double::isFinite)) {
            return Double.NaN;
        }
        SymmetricEigen.decompose(kernel, n, new double[n * n]);
        double largest = 0;
        for (int j = 0; j < n; j++) {
            largest = Math.max(largest, kernel[j * n + j] / n);
        }
        return largest;
    }
}
