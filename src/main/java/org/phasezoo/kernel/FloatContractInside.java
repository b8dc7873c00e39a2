package org.phasezoo.kernel;

import static org.phasezoo.kernel.Lanes.HOLDS_16_SUMS;
import static org.phasezoo.kernel.Lanes.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Matrix products inside each of 16 samples or members in the lanes. *Order*: each result is one
/// chain of fused multiply-adds over the contracted index, ascending, from +0.
public final class FloatContractInside {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int VL = S.length();

    private FloatContractInside() {}

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
