package org.phasezoo.study.dynamics;

/// Examples of y = (β · x)²/2 with their features, x, then x_i x_j for i ≤ j in order of (i, j),
/// and functions that are linear in them: x ↦ v · x + xᵀ S x, S symmetric.
final class QuadraticExamples {
    private final int n;
    private final int dimension;
    private final int features;
    private final double[] x;
    private final double[] byExample;
    private final double[] byFeature;
    private final double[] targets;
    private final double power;

    QuadraticExamples(double[] x, double[] beta) {
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

    /// The mean square of residuals over ⟨y²⟩.
    double loss(double[] residuals) {
        double sum = 0;
        for (double r : residuals) {
            sum += r * r;
        }
        return sum / residuals.length / power;
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
            Squares.add(r, v[i], byFeature, f++ * n);
        }
        for (int i = 0; i < dimension; i++) {
            Squares.add(r, s[i * dimension + i], byFeature, f++ * n);
            for (int j = i + 1; j < dimension; j++) {
                Squares.add(r, 2 * s[i * dimension + j], byFeature, f++ * n);
            }
        }
        Squares.add(r, -1, targets, 0);
        return r;
    }

    /// Adds Σ r x to g and Σ r x xᵀ to the symmetric matrix.
    void moments(double[] r, double[] g, double[] matrix) {
        double[] sums = new double[features];
        for (int e = 0; e < n; e++) {
            Squares.add(sums, r[e], byExample, e * features);
        }
        Squares.add(g, 1, sums, 0);
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
