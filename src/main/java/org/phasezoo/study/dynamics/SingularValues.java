package org.phasezoo.study.dynamics;

import org.phasezoo.kernel.SymmetricEigen;

/// The singular values of a matrix, descending.
record SingularValues(double[] values) {
    /// Of a row-major matrix that has no more rows than columns.
    static SingularValues of(double[] w, int rows, int columns) {
        double[] gram = new double[rows * rows];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < rows; j++) {
                for (int l = 0; l < columns; l++) {
                    gram[i * rows + j] += w[i * columns + l] * w[j * columns + l];
                }
            }
        }
        SymmetricEigen.decompose(gram, rows, new double[rows * rows]);
        double[] values = new double[rows];
        for (int i = 0; i < rows; i++) {
            values[i] = -Math.sqrt(Math.max(0, gram[i * rows + i]));
        }
        java.util.Arrays.sort(values);
        for (int i = 0; i < rows; i++) {
            values[i] = -values[i];
        }
        return new SingularValues(values);
    }

    double largest() {
        return values[0];
    }

    /// The largest one's share of their squares.
    double share() {
        return values[0] * values[0] / square();
    }

    /// ‖W‖/‖W₀‖ with these values of W₀.
    double growth(SingularValues before) {
        return Math.sqrt(square() / before.square());
    }

    /// The root mean square of log sᵢ/sᵢ(0) with these values before.
    double drift(SingularValues before) {
        double drift = 0;
        for (int i = 0; i < values.length; i++) {
            double log = StrictMath.log(values[i] / before.values[i]);
            drift += log * log / values.length;
        }
        return Math.sqrt(drift);
    }

    private double square() {
        double sum = 0;
        for (double v : values) {
            sum += v * v;
        }
        return sum;
    }
}
