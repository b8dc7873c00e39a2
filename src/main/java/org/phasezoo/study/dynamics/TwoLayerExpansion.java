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
    private final ExpansionPoints train;

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
        this.x = task == ScalarTask.ONE ? new double[] {1} : Normals.of(examples, 0, n * d, 1);
        this.testX = task == ScalarTask.ONE ? x : Normals.of(examples, 1, TESTS * d, 1);
        this.y = task.targets(x, d);
        this.testY = task.targets(testX, d);
        Draws weights = new Draws(start);
        this.u0 = Normals.of(weights, 0, m * d, 1);
        this.v0 = Normals.of(weights, 1, m, 1);
        this.train = new ExpansionPoints(activation, x, x, u0, d);
        this.readoutSlopes = new double[m * n];
        this.hiddenSlopes = new double[m * n];
    }

    /// What is carried, at the start.
    Saved start() {
        return new Saved().with("readout", new double[m]).with("span", new double[m * n]);
    }

    /// The outputs at the examples; the slopes are then those at this place.
    double[] outputs(Saved at) {
        return train.outputs(model, v0, at, readoutSlopes, hiddenSlopes);
    }

    /// Σ (f − y)²/(2n).
    double loss(Saved at) {
        return loss(outputs(at), y);
    }

    /// ⟨(f − y)²⟩/2 at the points of the test.
    double testLoss(Saved at) {
        ExpansionPoints points = new ExpansionPoints(activation, x, testX, u0, d);
        double[] unused = new double[m * points.count()];
        return loss(points.outputs(model, v0, at, unused, unused), testY);
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
                                    + g * hiddenSlopes[i * n + l] * train.gram(j, l);
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
