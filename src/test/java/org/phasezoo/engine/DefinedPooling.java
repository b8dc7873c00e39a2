package org.phasezoo.engine;

/// The slow definitions of window means and their adjoint, each for the sizes of its result.
final class DefinedPooling {
    private DefinedPooling() {}

    static double[] pool(Arithmetic reals, RowMajor x, int size, int[] sizes) {
        double[] y = new double[RowMajor.product(sizes)];
        for (int i = 0; i < y.length; i++) {
            int[] at = RowMajor.index(i, sizes);
            double sum = 0;
            for (int p = 0; p < size * size; p++) {
                int row = at[2] * size + p / size;
                int column = at[3] * size + p % size;
                double v = x.pixel(at[0], at[1], row, column);
                sum = p == 0 ? v : reals.round(sum + v);
            }
            y[i] = reals.round(sum * scale(reals, size));
        }
        return y;
    }

    static double[] spread(Arithmetic reals, RowMajor x, int size, int[] sizes) {
        double[] y = new double[RowMajor.product(sizes)];
        for (int i = 0; i < y.length; i++) {
            int[] at = RowMajor.index(i, sizes);
            double v = x.pixel(at[0], at[1], at[2] / size, at[3] / size);
            y[i] = reals.round(v * scale(reals, size));
        }
        return y;
    }

    private static double scale(Arithmetic reals, int size) {
        return reals.round(1.0 / (size * size));
    }
}
