package org.phasezoo.study.gaussian;

/// Products of row-major matrices of doubles, each entry summed in index order.
final class Product {
    private Product() {}

    /// c (m × n) = a (m × k) b (k × n).
    static void into(double[] a, double[] b, int m, int k, int n, double[] c) {
        java.util.Arrays.fill(c, 0, m * n, 0);
        for (int i = 0; i < m; i++) {
            for (int p = 0; p < k; p++) {
                double x = a[i * k + p];
                for (int j = 0; j < n; j++) {
                    c[i * n + j] += x * b[p * n + j];
                }
            }
        }
    }

    /// c (m × n) = aᵀ b, a being k × m and b k × n.
    static void transposedInto(double[] a, double[] b, int m, int k, int n, double[] c) {
        java.util.Arrays.fill(c, 0, m * n, 0);
        for (int p = 0; p < k; p++) {
            for (int i = 0; i < m; i++) {
                double x = a[p * m + i];
                for (int j = 0; j < n; j++) {
                    c[i * n + j] += x * b[p * n + j];
                }
            }
        }
    }

    /// ‖a bᵀ‖² of square matrices.
    static double squareTransposed(double[] a, double[] b, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < n; k++) {
                double entry = 0;
                for (int j = 0; j < n; j++) {
                    entry += a[i * n + j] * b[k * n + j];
                }
                sum += entry * entry;
            }
        }
        return sum;
    }
}
