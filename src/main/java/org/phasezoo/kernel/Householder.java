package org.phasezoo.kernel;

/// Householder reflections of small dense matrices: + × ÷ √ only, in a fixed order.
///
/// *Source*: Golub and Van Loan, Matrix Computations, 4th edition, section 5.2.
public final class Householder {
    private Householder() {}

    /// Orthonormalises the columns of the n × n matrix `a` (row-major), which is overwritten by the upper triangle R and,
    /// below it, the reflections: a = Q R. `q` becomes Q with each column's sign that of R's diagonal, so that Q is
    /// distributed by Haar's measure when `a` is Gaussian. *Returns* ln |det a|.
    public static double orthonormalise(double[] a, int n, double[] q) {
        double[] v = new double[n];
        double[] dots = new double[n];
        double[] tau = new double[n];
        double logDeterminant = 0;
        for (int k = 0; k < n; k++) {
            tau[k] = reflection(a, n, k, v);
            apply(a, n, k, k + 1, v, tau[k], dots);
            logDeterminant += StrictMath.log(Math.abs(a[k * n + k]));
        }
        for (int i = 0; i < n * n; i++) {
            q[i] = i / n == i % n ? 1 : 0;
        }
        for (int k = n - 1; k >= 0; k--) {
            v[k] = 1;
            for (int i = k + 1; i < n; i++) {
                v[i] = a[i * n + k];
            }
            apply(q, n, k, k, v, tau[k], dots);
        }
        for (int j = 0; j < n; j++) {
            if (a[j * n + j] < 0) {
                for (int i = 0; i < n; i++) {
                    q[i * n + j] = -q[i * n + j];
                }
            }
        }
        return logDeterminant;
    }

    /// Makes the reflection that maps column k from row k on to a multiple of a unit vector; it is kept below the diagonal.
    private static double reflection(double[] a, int n, int k, double[] v) {
        double tail = 0;
        for (int i = k + 1; i < n; i++) {
            tail += a[i * n + k] * a[i * n + k];
        }
        double head = a[k * n + k];
        v[k] = 1;
        if (tail == 0) {
            return 0;
        }
        double length = Math.sqrt(head * head + tail);
        double beta = head >= 0 ? -length : length;
        double scale = 1 / (head - beta);
        for (int i = k + 1; i < n; i++) {
            v[i] = a[i * n + k] * scale;
            a[i * n + k] = v[i];
        }
        a[k * n + k] = beta;
        return (beta - head) / beta;
    }

    /// Columns `from` … n − 1 of `m` become (1 − tau v vᵀ) m, v being nonzero from row k on.
    private static void apply(double[] m, int n, int k, int from, double[] v, double tau, double[] dots) {
        if (tau == 0) {
            return;
        }
        java.util.Arrays.fill(dots, from, n, 0);
        for (int i = k; i < n; i++) {
            double x = v[i];
            for (int j = from; j < n; j++) {
                dots[j] += x * m[i * n + j];
            }
        }
        for (int i = k; i < n; i++) {
            double x = tau * v[i];
            for (int j = from; j < n; j++) {
                m[i * n + j] -= x * dots[j];
            }
        }
    }
}
