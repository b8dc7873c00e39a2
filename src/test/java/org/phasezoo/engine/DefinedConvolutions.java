package org.phasezoo.engine;

/// The slow definitions of a convolution and its two adjoints, each for the sizes of its result.
record DefinedConvolutions(Arithmetic reals, int padding, int stride) {
    double[] forward(RowMajor x, RowMajor w, int[] sizes) {
        double[] y = new double[RowMajor.product(sizes)];
        for (int i = 0; i < y.length; i++) {
            int[] at = RowMajor.index(i, sizes);
            double chain = 0;
            for (int c = 0; c < x.size(1); c++) {
                for (int ky = 0; ky < w.size(2); ky++) {
                    for (int kx = 0; kx < w.size(3); kx++) {
                        int row = stride * at[2] + ky - padding;
                        int column = stride * at[3] + kx - padding;
                        double v = x.pixel(at[0], c, row, column);
                        chain = reals.fma(v, w.pixel(at[1], c, ky, kx), chain);
                    }
                }
            }
            y[i] = chain;
        }
        return y;
    }

    double[] input(RowMajor g, RowMajor w, int[] sizes) {
        double[] y = new double[RowMajor.product(sizes)];
        for (int i = 0; i < y.length; i++) {
            int[] at = RowMajor.index(i, sizes);
            double chain = 0;
            for (int o = 0; o < g.size(1); o++) {
                for (int ky = w.size(2) - 1; ky >= 0; ky--) {
                    for (int kx = w.size(3) - 1; kx >= 0; kx--) {
                        int row = at[2] + padding - ky;
                        int column = at[3] + padding - kx;
                        if (Math.floorMod(row, stride) == 0 && Math.floorMod(column, stride) == 0) {
                            int gy = Math.floorDiv(row, stride);
                            int gx = Math.floorDiv(column, stride);
                            double v = g.pixel(at[0], o, gy, gx);
                            chain = reals.fma(v, w.pixel(o, at[1], ky, kx), chain);
                        }
                    }
                }
            }
            y[i] = chain;
        }
        return y;
    }

    double[] weights(RowMajor x, RowMajor g, int[] sizes) {
        int count = x.size(0);
        double[] y = new double[RowMajor.product(sizes)];
        for (int i = 0; i < y.length; i++) {
            int[] at = RowMajor.index(i, sizes);
            double total = 0;
            for (int first = 0; first < count; first += 64) {
                double[] lanes = new double[16];
                for (int n = first; n < Math.min(count, first + 64); n++) {
                    for (int p = 0; p < g.size(2) * g.size(3); p++) {
                        int gy = p / g.size(3);
                        int gx = p % g.size(3);
                        int row = stride * gy + at[2] - padding;
                        int column = stride * gx + at[3] - padding;
                        double v = x.pixel(n, at[1], row, column);
                        lanes[n % 16] = reals.fma(v, g.pixel(n, at[0], gy, gx), lanes[n % 16]);
                    }
                }
                total = reals.round(total + reals.tree(lanes));
            }
            y[i] = total;
        }
        return y;
    }
}
