package org.phasezoo.study.spin;

/// Patterns to attend to: softmax weights, the mean pattern under them, and the energy that goes
/// down.
final class AttentionMemory {
    private final double[] x;
    private final int dimension;
    private final double beta;

    /// @param x the patterns, row-major
    AttentionMemory(double[] x, int dimension, double beta) {
        this.x = x;
        this.dimension = dimension;
        this.beta = beta;
    }

    double[] pattern(int j) {
        return java.util.Arrays.copyOfRange(x, j * dimension, (j + 1) * dimension);
    }

    private double product(int j, double[] xi) {
        double sum = 0;
        for (int k = 0; k < dimension; k++) {
            sum = Math.fma(x[j * dimension + k], xi[k], sum);
        }
        return sum;
    }

    /// Writes p = softmax(β x·ξ) and gives the energy −β⁻¹ log Σ exp(β x·ξ) + ξ·ξ/2.
    double attend(double[] xi, double[] p) {
        double most = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < p.length; j++) {
            p[j] = product(j, xi);
            most = Math.max(most, p[j]);
        }
        double sum = 0;
        for (int j = 0; j < p.length; j++) {
            double z = beta * (p[j] - most);
            p[j] = z < -745 ? 0 : StrictMath.exp(z);
            sum += p[j];
        }
        for (int j = 0; j < p.length; j++) {
            p[j] /= sum;
        }
        double squares = 0;
        for (double v : xi) {
            squares += v * v;
        }
        return -most - StrictMath.log(sum) / beta + squares / 2;
    }

    /// Σ p_j x_j.
    double[] mean(double[] p) {
        double[] mean = new double[dimension];
        for (int j = 0; j < p.length; j++) {
            if (p[j] > 0) {
                for (int k = 0; k < dimension; k++) {
                    mean[k] = Math.fma(p[j], x[j * dimension + k], mean[k]);
                }
            }
        }
        return mean;
    }

    /// ξ·x_i − max over the others of ξ·x_j.
    double margin(double[] xi, int i) {
        double most = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < x.length / dimension; j++) {
            most = j == i ? most : Math.max(most, product(j, xi));
        }
        return product(i, xi) - most;
    }

    /// exp of the entropy of p: how many patterns share the attention.
    static double participation(double[] p) {
        double entropy = 0;
        for (double v : p) {
            entropy -= v > 0 ? v * StrictMath.log(v) : 0;
        }
        return StrictMath.exp(entropy);
    }
}
