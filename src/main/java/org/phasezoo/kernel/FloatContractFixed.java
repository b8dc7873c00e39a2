package org.phasezoo.kernel;

import static org.phasezoo.kernel.Lanes.HOLDS_16_SUMS;
import static org.phasezoo.kernel.Lanes.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Matrix products of row-major matrices. *Order*: each result is one chain of fused multiply-adds
/// over the contracted index, ascending, from +0.
public final class FloatContractFixed {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int VL = S.length();
    private static final int ROWS = 8;

    private FloatContractFixed() {}

    /// Elements of scratch that [#product] takes for a contraction over `inner`.
    public static int scratch(int inner) {
        return (inner * 4 + ROWS) * LANES;
    }

    /// Fixed matrices: y (rows × columns) = Σ_k a(i, k) · b(k, j), elements at `a + i · ai + k ·
    /// ak` and `b + k · bk + j · bj`. Panels of b whose columns are not adjacent are copied first.
    public static void product(
            float[] m,
            int a,
            int ai,
            int ak,
            int b,
            int bk,
            int bj,
            int rows,
            int columns,
            int inner,
            int scratch,
            int y) {
        int j = 0;
        for (int wide; (wide = panel(columns - j)) > 1; j += wide * VL) {
            int panel = b + j * bj;
            int step = bk;
            if (bj != 1) {
                pack(m, panel, bk, bj, inner, wide * VL, wide * VL, scratch);
                panel = scratch;
                step = wide * VL;
            }
            int i = 0;
            for (; i + 4 <= rows; i += 4) {
                int to = y + i * columns + j;
                if (wide == 4) {
                    block4x4(m, a + i * ai, ai, ak, panel, step, inner, to, columns);
                } else {
                    block4x2(m, a + i * ai, ai, ak, panel, step, inner, to, columns);
                }
            }
            for (; i < rows; i++) {
                for (int c = 0; c < wide; c++) {
                    row(m, a + i * ai, ak, panel + c * VL, step, inner)
                            .intoArray(m, y + i * columns + j + c * VL);
                }
            }
        }
        int out = scratch + inner * 4 * LANES;
        for (; j < columns; j += VL) {
            int n = Math.min(VL, columns - j);
            int panel = b + j * bj;
            int step = bk;
            if (bj != 1 || n < VL) {
                pack(m, panel, bk, bj, inner, n, VL, scratch);
                panel = scratch;
                step = VL;
            }
            int i = 0;
            for (; i + ROWS <= rows; i += ROWS) {
                block8x1(m, a + i * ai, ai, ak, panel, step, inner, out);
                for (int r = 0; r < ROWS; r++) {
                    System.arraycopy(m, out + r * VL, m, y + (i + r) * columns + j, n);
                }
            }
            for (; i < rows; i++) {
                row(m, a + i * ai, ak, panel, step, inner).intoArray(m, out);
                System.arraycopy(m, out, m, y + i * columns + j, n);
            }
        }
    }

    /// Registers of columns that are taken at once where so many columns are left: 4, 2 or 1.
    private static int panel(int columns) {
        return HOLDS_16_SUMS && columns >= 4 * VL ? 4 : columns >= 2 * VL ? 2 : 1;
    }

    /// Copies `n` columns of each row of b to rows of `width`, zeros behind.
    private static void pack(
            float[] m, int b, int bk, int bj, int inner, int n, int width, int to) {
        for (int k = 0; k < inner; k++) {
            for (int j = 0; j < n; j++) {
                m[to + k * width + j] = m[b + k * bk + j * bj];
            }
            for (int j = n; j < width; j++) {
                m[to + k * width + j] = 0;
            }
        }
    }

    private static FloatVector row(float[] m, int a, int ak, int b, int bk, int inner) {
        FloatVector s = FloatVector.zero(S);
        for (int k = 0; k < inner; k++) {
            s =
                    FloatVector.fromArray(S, m, b + k * bk)
                            .fma(FloatVector.broadcast(S, m[a + k * ak]), s);
        }
        return s;
    }

    private static void block8x1(
            float[] m, int a, int ai, int ak, int b, int bk, int inner, int y) {
        FloatVector s0 = FloatVector.zero(S);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        FloatVector s4 = s0;
        FloatVector s5 = s0;
        FloatVector s6 = s0;
        FloatVector s7 = s0;
        for (int k = 0; k < inner; k++) {
            FloatVector v = FloatVector.fromArray(S, m, b);
            s0 = v.fma(FloatVector.broadcast(S, m[a]), s0);
            s1 = v.fma(FloatVector.broadcast(S, m[a + ai]), s1);
            s2 = v.fma(FloatVector.broadcast(S, m[a + 2 * ai]), s2);
            s3 = v.fma(FloatVector.broadcast(S, m[a + 3 * ai]), s3);
            s4 = v.fma(FloatVector.broadcast(S, m[a + 4 * ai]), s4);
            s5 = v.fma(FloatVector.broadcast(S, m[a + 5 * ai]), s5);
            s6 = v.fma(FloatVector.broadcast(S, m[a + 6 * ai]), s6);
            s7 = v.fma(FloatVector.broadcast(S, m[a + 7 * ai]), s7);
            a += ak;
            b += bk;
        }
        s0.intoArray(m, y);
        s1.intoArray(m, y + VL);
        s2.intoArray(m, y + 2 * VL);
        s3.intoArray(m, y + 3 * VL);
        s4.intoArray(m, y + 4 * VL);
        s5.intoArray(m, y + 5 * VL);
        s6.intoArray(m, y + 6 * VL);
        s7.intoArray(m, y + 7 * VL);
    }

    private static void block4x4(
            float[] m, int a, int ai, int ak, int b, int bk, int inner, int y, int columns) {
        FloatVector a0 = FloatVector.zero(S);
        FloatVector a1 = a0;
        FloatVector a2 = a0;
        FloatVector a3 = a0;
        FloatVector b0 = a0;
        FloatVector b1 = a0;
        FloatVector b2 = a0;
        FloatVector b3 = a0;
        FloatVector c0 = a0;
        FloatVector c1 = a0;
        FloatVector c2 = a0;
        FloatVector c3 = a0;
        FloatVector d0 = a0;
        FloatVector d1 = a0;
        FloatVector d2 = a0;
        FloatVector d3 = a0;
        for (int k = 0; k < inner; k++) {
            FloatVector v0 = FloatVector.fromArray(S, m, b);
            FloatVector v1 = FloatVector.fromArray(S, m, b + VL);
            FloatVector v2 = FloatVector.fromArray(S, m, b + 2 * VL);
            FloatVector v3 = FloatVector.fromArray(S, m, b + 3 * VL);
            FloatVector x = FloatVector.broadcast(S, m[a]);
            a0 = v0.fma(x, a0);
            a1 = v1.fma(x, a1);
            a2 = v2.fma(x, a2);
            a3 = v3.fma(x, a3);
            x = FloatVector.broadcast(S, m[a + ai]);
            b0 = v0.fma(x, b0);
            b1 = v1.fma(x, b1);
            b2 = v2.fma(x, b2);
            b3 = v3.fma(x, b3);
            x = FloatVector.broadcast(S, m[a + 2 * ai]);
            c0 = v0.fma(x, c0);
            c1 = v1.fma(x, c1);
            c2 = v2.fma(x, c2);
            c3 = v3.fma(x, c3);
            x = FloatVector.broadcast(S, m[a + 3 * ai]);
            d0 = v0.fma(x, d0);
            d1 = v1.fma(x, d1);
            d2 = v2.fma(x, d2);
            d3 = v3.fma(x, d3);
            a += ak;
            b += bk;
        }
        a0.intoArray(m, y);
        a1.intoArray(m, y + VL);
        a2.intoArray(m, y + 2 * VL);
        a3.intoArray(m, y + 3 * VL);
        y += columns;
        b0.intoArray(m, y);
        b1.intoArray(m, y + VL);
        b2.intoArray(m, y + 2 * VL);
        b3.intoArray(m, y + 3 * VL);
        y += columns;
        c0.intoArray(m, y);
        c1.intoArray(m, y + VL);
        c2.intoArray(m, y + 2 * VL);
        c3.intoArray(m, y + 3 * VL);
        y += columns;
        d0.intoArray(m, y);
        d1.intoArray(m, y + VL);
        d2.intoArray(m, y + 2 * VL);
        d3.intoArray(m, y + 3 * VL);
    }

    private static void block4x2(
            float[] m, int a, int ai, int ak, int b, int bk, int inner, int y, int columns) {
        FloatVector a0 = FloatVector.zero(S);
        FloatVector a1 = a0;
        FloatVector b0 = a0;
        FloatVector b1 = a0;
        FloatVector c0 = a0;
        FloatVector c1 = a0;
        FloatVector d0 = a0;
        FloatVector d1 = a0;
        for (int k = 0; k < inner; k++) {
            FloatVector v0 = FloatVector.fromArray(S, m, b);
            FloatVector v1 = FloatVector.fromArray(S, m, b + VL);
            FloatVector x = FloatVector.broadcast(S, m[a]);
            a0 = v0.fma(x, a0);
            a1 = v1.fma(x, a1);
            x = FloatVector.broadcast(S, m[a + ai]);
            b0 = v0.fma(x, b0);
            b1 = v1.fma(x, b1);
            x = FloatVector.broadcast(S, m[a + 2 * ai]);
            c0 = v0.fma(x, c0);
            c1 = v1.fma(x, c1);
            x = FloatVector.broadcast(S, m[a + 3 * ai]);
            d0 = v0.fma(x, d0);
            d1 = v1.fma(x, d1);
            a += ak;
            b += bk;
        }
        a0.intoArray(m, y);
        a1.intoArray(m, y + VL);
        y += columns;
        b0.intoArray(m, y);
        b1.intoArray(m, y + VL);
        y += columns;
        c0.intoArray(m, y);
        c1.intoArray(m, y + VL);
        y += columns;
        d0.intoArray(m, y);
        d1.intoArray(m, y + VL);
    }
}
