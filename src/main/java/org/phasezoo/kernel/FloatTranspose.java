package org.phasezoo.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Transposition: rows of samples into lanes and back.
public final class FloatTranspose {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int VL = S.length();
    private static final int BLOCK = 16;

    /// Rows and columns of a block in registers.
    private static final int SIDE = VL >= 8 ? VL : 0;

    private FloatTranspose() {}

    /// y[j · ys + i] = x[i · xs + j] for i below `rows` and j below `columns`.
    public static void copy(
            float[] from, int x, int xs, int rows, int columns, float[] to, int y, int ys) {
        int i = 0;
        for (; SIDE > 0 && i + SIDE <= rows; i += SIDE) {
            int j = 0;
            for (; j + SIDE <= columns; j += SIDE) {
                if (SIDE == 8) {
                    block8(from, x + i * xs + j, xs, to, y + j * ys + i, ys);
                } else {
                    block(from, x + i * xs + j, xs, to, y + j * ys + i, ys);
                }
            }
            rest(from, x + i * xs, xs, SIDE, j, columns, to, y + i, ys);
        }
        // in pieces of a few cache lines, so that those written to stay at hand
        for (int j = 0; j < columns; j += BLOCK) {
            rest(from, x + i * xs, xs, rows - i, j, Math.min(columns, j + BLOCK), to, y + i, ys);
        }
    }

    private static void rest(
            float[] from, int x, int xs, int rows, int first, int end, float[] to, int y, int ys) {
        for (int i = 0; i < rows; i++) {
            for (int j = first; j < end; j++) {
                to[y + j * ys + i] = from[x + i * xs + j];
            }
        }
    }

    /// 8 × 8 in three rounds, likewise; a lane and its partner are d apart.
    private static void block8(float[] from, int x, int xs, float[] to, int y, int ys) {
        FloatVector v0 = FloatVector.fromArray(S, from, x);
        FloatVector v1 = FloatVector.fromArray(S, from, x + xs);
        FloatVector v2 = FloatVector.fromArray(S, from, x + 2 * xs);
        FloatVector v3 = FloatVector.fromArray(S, from, x + 3 * xs);
        FloatVector v4 = FloatVector.fromArray(S, from, x + 4 * xs);
        FloatVector v5 = FloatVector.fromArray(S, from, x + 5 * xs);
        FloatVector v6 = FloatVector.fromArray(S, from, x + 6 * xs);
        FloatVector v7 = FloatVector.fromArray(S, from, x + 7 * xs);
        FloatVector t;
        t = v0.blend(v4.rearrange(FloatPartners.BY_4), FloatPartners.SECOND_4);
        v4 = v0.rearrange(FloatPartners.BY_4).blend(v4, FloatPartners.SECOND_4);
        v0 = t;
        t = v1.blend(v5.rearrange(FloatPartners.BY_4), FloatPartners.SECOND_4);
        v5 = v1.rearrange(FloatPartners.BY_4).blend(v5, FloatPartners.SECOND_4);
        v1 = t;
        t = v2.blend(v6.rearrange(FloatPartners.BY_4), FloatPartners.SECOND_4);
        v6 = v2.rearrange(FloatPartners.BY_4).blend(v6, FloatPartners.SECOND_4);
        v2 = t;
        t = v3.blend(v7.rearrange(FloatPartners.BY_4), FloatPartners.SECOND_4);
        v7 = v3.rearrange(FloatPartners.BY_4).blend(v7, FloatPartners.SECOND_4);
        v3 = t;
        t = v0.blend(v2.rearrange(FloatPartners.BY_2), FloatPartners.SECOND_2);
        v2 = v0.rearrange(FloatPartners.BY_2).blend(v2, FloatPartners.SECOND_2);
        v0 = t;
        t = v1.blend(v3.rearrange(FloatPartners.BY_2), FloatPartners.SECOND_2);
        v3 = v1.rearrange(FloatPartners.BY_2).blend(v3, FloatPartners.SECOND_2);
        v1 = t;
        t = v4.blend(v6.rearrange(FloatPartners.BY_2), FloatPartners.SECOND_2);
        v6 = v4.rearrange(FloatPartners.BY_2).blend(v6, FloatPartners.SECOND_2);
        v4 = t;
        t = v5.blend(v7.rearrange(FloatPartners.BY_2), FloatPartners.SECOND_2);
        v7 = v5.rearrange(FloatPartners.BY_2).blend(v7, FloatPartners.SECOND_2);
        v5 = t;
        t = v0.blend(v1.rearrange(FloatPartners.BY_1), FloatPartners.SECOND_1);
        v1 = v0.rearrange(FloatPartners.BY_1).blend(v1, FloatPartners.SECOND_1);
        v0 = t;
        t = v2.blend(v3.rearrange(FloatPartners.BY_1), FloatPartners.SECOND_1);
        v3 = v2.rearrange(FloatPartners.BY_1).blend(v3, FloatPartners.SECOND_1);
        v2 = t;
        t = v4.blend(v5.rearrange(FloatPartners.BY_1), FloatPartners.SECOND_1);
        v5 = v4.rearrange(FloatPartners.BY_1).blend(v5, FloatPartners.SECOND_1);
        v4 = t;
        t = v6.blend(v7.rearrange(FloatPartners.BY_1), FloatPartners.SECOND_1);
        v7 = v6.rearrange(FloatPartners.BY_1).blend(v7, FloatPartners.SECOND_1);
        v6 = t;
        v0.intoArray(to, y);
        v1.intoArray(to, y + ys);
        v2.intoArray(to, y + 2 * ys);
        v3.intoArray(to, y + 3 * ys);
        v4.intoArray(to, y + 4 * ys);
        v5.intoArray(to, y + 5 * ys);
        v6.intoArray(to, y + 6 * ys);
        v7.intoArray(to, y + 7 * ys);
    }

    /// 16 × 16 in four rounds: rows i and i + d exchange the halves of their groups of 2d lanes.
    private static void block(float[] from, int x, int xs, float[] to, int y, int ys) {
        FloatVector v0 = FloatVector.fromArray(S, from, x);
        FloatVector v1 = FloatVector.fromArray(S, from, x + xs);
        FloatVector v2 = FloatVector.fromArray(S, from, x + 2 * xs);
        FloatVector v3 = FloatVector.fromArray(S, from, x + 3 * xs);
        FloatVector v4 = FloatVector.fromArray(S, from, x + 4 * xs);
        FloatVector v5 = FloatVector.fromArray(S, from, x + 5 * xs);
        FloatVector v6 = FloatVector.fromArray(S, from, x + 6 * xs);
        FloatVector v7 = FloatVector.fromArray(S, from, x + 7 * xs);
        FloatVector v8 = FloatVector.fromArray(S, from, x + 8 * xs);
        FloatVector v9 = FloatVector.fromArray(S, from, x + 9 * xs);
        FloatVector v10 = FloatVector.fromArray(S, from, x + 10 * xs);
        FloatVector v11 = FloatVector.fromArray(S, from, x + 11 * xs);
        FloatVector v12 = FloatVector.fromArray(S, from, x + 12 * xs);
        FloatVector v13 = FloatVector.fromArray(S, from, x + 13 * xs);
        FloatVector v14 = FloatVector.fromArray(S, from, x + 14 * xs);
        FloatVector v15 = FloatVector.fromArray(S, from, x + 15 * xs);
        FloatVector t;
        t = v0.blend(v8.rearrange(FloatPartners.BY_8), FloatPartners.SECOND_8);
        v8 = v0.rearrange(FloatPartners.BY_8).blend(v8, FloatPartners.SECOND_8);
        v0 = t;
        t = v1.blend(v9.rearrange(FloatPartners.BY_8), FloatPartners.SECOND_8);
        v9 = v1.rearrange(FloatPartners.BY_8).blend(v9, FloatPartners.SECOND_8);
        v1 = t;
        t = v2.blend(v10.rearrange(FloatPartners.BY_8), FloatPartners.SECOND_8);
        v10 = v2.rearrange(FloatPartners.BY_8).blend(v10, FloatPartners.SECOND_8);
        v2 = t;
        t = v3.blend(v11.rearrange(FloatPartners.BY_8), FloatPartners.SECOND_8);
        v11 = v3.rearrange(FloatPartners.BY_8).blend(v11, FloatPartners.SECOND_8);
        v3 = t;
        t = v4.blend(v12.rearrange(FloatPartners.BY_8), FloatPartners.SECOND_8);
        v12 = v4.rearrange(FloatPartners.BY_8).blend(v12, FloatPartners.SECOND_8);
        v4 = t;
        t = v5.blend(v13.rearrange(FloatPartners.BY_8), FloatPartners.SECOND_8);
        v13 = v5.rearrange(FloatPartners.BY_8).blend(v13, FloatPartners.SECOND_8);
        v5 = t;
        t = v6.blend(v14.rearrange(FloatPartners.BY_8), FloatPartners.SECOND_8);
        v14 = v6.rearrange(FloatPartners.BY_8).blend(v14, FloatPartners.SECOND_8);
        v6 = t;
        t = v7.blend(v15.rearrange(FloatPartners.BY_8), FloatPartners.SECOND_8);
        v15 = v7.rearrange(FloatPartners.BY_8).blend(v15, FloatPartners.SECOND_8);
        v7 = t;
        t = v0.blend(v4.rearrange(FloatPartners.BY_4), FloatPartners.SECOND_4);
        v4 = v0.rearrange(FloatPartners.BY_4).blend(v4, FloatPartners.SECOND_4);
        v0 = t;
        t = v1.blend(v5.rearrange(FloatPartners.BY_4), FloatPartners.SECOND_4);
        v5 = v1.rearrange(FloatPartners.BY_4).blend(v5, FloatPartners.SECOND_4);
        v1 = t;
        t = v2.blend(v6.rearrange(FloatPartners.BY_4), FloatPartners.SECOND_4);
        v6 = v2.rearrange(FloatPartners.BY_4).blend(v6, FloatPartners.SECOND_4);
        v2 = t;
        t = v3.blend(v7.rearrange(FloatPartners.BY_4), FloatPartners.SECOND_4);
        v7 = v3.rearrange(FloatPartners.BY_4).blend(v7, FloatPartners.SECOND_4);
        v3 = t;
        t = v8.blend(v12.rearrange(FloatPartners.BY_4), FloatPartners.SECOND_4);
        v12 = v8.rearrange(FloatPartners.BY_4).blend(v12, FloatPartners.SECOND_4);
        v8 = t;
        t = v9.blend(v13.rearrange(FloatPartners.BY_4), FloatPartners.SECOND_4);
        v13 = v9.rearrange(FloatPartners.BY_4).blend(v13, FloatPartners.SECOND_4);
        v9 = t;
        t = v10.blend(v14.rearrange(FloatPartners.BY_4), FloatPartners.SECOND_4);
        v14 = v10.rearrange(FloatPartners.BY_4).blend(v14, FloatPartners.SECOND_4);
        v10 = t;
        t = v11.blend(v15.rearrange(FloatPartners.BY_4), FloatPartners.SECOND_4);
        v15 = v11.rearrange(FloatPartners.BY_4).blend(v15, FloatPartners.SECOND_4);
        v11 = t;
        t = v0.blend(v2.rearrange(FloatPartners.BY_2), FloatPartners.SECOND_2);
        v2 = v0.rearrange(FloatPartners.BY_2).blend(v2, FloatPartners.SECOND_2);
        v0 = t;
        t = v1.blend(v3.rearrange(FloatPartners.BY_2), FloatPartners.SECOND_2);
        v3 = v1.rearrange(FloatPartners.BY_2).blend(v3, FloatPartners.SECOND_2);
        v1 = t;
        t = v4.blend(v6.rearrange(FloatPartners.BY_2), FloatPartners.SECOND_2);
        v6 = v4.rearrange(FloatPartners.BY_2).blend(v6, FloatPartners.SECOND_2);
        v4 = t;
        t = v5.blend(v7.rearrange(FloatPartners.BY_2), FloatPartners.SECOND_2);
        v7 = v5.rearrange(FloatPartners.BY_2).blend(v7, FloatPartners.SECOND_2);
        v5 = t;
        t = v8.blend(v10.rearrange(FloatPartners.BY_2), FloatPartners.SECOND_2);
        v10 = v8.rearrange(FloatPartners.BY_2).blend(v10, FloatPartners.SECOND_2);
        v8 = t;
        t = v9.blend(v11.rearrange(FloatPartners.BY_2), FloatPartners.SECOND_2);
        v11 = v9.rearrange(FloatPartners.BY_2).blend(v11, FloatPartners.SECOND_2);
        v9 = t;
        t = v12.blend(v14.rearrange(FloatPartners.BY_2), FloatPartners.SECOND_2);
        v14 = v12.rearrange(FloatPartners.BY_2).blend(v14, FloatPartners.SECOND_2);
        v12 = t;
        t = v13.blend(v15.rearrange(FloatPartners.BY_2), FloatPartners.SECOND_2);
        v15 = v13.rearrange(FloatPartners.BY_2).blend(v15, FloatPartners.SECOND_2);
        v13 = t;
        t = v0.blend(v1.rearrange(FloatPartners.BY_1), FloatPartners.SECOND_1);
        v1 = v0.rearrange(FloatPartners.BY_1).blend(v1, FloatPartners.SECOND_1);
        v0 = t;
        t = v2.blend(v3.rearrange(FloatPartners.BY_1), FloatPartners.SECOND_1);
        v3 = v2.rearrange(FloatPartners.BY_1).blend(v3, FloatPartners.SECOND_1);
        v2 = t;
        t = v4.blend(v5.rearrange(FloatPartners.BY_1), FloatPartners.SECOND_1);
        v5 = v4.rearrange(FloatPartners.BY_1).blend(v5, FloatPartners.SECOND_1);
        v4 = t;
        t = v6.blend(v7.rearrange(FloatPartners.BY_1), FloatPartners.SECOND_1);
        v7 = v6.rearrange(FloatPartners.BY_1).blend(v7, FloatPartners.SECOND_1);
        v6 = t;
        t = v8.blend(v9.rearrange(FloatPartners.BY_1), FloatPartners.SECOND_1);
        v9 = v8.rearrange(FloatPartners.BY_1).blend(v9, FloatPartners.SECOND_1);
        v8 = t;
        t = v10.blend(v11.rearrange(FloatPartners.BY_1), FloatPartners.SECOND_1);
        v11 = v10.rearrange(FloatPartners.BY_1).blend(v11, FloatPartners.SECOND_1);
        v10 = t;
        t = v12.blend(v13.rearrange(FloatPartners.BY_1), FloatPartners.SECOND_1);
        v13 = v12.rearrange(FloatPartners.BY_1).blend(v13, FloatPartners.SECOND_1);
        v12 = t;
        t = v14.blend(v15.rearrange(FloatPartners.BY_1), FloatPartners.SECOND_1);
        v15 = v14.rearrange(FloatPartners.BY_1).blend(v15, FloatPartners.SECOND_1);
        v14 = t;
        v0.intoArray(to, y);
        v1.intoArray(to, y + ys);
        v2.intoArray(to, y + 2 * ys);
        v3.intoArray(to, y + 3 * ys);
        v4.intoArray(to, y + 4 * ys);
        v5.intoArray(to, y + 5 * ys);
        v6.intoArray(to, y + 6 * ys);
        v7.intoArray(to, y + 7 * ys);
        v8.intoArray(to, y + 8 * ys);
        v9.intoArray(to, y + 9 * ys);
        v10.intoArray(to, y + 10 * ys);
        v11.intoArray(to, y + 11 * ys);
        v12.intoArray(to, y + 12 * ys);
        v13.intoArray(to, y + 13 * ys);
        v14.intoArray(to, y + 14 * ys);
        v15.intoArray(to, y + 15 * ys);
    }
}
