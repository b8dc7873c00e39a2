package org.phasezoo.engine;

import org.phasezoo.graph.Op;
import org.phasezoo.kernel.Cholesky;
import org.phasezoo.kernel.SymmetricEigen;
import org.phasezoo.kernel.Triangular;

/// Runs factorisations of matrices, in double precision.
final class FloatFactorise {
    private FloatFactorise() {}

    @SuppressWarnings("cast")
    static void run(float[] m, Step.Factorise s) {
        int n = s.n();
        int rows = s.op() instanceof Op.EigenSymmetric ? n + 1 : n;
        int columns = s.op() instanceof Op.SolveTriangular ? s.columns() : n;
        double[] a = new double[n * n];
        double[] y = new double[rows * columns];
        for (int i = 0; i < s.stack(); i++) {
            for (int j = 0; j < n * n; j++) {
                a[j] = m[s.a() + i * n * n + j];
            }
            switch (s.op()) {
                case Op.SolveTriangular(boolean transposed) -> {
                    for (int j = 0; j < y.length; j++) {
                        y[j] = m[s.b() + i * y.length + j];
                    }
                    Triangular.solve(a, n, transposed, y, columns);
                }
                case Op.EigenSymmetric() -> SymmetricEigen.ordered(a, n, y);
                default -> {
                    Cholesky.factor(a, n);
                    for (int j = 0; j < n * n; j++) {
                        y[j] = j % n <= j / n ? a[j] : 0;
                    }
                }
            }
            for (int j = 0; j < y.length; j++) {
                m[s.y() + i * y.length + j] = (float) y[j];
            }
        }
    }
}
