package org.phasezoo.kernel;

import static org.phasezoo.kernel.Lanes.HOLDS_16_SUMS;
import static org.phasezoo.kernel.Lanes.LANES;
import static org.phasezoo.kernel.Lanes.PLACE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Matrix products inside each of 16 samples or members in the lanes. *Order*: each result is one
/// chain of fused multiply-adds over the contracted index, ascending, from +0.
public final class FloatContractInside {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int VL = S.length();

    /// Elements of the columns that are taken at once: half the first-level cache holds them.
    private static final int BLOCK = 4096;

    /// Columns of a block of sums.
    private static final int WIDE = HOLDS_16_SUMS ? 4 : 2;

    private FloatContractInside() {}

    /// Elements of scratch for the product of matrices whose contracted index is not the last of
    /// either; 0 where the first-level cache holds both as they stand.
    public static int scratch(int rows, int columns, int inner) {
        boolean small = (rows + columns) * inner * LANES <= 2 * BLOCK;
        return small || rows < 4 || columns < WIDE
                ? 0
                : (rows / 4 * 4 + wide(columns, inner)) * inner * VL;
    }

    /// Columns that are taken at once.
    private static int wide(int columns, int inner) {
        int fit = BLOCK / VL / inner / WIDE * WIDE;
        return Math.min(Math.max(WIDE, fit), columns / WIDE * WIDE);
    }

    /// As the product without scratch; blocks of rows and of columns are brought side by side
    /// first, since what one of them takes stands far apart, often in few sets of the cache.
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
        int fours = rows / 4 * 4;
        int wides = columns / WIDE * WIDE;
        int wide = wide(columns, inner);
        int right = scratch + fours * inner * VL;
        for (int p = 0; p < LANES; p += VL) {
            for (int i = 0; i < fours; i += 4) {
                side(m, a + i * ai * LANES + p, ai, ak, 4, inner, scratch + i * inner * VL);
            }
            for (int first = 0; first < wides; first += wide) {
                int n = Math.min(wides - first, wide);
                for (int j = 0; j < n; j += WIDE) {
                    int from = b + (first + j) * bj * LANES + p;
                    side(m, from, bj, bk, WIDE, inner, right + j * inner * VL);
                }
                for (int i = 0; i < fours; i += 4) {
                    for (int j = 0; j < n; j += WIDE) {
                        int left = scratch + i * inner * VL;
                        int from = right + j * inner * VL;
                        int to = y + (i * columns + first + j) * LANES + p;
                        if (HOLDS_16_SUMS) {
                            int step = 4 * VL;
                            inside4x4(
                                    m, left, VL, step, from, step, VL, inner, to, columns * LANES);
                        } else {
                            sides4x2(m, left, from, inner, to, columns * LANES);
                        }
                    }
                }
            }
            for (int i = 0; i < rows; i++) {
                for (int j = i < fours ? wides : 0; j < columns; j++) {
                    int left = a + i * ai * LANES + p;
                    int from = b + j * bj * LANES + p;
                    int to = y + (i * columns + j) * LANES + p;
                    inside1x1(m, left, ak * LANES, from, bk * LANES, inner, to);
                }
            }
        }
    }

    /// `n` rows side by side: `[inner][n]` registers.
    private static void side(float[] m, int x, int xi, int xk, int n, int inner, int y) {
        for (int k = 0; k < inner; k++) {
            for (int i = 0; i < n; i++) {
                FloatVector.fromArray(S, m, (x + i * xi * LANES) & PLACE)
                        .intoArray(m, (y & PLACE) + i * VL);
            }
            x += xk * LANES;
            y += n * VL;
        }
    }

    private static void sides4x2(float[] m, int a, int b, int inner, int y, int yi) {
        FloatVector a0 = FloatVector.zero(S);
        FloatVector a1 = a0;
        FloatVector b0 = a0;
        FloatVector b1 = a0;
        FloatVector c0 = a0;
        FloatVector c1 = a0;
        FloatVector d0 = a0;
        FloatVector d1 = a0;
        for (int k = 0; k < inner; k++) {
            int at = (a + k * 4 * VL) & PLACE;
            int from = (b + k * 2 * VL) & PLACE;
            FloatVector v0 = FloatVector.fromArray(S, m, from);
            FloatVector v1 = FloatVector.fromArray(S, m, from + VL);
            FloatVector x = FloatVector.fromArray(S, m, at);
            a0 = v0.fma(x, a0);
            a1 = v1.fma(x, a1);
            x = FloatVector.fromArray(S, m, at + VL);
            b0 = v0.fma(x, b0);
            b1 = v1.fma(x, b1);
            x = FloatVector.fromArray(S, m, at + 2 * VL);
            c0 = v0.fma(x, c0);
            c1 = v1.fma(x, c1);
            x = FloatVector.fromArray(S, m, at + 3 * VL);
            d0 = v0.fma(x, d0);
            d1 = v1.fma(x, d1);
        }
        a0.intoArray(m, y);
        a1.intoArray(m, y + LANES);
        b0.intoArray(m, y + yi);
        b1.intoArray(m, y + yi + LANES);
        c0.intoArray(m, y + 2 * yi);
        c1.intoArray(m, y + 2 * yi + LANES);
        d0.intoArray(m, y + 3 * yi);
        d1.intoArray(m, y + 3 * yi + LANES);
    }

    /// One product inside each of 16 samples: y(i, j) = Σ_k a(i, k) · b(k, j), elements at `a + (i
    /// · ai + k · ak) · 16` and `b + (k · bk + j · bj) · 16`, results row-major at `y`.
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
            int y) {
        for (int p = 0; p < LANES; p += VL) {
            int i = 0;
            for (; i + 4 <= rows; i += 4) {
                int j = 0;
                for (; HOLDS_16_SUMS && j + 4 <= columns; j += 4) {
                    inside4x4(
                            m,
                            a + i * ai * LANES + p,
                            ai * LANES,
                            ak * LANES,
                            b + j * bj * LANES + p,
                            bk * LANES,
                            bj * LANES,
                            inner,
                            y + (i * columns + j) * LANES + p,
                            columns * LANES);
                }
                for (; j + 2 <= columns; j += 2) {
                    inside4x2(
                            m,
                            a + i * ai * LANES + p,
                            ai * LANES,
                            ak * LANES,
                            b + j * bj * LANES + p,
                            bk * LANES,
                            bj * LANES,
                            inner,
                            y + (i * columns + j) * LANES + p,
                            columns * LANES);
                }
                for (; j < columns; j++) {
                    for (int r = i; r < i + 4; r++) {
                        inside1x1(
                                m,
                                a + r * ai * LANES + p,
                                ak * LANES,
                                b + j * bj * LANES + p,
                                bk * LANES,
                                inner,
                                y + (r * columns + j) * LANES + p);
                    }
                }
            }
            for (; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    inside1x1(
                            m,
                            a + i * ai * LANES + p,
                            ak * LANES,
                            b + j * bj * LANES + p,
                            bk * LANES,
                            inner,
                            y + (i * columns + j) * LANES + p);
                }
            }
        }
    }

    private static void inside4x4(
            float[] m, int a, int ai, int ak, int b, int bk, int bj, int inner, int y, int yi) {
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
            FloatVector v1 = FloatVector.fromArray(S, m, b + bj);
            FloatVector v2 = FloatVector.fromArray(S, m, b + 2 * bj);
            FloatVector v3 = FloatVector.fromArray(S, m, b + 3 * bj);
            FloatVector x = FloatVector.fromArray(S, m, a);
            a0 = v0.fma(x, a0);
            a1 = v1.fma(x, a1);
            a2 = v2.fma(x, a2);
            a3 = v3.fma(x, a3);
            x = FloatVector.fromArray(S, m, a + ai);
            b0 = v0.fma(x, b0);
            b1 = v1.fma(x, b1);
            b2 = v2.fma(x, b2);
            b3 = v3.fma(x, b3);
            x = FloatVector.fromArray(S, m, a + 2 * ai);
            c0 = v0.fma(x, c0);
            c1 = v1.fma(x, c1);
            c2 = v2.fma(x, c2);
            c3 = v3.fma(x, c3);
            x = FloatVector.fromArray(S, m, a + 3 * ai);
            d0 = v0.fma(x, d0);
            d1 = v1.fma(x, d1);
            d2 = v2.fma(x, d2);
            d3 = v3.fma(x, d3);
            a += ak;
            b += bk;
        }
        a0.intoArray(m, y);
        a1.intoArray(m, y + LANES);
        a2.intoArray(m, y + 2 * LANES);
        a3.intoArray(m, y + 3 * LANES);
        b0.intoArray(m, y + yi);
        b1.intoArray(m, y + yi + LANES);
        b2.intoArray(m, y + yi + 2 * LANES);
        b3.intoArray(m, y + yi + 3 * LANES);
        c0.intoArray(m, y + 2 * yi);
        c1.intoArray(m, y + 2 * yi + LANES);
        c2.intoArray(m, y + 2 * yi + 2 * LANES);
        c3.intoArray(m, y + 2 * yi + 3 * LANES);
        d0.intoArray(m, y + 3 * yi);
        d1.intoArray(m, y + 3 * yi + LANES);
        d2.intoArray(m, y + 3 * yi + 2 * LANES);
        d3.intoArray(m, y + 3 * yi + 3 * LANES);
    }

    private static void inside4x2(
            float[] m, int a, int ai, int ak, int b, int bk, int bj, int inner, int y, int yi) {
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
            FloatVector v1 = FloatVector.fromArray(S, m, b + bj);
            FloatVector x = FloatVector.fromArray(S, m, a);
            a0 = v0.fma(x, a0);
            a1 = v1.fma(x, a1);
            x = FloatVector.fromArray(S, m, a + ai);
            b0 = v0.fma(x, b0);
            b1 = v1.fma(x, b1);
            x = FloatVector.fromArray(S, m, a + 2 * ai);
            c0 = v0.fma(x, c0);
            c1 = v1.fma(x, c1);
            x = FloatVector.fromArray(S, m, a + 3 * ai);
            d0 = v0.fma(x, d0);
            d1 = v1.fma(x, d1);
            a += ak;
            b += bk;
        }
        a0.intoArray(m, y);
        a1.intoArray(m, y + LANES);
        b0.intoArray(m, y + yi);
        b1.intoArray(m, y + yi + LANES);
        c0.intoArray(m, y + 2 * yi);
        c1.intoArray(m, y + 2 * yi + LANES);
        d0.intoArray(m, y + 3 * yi);
        d1.intoArray(m, y + 3 * yi + LANES);
    }

    private static void inside1x1(float[] m, int a, int ak, int b, int bk, int inner, int y) {
        FloatVector s = FloatVector.zero(S);
        for (int k = 0; k < inner; k++) {
            s = FloatVector.fromArray(S, m, b).fma(FloatVector.fromArray(S, m, a), s);
            a += ak;
            b += bk;
        }
        s.intoArray(m, y);
    }
}
