package org.phasezoo.kernel;

/// Cholesky's factorisation of a small symmetric positive definite matrix: + × ÷ √ only, in a fixed
/// order.
///
/// *Source*: Golub and Van Loan, Matrix Computations, 4th edition, section 4.2.
public final class Cholesky {
    private Cholesky() {}

    /// Solves a z = b. The n × n matrix `a` (row-major; the lower half is read) is overwritten by
    /// its factor, `b` by z.
    ///
    /// *Non-finite*: where `a` is not positive definite, the result is NaN.
    public static void solve(double[] a, int n, double[] b) {
        factor(a, n);
        Triangular.solve(a, n, false, b, 1);
        Triangular.solve(a, n, true, b, 1);
    }

    /// Overwrites the lower half of the n × n matrix `a` (row-major; the lower half is read) by its
    /// factor.
    ///
    /// *Non-finite*: NaN where `a` is not positive definite.
    public static void factor(double[] a, int n) {
        for (int j = 0; j < n; j++) {
            for (int i = j; i < n; i++) {
                double sum = a[i * n + j];
                for (int k = 0; k < j; k++) {
                    sum -= a[i * n + k] * a[j * n + k];
                }
                a[i * n + j] = i == j ? Math.sqrt(sum) : sum / a[j * n + j];
            }
        }
    }
}
