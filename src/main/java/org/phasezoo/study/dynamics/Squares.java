package org.phasezoo.study.dynamics;

/// Products of square matrices, row-major, each entry summed in index order.
final class Squares {
    private Squares() {}

    /// A B.
    static double[] product(double[] a, double[] b, int n) {
        double[] c = new double[n * n];
        double[] row = new double[n];
        for (int i = 0; i < n; i++) {
            java.util.Arrays.fill(row, 0);
            for (int k = 0; k < n; k++) {
                add(row, a[i * n + k], b, k * n);
            }
            System.arraycopy(row, 0, c, i * n, n);
        }
        return c;
    }

    /// A v.
    static double[] times(double[] a, double[] v) {
        int n = v.length;
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < n; k++) {
                y[i] += a[i * n + k] * v[k];
            }
        }
        return y;
    }

    /// into += factor · from[at …].
    static void add(double[] into, double factor, double[] from, int at) {
        for (int i = 0; i < into.length; i++) {
            into[i] += factor * from[at + i];
        }
    }
}
