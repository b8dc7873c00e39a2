package org.phasezoo.kernel;

/// Eigenvalues and eigenvectors of a small symmetric matrix by cyclic Jacobi rotations: + × ÷ √
/// only, in a fixed order.
///
/// *Source*: Golub and Van Loan, Matrix Computations, 4th edition, section 8.5.
public final class SymmetricEigen {
    private static final int SWEEPS = 60;

    private SymmetricEigen() {}

    /// Diagonalises the n × n matrix `a` (row-major), which is overwritten: its diagonal becomes
    /// the eigenvalues, in no order, and column j of `vectors` (n × n) the unit eigenvector of
    /// eigenvalue j.
    public static void decompose(double[] a, int n, double[] vectors) {
        for (int i = 0; i < n * n; i++) {
            vectors[i] = i / n == i % n ? 1 : 0;
        }
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            double off = 0;
            double diagonal = 0;
            for (int i = 0; i < n; i++) {
                diagonal += a[i * n + i] * a[i * n + i];
                for (int j = i + 1; j < n; j++) {
                    off += a[i * n + j] * a[i * n + j];
                }
            }
            if (!(off > diagonal * 1e-30)) {
                return;
            }
            for (int p = 0; p < n; p++) {
                for (int q = p + 1; q < n; q++) {
                    rotate(a, n, p, q, vectors);
                }
            }
        }
    }

    /// Eigenvalues and eigenvectors of the n × n matrix whose lower half is that of `a` (which is
    /// overwritten), as an (n + 1) × n matrix in `y`: the ascending eigenvalues (at ties in the
    /// order of [#decompose]), then the eigenvectors in columns, the largest component of each (the
    /// first, at ties) positive.
    public static void ordered(double[] a, int n, double[] y) {
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                a[i * n + j] = a[j * n + i];
            }
        }
        double[] vectors = new double[n * n];
        decompose(a, n, vectors);
        for (int i = 0; i < n; i++) {
            int rank = 0;
            for (int j = 0; j < n; j++) {
                int order = Double.compare(a[j * n + j], a[i * n + i]);
                rank += order < 0 || (order == 0 && j < i) ? 1 : 0;
            }
            double largest = vectors[i];
            for (int k = 1; k < n; k++) {
                double component = vectors[k * n + i];
                largest = Math.abs(component) > Math.abs(largest) ? component : largest;
            }
            y[rank] = a[i * n + i];
            for (int k = 0; k < n; k++) {
                y[(k + 1) * n + rank] = vectors[k * n + i] * (largest < 0 ? -1 : 1);
            }
        }
    }

    private static void rotate(double[] a, int n, int p, int q, double[] vectors) {
        double apq = a[p * n + q];
        if (apq == 0) {
            return;
        }
        double tau = (a[q * n + q] - a[p * n + p]) / (2 * apq);
        double t = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
        double c = 1 / Math.sqrt(1 + t * t);
        double s = t * c;
        for (int k = 0; k < n; k++) {
            double x = a[k * n + p];
            double y = a[k * n + q];
            a[k * n + p] = c * x - s * y;
            a[k * n + q] = s * x + c * y;
        }
        for (int k = 0; k < n; k++) {
            double x = a[p * n + k];
            double y = a[q * n + k];
            a[p * n + k] = c * x - s * y;
            a[q * n + k] = s * x + c * y;
            x = vectors[k * n + p];
            y = vectors[k * n + q];
            vectors[k * n + p] = c * x - s * y;
            vectors[k * n + q] = s * x + c * y;
        }
    }
}
