package org.phasezoo.kernel;

import static org.phasezoo.kernel.Lanes.LANES;
import static org.phasezoo.kernel.Lanes.PLACE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Sums over samples of rows of 16 lanes that come block by block. *Order*, as in
/// [FloatReduce#overSamples]: lane = sample mod 16, a chain over (tile, row) from +0 inside each
/// chunk of 64 samples, the tree, chunk results added in order.
public final class FloatSums {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int VL = S.length();

    /// Two vectors of sums grow side by side, so that neither waits for its last addition; where
    /// one holds all lanes they are the same.
    private static final int BESIDE = VL % LANES;

    private FloatSums() {}

    /// Adds rows `first` to `first + n` of a tile, which begin at x, to the lanes of their results:
    /// row r belongs to `result[r]`, the same inside each `run` of rows.
    public static void add(float[] m, int x, int first, int n, int[] result, int run, int lanes) {
        for (int r = 0; r < n; ) {
            int k = Math.min(run - (first + r) % run, n - r);
            int end = (k * LANES) & PLACE;
            for (int p = 0; p < LANES; p += VL + BESIDE) {
                int y = lanes + result[first + r] * LANES + p;
                int at = (x + r * LANES + p) & PLACE;
                FloatVector sum = FloatVector.fromArray(S, m, y);
                FloatVector beside = FloatVector.fromArray(S, m, y + BESIDE);
                for (int i = 0; i < end; i += LANES) {
                    sum = sum.add(FloatVector.fromArray(S, m, at + i));
                    beside = beside.add(FloatVector.fromArray(S, m, at + i + BESIDE));
                }
                sum.intoArray(m, y);
                beside.intoArray(m, y + BESIDE);
            }
            r += k;
        }
    }

    /// The same for products of two arrays' elements, each rounded before it is added.
    public static void addProducts(
            float[] m, int a, int b, int first, int n, int[] result, int run, int lanes) {
        for (int r = 0; r < n; ) {
            int k = Math.min(run - (first + r) % run, n - r);
            int end = (k * LANES) & PLACE;
            for (int p = 0; p < LANES; p += VL + BESIDE) {
                int y = lanes + result[first + r] * LANES + p;
                int left = (a + r * LANES + p) & PLACE;
                int right = (b + r * LANES + p) & PLACE;
                FloatVector sum = FloatVector.fromArray(S, m, y);
                FloatVector beside = FloatVector.fromArray(S, m, y + BESIDE);
                for (int i = 0; i < end; i += LANES) {
                    FloatVector v = FloatVector.fromArray(S, m, left + i);
                    sum = sum.add(v.mul(FloatVector.fromArray(S, m, right + i)));
                    v = FloatVector.fromArray(S, m, left + i + BESIDE);
                    beside = beside.add(v.mul(FloatVector.fromArray(S, m, right + i + BESIDE)));
                }
                sum.intoArray(m, y);
                beside.intoArray(m, y + BESIDE);
            }
            r += k;
        }
    }

    /// Ends a chunk: adds the tree over each result's lanes to y, and makes the lanes 0 again.
    public static void fold(float[] m, int lanes, int results, int y) {
        for (int i = 0; i < results; i++) {
            m[y + i] += FloatFold.tree(m, lanes + i * LANES);
        }
        FloatElementwise.fill(m, 0, lanes, results * LANES);
    }
}
