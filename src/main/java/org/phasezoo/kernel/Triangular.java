package org.phasezoo.kernel;

/// Systems with a small lower triangular matrix, by substitution in a fixed order.
///
/// *Source*: Golub and Van Loan, Matrix Computations, 4th edition, section 3.1.
public final class Triangular {
    private Triangular() {}

    /// Solves L X = B, or Lᵀ X = B if `transposed`, for n × n L and n × columns B (row-major); B is
    /// overwritten by X. The upper half of L is not read.
    public static void solve(double[] l, int n, boolean transposed, double[] b, int columns) {
        for (int step = 0; step < n; step++) {
            int i = transposed ? n - 1 - step : step;
            for (int c = 0; c < columns; c++) {
                double sum = b[i * columns + c];
                for (int before = 0; before < step; before++) {
                    int k = transposed ? i + 1 + before : before;
                    double entry = transposed ? l[k * n + i] : l[i * n + k];
                    sum -= entry * b[k * columns + c];
                }
                b[i * columns + c] = sum / l[i * n + i];
            }
        }
    }
}
