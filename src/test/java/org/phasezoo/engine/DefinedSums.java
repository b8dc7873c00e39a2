package org.phasezoo.engine;

import java.util.List;

/// The slow definitions of sums, first maxima and contractions.
final class DefinedSums {
    private static final int CHUNK = 64;

    private DefinedSums() {}

    /// The sum over axes; of samples, if the leading axis is bounded and among them.
    static double[] over(Arithmetic reals, RowMajor x, boolean bounded, List<Integer> axes) {
        int[] sizes = x.sizes();
        double[] values = x.values();
        int[] kept = new int[sizes.length];
        for (int a = 0; a < sizes.length; a++) {
            kept[a] = axes.contains(a) ? 1 : sizes[a];
        }
        int results = RowMajor.product(kept);
        boolean samples = bounded && axes.contains(0);
        int chunks = samples ? (sizes[0] + CHUNK - 1) / CHUNK : 1;
        double[][][] lanes = new double[results][chunks][16];
        int[] position = new int[results];
        int perSample = samples ? values.length / sizes[0] : 0;
        // Over samples: lane = sample mod 16, chain over (tile, other indices).
        for (int element = 0; element < values.length; element++) {
            int[] index = RowMajor.index(element, sizes);
            int result = 0;
            for (int a = 0; a < sizes.length; a++) {
                result = result * kept[a] + (kept[a] == 1 ? 0 : index[a]);
            }
            int chunk = samples ? element / perSample / CHUNK : 0;
            int lane = samples ? element / perSample % 16 : position[result]++ % 16;
            lanes[result][chunk][lane] = reals.round(lanes[result][chunk][lane] + values[element]);
        }
        double[] y = new double[results];
        for (int r = 0; r < results; r++) {
            y[r] = reals.tree(lanes[r][0]);
            for (int c = 1; c < chunks; c++) {
                y[r] = reals.round(y[r] + reals.tree(lanes[r][c]));
            }
        }
        return y;
    }

    /// One-hot of the first largest along the last axis; nothing where all are NaN.
    static double[] firstMax(RowMajor x) {
        int n = x.size(x.rank() - 1);
        double[] values = x.values();
        double[] y = new double[values.length];
        for (int i = 0; i < values.length; i += n) {
            int best = -1;
            for (int j = 0; j < n; j++) {
                if (!Double.isNaN(values[i + j])
                        && (best < 0 || values[i + j] > values[i + best])) {
                    best = j;
                }
            }
            if (best >= 0) {
                y[i + best] = 1;
            }
        }
        return y;
    }

    /// The product of matrices or stacks of them; over samples, if the leading axis is bounded and
    /// contracted.
    static double[] contract(
            Arithmetic reals,
            RowMajor a,
            boolean left,
            RowMajor b,
            boolean right,
            boolean bounded) {
        int rank = a.rank();
        double[] x = a.values();
        double[] w = b.values();
        int rows = a.size(rank - (left ? 1 : 2));
        int columns = b.size(rank - (right ? 2 : 1));
        int inner = a.size(rank - (left ? 2 : 1));
        int chunk = rank == 2 && bounded && left ? CHUNK : inner;
        double[] y = new double[x.length / inner * columns];
        for (int stack = 0; stack < y.length / (rows * columns); stack++) {
            int xAt = stack * rows * inner;
            int wAt = stack * inner * columns;
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    double total = 0;
                    for (int first = 0; first < inner; first += chunk) {
                        double chain = 0;
                        for (int k = first; k < Math.min(inner, first + chunk); k++) {
                            chain =
                                    reals.fma(
                                            x[xAt + (left ? k * rows + i : i * inner + k)],
                                            w[wAt + (right ? j * inner + k : k * columns + j)],
                                            chain);
                        }
                        total = reals.round(total + chain);
                    }
                    y[(stack * rows + i) * columns + j] = total;
                }
            }
        }
        return y;
    }
}
