package org.phasezoo.study.dynamics;

import org.phasezoo.random.Draws;
import org.phasezoo.study.Saved;

/// f(x) = (α/N) Σ_k (w_k · x + ε (w_k · x)²/2), the read-outs fixed, trained by full-batch gradient
/// descent from w_k ~ N(0, 1), centred by its value at the start.
///
/// f depends on the weights by w̄ = Σ w_k/N and M = Σ w_k w_kᵀ/N alone: f = α (w̄ · x + ε/2 xᵀ M
/// x). With rate N/α² on the mean squared error a step moves each w_k to A w_k − c g, where c =
/// 2/(Pα), g = Σ r x, G = Σ r x xᵀ and A = 1 − c ε G. So w̄ and M go to A w̄ − c g and A M A − c (A
/// w̄ gᵀ + g (A w̄)ᵀ) + c² g gᵀ: the weights themselves are not needed.
///
/// *Source*: Kumar, Bordelon, Gershman and Pehlevan, "Grokking as the transition from lazy to rich
/// training dynamics", ICLR 2024, section 3; the reduction is derived here.
final class QuadraticNet implements CentredNet {
    private final QuadraticTask task;
    private final int d;
    private final double laziness;
    private final double alignment;
    private final double step;

    QuadraticNet(QuadraticTask task, int dimension, double laziness, double alignment) {
        this.task = task;
        this.d = dimension;
        this.laziness = laziness;
        this.alignment = alignment;
        this.step = 2 / (task.train().size() * laziness);
    }

    /// w̄ and M of `width` neurons; neuron k's component i at draw k · D + i.
    static Saved start(int width, int dimension, Draws draws) {
        double[] mean = new double[dimension];
        double[] second = new double[dimension * dimension];
        double[] w = new double[dimension];
        for (int k = 0; k < width; k++) {
            for (int i = 0; i < dimension; i++) {
                w[i] = draws.normal((long) k * dimension + i);
                mean[i] += w[i] / width;
            }
            for (int i = 0; i < dimension; i++) {
                for (int j = 0; j < dimension; j++) {
                    second[i * dimension + j] += w[i] * w[j] / width;
                }
            }
        }
        return new Saved()
                .with("mean0", mean)
                .with("second0", second)
                .with("mean", mean.clone())
                .with("second", second.clone())
                .with("pushed", new double[dimension])
                .with("bent", new double[dimension * dimension]);
    }

    @Override
    public double[] residuals(Saved at, QuadraticExamples examples) {
        double[] v = new double[d];
        double[] s = new double[d * d];
        double[] mean = at.row("mean");
        double[] mean0 = at.row("mean0");
        for (int i = 0; i < d; i++) {
            v[i] = laziness * (mean[i] - mean0[i]);
        }
        double[] second = at.row("second");
        double[] second0 = at.row("second0");
        for (int i = 0; i < d * d; i++) {
            s[i] = laziness * alignment / 2 * (second[i] - second0[i]);
        }
        return examples.residuals(v, s);
    }

    @Override
    public void descend(Saved at, double[] residuals) {
        double[] g = new double[d];
        double[] a = new double[d * d];
        task.train().moments(residuals, g, a);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                a[i * d + j] = (i == j ? 1 : 0) - step * alignment * a[i * d + j];
            }
        }
        double[] mean = at.row("mean");
        double[] second = at.row("second");
        double[] turned = Squares.times(a, mean);
        double[] moved = Squares.product(Squares.product(a, second, d), a, d);
        for (int i = 0; i < d; i++) {
            mean[i] = turned[i] - step * g[i];
            for (int j = 0; j < d; j++) {
                second[i * d + j] =
                        moved[i * d + j]
                                - step * (turned[i] * g[j] + g[i] * turned[j])
                                + step * step * g[i] * g[j];
            }
        }
    }
}
