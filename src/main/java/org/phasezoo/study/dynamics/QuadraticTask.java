package org.phasezoo.study.dynamics;

import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;

/// Examples of y = (β · x)²/2 with x ~ N(0, 1/D), |β|² = D, and functions of them that are linear
/// and quadratic in x: x ↦ v · x + xᵀ S x, S symmetric.
///
/// *Draws* of the key: β at 0 …, examples of training at 2³² …, of the test at 2 · 2³² …,
/// row-major.
public final class QuadraticTask {
    static final int TESTS = 1000;

    private final int dimension;
    private final double[] beta;
    private final Examples train;
    private final Examples test;

    QuadraticTask(int dimension, int examples, Key key) {
        this.dimension = dimension;
        Draws draws = new Draws(key);
        this.beta = normal(draws, 0, dimension, 1);
        double length = 0;
        for (double b : beta) {
            length += b * b;
        }
        for (int i = 0; i < dimension; i++) {
            beta[i] *= Math.sqrt(dimension / length);
        }
        double scale = 1 / Math.sqrt(dimension);
        this.train = new Examples(normal(draws, 1, examples * dimension, scale), beta);
        this.test = new Examples(normal(draws, 2, TESTS * dimension, scale), beta);
    }

    private static double[] normal(Draws draws, long block, int n, double scale) {
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = scale * draws.normal((block << 32) + i);
        }
        return values;
    }

    Examples train() {
        return train;
    }

    Examples test() {
        return test;
    }

    double[] beta() {
        return beta.clone();
    }

    /// Examples with their features: x, then x_i x_j for i ≤ j in order of (i, j).
    static final class Examples {
        private final int n;
        private final int dimension;
        private final int features;
        private final double[] x;
        private final double[] byExample;
        private final double[] byFeature;
        private final double[] targets;
        private final double power;

        private Examples(double[] x, double[] beta) {
            this.x = x;
            this.dimension = beta.length;
            this.n = x.length / dimension;
            this.features = dimension + dimension * (dimension + 1) / 2;
            this.byExample = new double[n * features];
            this.byFeature = new double[n * features];
            this.targets = new double[n];
            double squares = 0;
            for (int e = 0; e < n; e++) {
                double dot = 0;
                for (int i = 0; i < dimension; i++) {
                    dot += beta[i] * x[e * dimension + i];
                }
                targets[e] = dot * dot / 2;
                squares += targets[e] * targets[e] / n;
                fill(e);
            }
            this.power = squares;
        }

        private void fill(int e) {
            System.arraycopy(x, e * dimension, byExample, e * features, dimension);
            int f = e * features + dimension;
            for (int i = 0; i < dimension; i++) {
                for (int j = i; j < dimension; j++) {
                    byExample[f++] = x[e * dimension + i] * x[e * dimension + j];
                }
            }
            for (int j = 0; j < features; j++) {
                byFeature[j * n + e] = byExample[e * features + j];
            }
        }

        int size() {
            return n;
        }

        /// ⟨y²⟩.
        double power() {
            return power;
        }

        double[] targets() {
            return targets.clone();
        }

        double[] inputs() {
            return x.clone();
        }

        /// v · x + xᵀ S x − y for each example.
        double[] residuals(double[] v, double[] s) {
            double[] r = new double[n];
            int f = 0;
            for (int i = 0; i < dimension; i++) {
                add(r, v[i], byFeature, f++ * n);
            }
            for (int i = 0; i < dimension; i++) {
                add(r, s[i * dimension + i], byFeature, f++ * n);
                for (int j = i + 1; j < dimension; j++) {
                    add(r, 2 * s[i * dimension + j], byFeature, f++ * n);
                }
            }
            add(r, -1, targets, 0);
            return r;
        }

        /// Adds Σ r x to g and Σ r x xᵀ to the symmetric matrix.
        void moments(double[] r, double[] g, double[] matrix) {
            double[] sums = new double[features];
            for (int e = 0; e < n; e++) {
                add(sums, r[e], byExample, e * features);
            }
            add(g, 1, sums, 0);
            int f = dimension;
            for (int i = 0; i < dimension; i++) {
                for (int j = i; j < dimension; j++) {
                    matrix[i * dimension + j] += sums[f];
                    if (i != j) {
                        matrix[j * dimension + i] += sums[f];
                    }
                    f++;
                }
            }
        }
    }

    /// into += factor · from[at …].
    private static void add(double[] into, double factor, double[] from, int at) {
        for (int i = 0; i < into.length; i++) {
            into[i] += factor * from[at + i];
        }
    }

    /// The product of two square matrices of `dimension`.
    double[] product(double[] a, double[] b) {
        double[] c = new double[dimension * dimension];
        double[] row = new double[dimension];
        for (int i = 0; i < dimension; i++) {
            java.util.Arrays.fill(row, 0);
            for (int k = 0; k < dimension; k++) {
                add(row, a[i * dimension + k], b, k * dimension);
            }
            System.arraycopy(row, 0, c, i * dimension, dimension);
        }
        return c;
    }

    double[] times(double[] a, double[] v) {
        double[] y = new double[dimension];
        for (int i = 0; i < dimension; i++) {
            for (int k = 0; k < dimension; k++) {
                y[i] += a[i * dimension + k] * v[k];
            }
        }
        return y;
    }
}
