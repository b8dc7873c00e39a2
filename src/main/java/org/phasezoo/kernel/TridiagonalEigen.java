package org.phasezoo.kernel;

/// Eigenvalues of a symmetric matrix of middle size, and a vector's coordinates in its eigenbasis, without the eigenvectors:
/// Householder's tridiagonal form, then implicit QL. + × ÷ √ only, in a fixed order; 4/3 n³ multiply-adds.
///
/// *Source*: Golub and Van Loan, Matrix Computations, 4th edition, section 8.3.
public final class TridiagonalEigen {
    private static final int ROUNDS = 60;

    private TridiagonalEigen() {}

    /// Diagonalises the n × n matrix `a` (row-major), which is overwritten. `lambda` becomes the eigenvalues, in no order,
    /// and `g` its own coordinates in the eigenbasis, the j-th along the eigenvector of `lambda[j]`, up to sign.
    public static void decompose(double[] a, int n, double[] g, double[] lambda) {
        double[] off = new double[n];
        tridiagonalise(a, n, g, off);
        for (int i = 0; i < n; i++) {
            lambda[i] = a[i * n + i];
        }
        for (int l = 0; l < n; l++) {
            for (int round = 0; ; round++) {
                int m = l;
                while (m + 1 < n && Math.abs(off[m]) > 1e-16 * (Math.abs(lambda[m]) + Math.abs(lambda[m + 1]))) {
                    m++;
                }
                if (m == l) {
                    break;
                }
                if (round == ROUNDS) {
                    throw new ArithmeticException("no convergence of eigenvalue " + l + " in " + ROUNDS + " rounds");
                }
                sweep(lambda, off, g, l, m);
            }
        }
    }

    private static void sweep(double[] lambda, double[] off, double[] g, int l, int m) {
        double x = (lambda[l + 1] - lambda[l]) / (2 * off[l]);
        double r = Math.sqrt(x * x + 1);
        x = lambda[m] - lambda[l] + off[l] / (x + (x >= 0 ? r : -r));
        double s = 1;
        double c = 1;
        double p = 0;
        for (int i = m - 1; i >= l; i--) {
            double f = s * off[i];
            double b = c * off[i];
            r = Math.sqrt(f * f + x * x);
            off[i + 1] = r;
            if (r == 0) {
                lambda[i + 1] -= p;
                off[m] = 0;
                return;
            }
            s = f / r;
            c = x / r;
            x = lambda[i + 1] - p;
            r = (lambda[i] - x) * s + 2 * c * b;
            p = s * r;
            lambda[i + 1] = x + p;
            x = c * r - b;
            double upper = g[i + 1];
            g[i + 1] = s * g[i] + c * upper;
            g[i] = c * g[i] - s * upper;
        }
        lambda[l] -= p;
        off[l] = x;
        off[m] = 0;
    }

    /// a = Q T Qᵀ; the diagonal of T stays in `a`, `off[i]` is T's entry (i, i + 1), and g becomes Qᵀ g.
    private static void tridiagonalise(double[] a, int n, double[] g, double[] off) {
        double[] v = new double[n];
        double[] w = new double[n];
        for (int k = 0; k + 1 < n; k++) {
            double tail = 0;
            for (int i = k + 2; i < n; i++) {
                tail += a[i * n + k] * a[i * n + k];
            }
            double head = a[(k + 1) * n + k];
            if (tail == 0) {
                off[k] = head;
                continue;
            }
            double length = Math.sqrt(head * head + tail);
            double beta = head >= 0 ? -length : length;
            double tau = (beta - head) / beta;
            v[k + 1] = 1;
            for (int i = k + 2; i < n; i++) {
                v[i] = a[i * n + k] / (head - beta);
            }
            off[k] = beta;
            update(a, n, k + 1, v, w, tau);
            double dot = 0;
            for (int i = k + 1; i < n; i++) {
                dot += v[i] * g[i];
            }
            for (int i = k + 1; i < n; i++) {
                g[i] -= tau * dot * v[i];
            }
        }
    }

    /// The block from row and column `from` on becomes H a H, H = 1 − tau v vᵀ.
    private static void update(double[] a, int n, int from, double[] v, double[] w, double tau) {
        java.util.Arrays.fill(w, from, n, 0);
        for (int i = from; i < n; i++) {
            double x = tau * v[i];
            for (int j = from; j < n; j++) {
                w[j] += x * a[i * n + j];
            }
        }
        double dot = 0;
        for (int i = from; i < n; i++) {
            dot += w[i] * v[i];
        }
        for (int i = from; i < n; i++) {
            w[i] -= tau * dot / 2 * v[i];
        }
        for (int i = from; i < n; i++) {
            double x = v[i];
            double y = w[i];
            for (int j = from; j < n; j++) {
                a[i * n + j] -= x * w[j] + y * v[j];
            }
        }
    }
}
