package org.phasezoo.study.dynamics;

/// The descent of [QuadraticRegression] without its weights.
///
/// f depends on the weights by w̄ = Σ w_k/N and M = Σ w_k w_kᵀ/N alone: f = α (w̄ · x + ε/2 xᵀ M
/// x). With rate N/α² on the mean squared error a step moves each w_k to A w_k − c g, where c =
/// 2/(Pα), g = Σ r x, G = Σ r x xᵀ and A = 1 − c ε G. So w̄ and M go to A w̄ − c g and A M A − c (A
/// w̄ gᵀ + g (A w̄)ᵀ) + c² g gᵀ. Linearised, f = −α c (v · x + xᵀ S x), with ĝ and Ĝ the sums of g
/// and G over the steps, v = ĝ + ε Ĝ w̄₀ and S the symmetric part of ε w̄₀ ĝᵀ + ε² Ĝ M₀.
final class MomentRecursion {
    private final QuadraticRegression of;
    private final QuadraticExamples examples;
    private final int d;
    private final double step;
    private final double[] mean0;
    private final double[] second0;
    private final double[] pushed;
    private final double[] bent;
    private double[] mean;
    private double[] second;

    /// @param w weights `(N, D)` at the start
    MomentRecursion(QuadraticRegression of, QuadraticExamples examples, double[] w) {
        this.of = of;
        this.examples = examples;
        this.d = of.dimension();
        this.step = 2 / (of.examples() * of.laziness());
        this.mean0 = new double[d];
        this.second0 = new double[d * d];
        for (int k = 0; k < of.width(); k++) {
            for (int i = 0; i < d; i++) {
                mean0[i] += w[k * d + i] / of.width();
                for (int j = 0; j < d; j++) {
                    second0[i * d + j] += w[k * d + i] * w[k * d + j] / of.width();
                }
            }
        }
        this.mean = mean0.clone();
        this.second = second0.clone();
        this.pushed = new double[d];
        this.bent = new double[d * d];
    }

    /// f at inputs `(n, D)`.
    double[] outputs(double[] x) {
        boolean net = of.model() == QuadraticRegression.Model.NET;
        double e = of.alignment();
        double[] v = new double[d];
        double[] s = new double[d * d];
        double[] turned = product(bent, mean0, 1);
        double[] both = product(bent, second0, d);
        for (int i = 0; i < d; i++) {
            v[i] = net ? mean[i] - mean0[i] : -step * (pushed[i] + e * turned[i]);
            for (int j = 0; j < d; j++) {
                int at = i * d + j;
                s[at] =
                        net
                                ? e / 2 * (second[at] - second0[at])
                                : -step * e * (mean0[i] * pushed[j] + e * both[at]);
            }
        }
        double[] f = new double[x.length / d];
        for (int n = 0; n < f.length; n++) {
            for (int i = 0; i < d; i++) {
                double along = v[i];
                for (int j = 0; j < d; j++) {
                    along += s[i * d + j] * x[n * d + j];
                }
                f[n] += of.laziness() * along * x[n * d + i];
            }
        }
        return f;
    }

    void step() {
        double[] x = examples.inputs();
        double[] f = outputs(x);
        double[] g = new double[d];
        double[] a = new double[d * d];
        for (int n = 0; n < f.length; n++) {
            double r = f[n] - examples.targets()[n];
            for (int i = 0; i < d; i++) {
                g[i] += r * x[n * d + i];
                pushed[i] += r * x[n * d + i];
                for (int j = 0; j < d; j++) {
                    a[i * d + j] -= step * of.alignment() * r * x[n * d + i] * x[n * d + j];
                    bent[i * d + j] += r * x[n * d + i] * x[n * d + j];
                }
            }
        }
        for (int i = 0; i < d; i++) {
            a[i * d + i] += 1;
        }
        double[] turned = product(a, mean, 1);
        second = product(product(a, second, d), a, d);
        for (int i = 0; i < d; i++) {
            mean[i] = turned[i] - step * g[i];
            for (int j = 0; j < d; j++) {
                second[i * d + j] +=
                        step * (step * g[i] * g[j] - turned[i] * g[j] - g[i] * turned[j]);
            }
        }
    }

    /// A B of `(D, D)` and `(D, columns)`.
    private double[] product(double[] a, double[] b, int columns) {
        double[] c = new double[d * columns];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < columns; j++) {
                for (int k = 0; k < d; k++) {
                    c[i * columns + j] += a[i * d + k] * b[k * columns + j];
                }
            }
        }
        return c;
    }
}
