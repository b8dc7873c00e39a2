package org.phasezoo.kernel;

import static org.phasezoo.kernel.Lanes.HOLDS_16_SUMS;
import static org.phasezoo.kernel.Lanes.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Products of two arrays of samples over the samples: the weight gradients of dense layers.
/// *Order*: each result is one chain of fused multiply-adds over the samples of a chunk of 64,
/// ascending, from +0; chunk results are added in order.
public final class FloatContractSamples {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int VL = S.length();
    private static final int CHUNK = Lanes.CHUNK_TILES * LANES;

    /// Features side by side: as many as are transposed at once.
    private static final int PANEL = Math.max(8, VL);

    private FloatContractSamples() {}

    /// Elements of the panels that [#panels] writes.
    public static int panels(int features) {
        return (features + PANEL - 1) / PANEL * PANEL * CHUNK;
    }

    /// Samples of a chunk in lanes, x `[tile][features][16]`, as panels of features side by side:
    /// `[⌈features / PANEL⌉][64][PANEL]` at y.
    public static void panels(float[] m, int x, int features, int samples, int y) {
        for (int t = 0; t < Lanes.tiles(samples); t++) {
            for (int f = 0; f < features; f += PANEL) {
                int from = x + (t * features + f) * LANES;
                int to = y + f * CHUNK + t * LANES * PANEL;
                int n = Math.min(PANEL, features - f);
                FloatTranspose.copy(m, from, LANES, n, LANES, m, to, PANEL);
            }
        }
    }

    /// Writes the matrix `[left][right]` at y: one chunk of `samples` added to the matrix at `sum`,
    /// whose rows are `ss` elements apart (y itself, or a row of zeros for each row). a has
    /// [#panels], b rows of samples, `bs` elements apart, a multiple of 16; `scratch` has 16
    /// elements.
    public static void accumulate(
            float[] m,
            int a,
            int left,
            int b,
            int bs,
            int right,
            int samples,
            int scratch,
            int sum,
            int ss,
            int y) {
        int j = 0;
        for (int wide; j + 4 * VL <= right; j += wide * VL) {
            wide = HOLDS_16_SUMS && left % 4 == 0 ? wide((right - j) / VL) : 4;
            int i = 0;
            for (; i + 4 <= left; i += 4) {
                int to = y + i * right + j;
                int from = sum + i * ss + j;
                if (wide == 5) {
                    block4x5(m, panel(a, i), b + j, bs, samples, from, ss, to, right);
                } else if (HOLDS_16_SUMS) {
                    block4x4(m, panel(a, i), b + j, bs, samples, from, ss, to, right);
                } else {
                    block4x2(m, panel(a, i), b + j, bs, samples, from, ss, to, right);
                    int c = 2 * VL;
                    block4x2(m, panel(a, i), b + j + c, bs, samples, from + c, ss, to + c, right);
                }
            }
            for (; i < left; i++) {
                block1x4(m, panel(a, i), b + j, bs, samples, sum + i * ss + j, y + i * right + j);
            }
        }
        for (; j < right; j += VL) {
            int n = Math.min(VL, right - j);
            int i = 0;
            for (; i + 8 <= left && n == VL; i += 8) {
                block8x1(
                        m,
                        panel(a, i),
                        b + j,
                        bs,
                        samples,
                        sum + i * ss + j,
                        ss,
                        y + i * right + j,
                        right);
            }
            for (; i < left; i++) {
                block1x1(m, panel(a, i), b + j, bs, samples, scratch);
                for (int c = 0; c < n; c++) {
                    m[y + i * right + j + c] = m[sum + i * ss + j + c] + m[scratch + c];
                }
            }
        }
    }

    /// How many of `n` vectors, at least 4, are taken next: five where fives and fours take the
    /// rest, too.
    private static int wide(int n) {
        int rest = n - 5;
        return rest >= 5 * (rest & 3) ? 5 : 4;
    }

    /// Place of feature i of the first sample.
    private static int panel(int a, int i) {
        return a + i / PANEL * PANEL * CHUNK + i % PANEL;
    }

    private static void block4x5(
            float[] m, int a, int b, int bs, int samples, int sum, int ss, int y, int right) {
        FloatVector a0 = FloatVector.zero(S);
        FloatVector a1 = a0;
        FloatVector a2 = a0;
        FloatVector a3 = a0;
        FloatVector a4 = a0;
        FloatVector b0 = a0;
        FloatVector b1 = a0;
        FloatVector b2 = a0;
        FloatVector b3 = a0;
        FloatVector b4 = a0;
        FloatVector c0 = a0;
        FloatVector c1 = a0;
        FloatVector c2 = a0;
        FloatVector c3 = a0;
        FloatVector c4 = a0;
        FloatVector d0 = a0;
        FloatVector d1 = a0;
        FloatVector d2 = a0;
        FloatVector d3 = a0;
        FloatVector d4 = a0;
        for (int k = 0; k < samples; k++) {
            int at = b + k * bs;
            FloatVector v0 = FloatVector.fromArray(S, m, at + 0 * VL);
            FloatVector v1 = FloatVector.fromArray(S, m, at + 1 * VL);
            FloatVector v2 = FloatVector.fromArray(S, m, at + 2 * VL);
            FloatVector v3 = FloatVector.fromArray(S, m, at + 3 * VL);
            FloatVector v4 = FloatVector.fromArray(S, m, at + 4 * VL);
            FloatVector x = FloatVector.broadcast(S, m[a + PANEL * k + 0]);
            a0 = v0.fma(x, a0);
            a1 = v1.fma(x, a1);
            a2 = v2.fma(x, a2);
            a3 = v3.fma(x, a3);
            a4 = v4.fma(x, a4);
            x = FloatVector.broadcast(S, m[a + PANEL * k + 1]);
            b0 = v0.fma(x, b0);
            b1 = v1.fma(x, b1);
            b2 = v2.fma(x, b2);
            b3 = v3.fma(x, b3);
            b4 = v4.fma(x, b4);
            x = FloatVector.broadcast(S, m[a + PANEL * k + 2]);
            c0 = v0.fma(x, c0);
            c1 = v1.fma(x, c1);
            c2 = v2.fma(x, c2);
            c3 = v3.fma(x, c3);
            c4 = v4.fma(x, c4);
            x = FloatVector.broadcast(S, m[a + PANEL * k + 3]);
            d0 = v0.fma(x, d0);
            d1 = v1.fma(x, d1);
            d2 = v2.fma(x, d2);
            d3 = v3.fma(x, d3);
            d4 = v4.fma(x, d4);
        }
        FloatVector.fromArray(S, m, sum + 0 * VL).add(a0).intoArray(m, y + 0 * VL);
        FloatVector.fromArray(S, m, sum + 1 * VL).add(a1).intoArray(m, y + 1 * VL);
        FloatVector.fromArray(S, m, sum + 2 * VL).add(a2).intoArray(m, y + 2 * VL);
        FloatVector.fromArray(S, m, sum + 3 * VL).add(a3).intoArray(m, y + 3 * VL);
        FloatVector.fromArray(S, m, sum + 4 * VL).add(a4).intoArray(m, y + 4 * VL);
        sum += ss;
        y += right;
        FloatVector.fromArray(S, m, sum + 0 * VL).add(b0).intoArray(m, y + 0 * VL);
        FloatVector.fromArray(S, m, sum + 1 * VL).add(b1).intoArray(m, y + 1 * VL);
        FloatVector.fromArray(S, m, sum + 2 * VL).add(b2).intoArray(m, y + 2 * VL);
        FloatVector.fromArray(S, m, sum + 3 * VL).add(b3).intoArray(m, y + 3 * VL);
        FloatVector.fromArray(S, m, sum + 4 * VL).add(b4).intoArray(m, y + 4 * VL);
        sum += ss;
        y += right;
        FloatVector.fromArray(S, m, sum + 0 * VL).add(c0).intoArray(m, y + 0 * VL);
        FloatVector.fromArray(S, m, sum + 1 * VL).add(c1).intoArray(m, y + 1 * VL);
        FloatVector.fromArray(S, m, sum + 2 * VL).add(c2).intoArray(m, y + 2 * VL);
        FloatVector.fromArray(S, m, sum + 3 * VL).add(c3).intoArray(m, y + 3 * VL);
        FloatVector.fromArray(S, m, sum + 4 * VL).add(c4).intoArray(m, y + 4 * VL);
        sum += ss;
        y += right;
        FloatVector.fromArray(S, m, sum + 0 * VL).add(d0).intoArray(m, y + 0 * VL);
        FloatVector.fromArray(S, m, sum + 1 * VL).add(d1).intoArray(m, y + 1 * VL);
        FloatVector.fromArray(S, m, sum + 2 * VL).add(d2).intoArray(m, y + 2 * VL);
        FloatVector.fromArray(S, m, sum + 3 * VL).add(d3).intoArray(m, y + 3 * VL);
        FloatVector.fromArray(S, m, sum + 4 * VL).add(d4).intoArray(m, y + 4 * VL);
    }

    private static void block4x4(
            float[] m, int a, int b, int bs, int samples, int sum, int ss, int y, int right) {
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
        for (int k = 0; k < samples; k++) {
            int at = b + k * bs;
            FloatVector v0 = FloatVector.fromArray(S, m, at);
            FloatVector v1 = FloatVector.fromArray(S, m, at + VL);
            FloatVector v2 = FloatVector.fromArray(S, m, at + 2 * VL);
            FloatVector v3 = FloatVector.fromArray(S, m, at + 3 * VL);
            FloatVector x = FloatVector.broadcast(S, m[a + PANEL * k]);
            a0 = v0.fma(x, a0);
            a1 = v1.fma(x, a1);
            a2 = v2.fma(x, a2);
            a3 = v3.fma(x, a3);
            x = FloatVector.broadcast(S, m[a + PANEL * k + 1]);
            b0 = v0.fma(x, b0);
            b1 = v1.fma(x, b1);
            b2 = v2.fma(x, b2);
            b3 = v3.fma(x, b3);
            x = FloatVector.broadcast(S, m[a + PANEL * k + 2]);
            c0 = v0.fma(x, c0);
            c1 = v1.fma(x, c1);
            c2 = v2.fma(x, c2);
            c3 = v3.fma(x, c3);
            x = FloatVector.broadcast(S, m[a + PANEL * k + 3]);
            d0 = v0.fma(x, d0);
            d1 = v1.fma(x, d1);
            d2 = v2.fma(x, d2);
            d3 = v3.fma(x, d3);
        }
        FloatVector.fromArray(S, m, sum).add(a0).intoArray(m, y);
        FloatVector.fromArray(S, m, sum + VL).add(a1).intoArray(m, y + VL);
        FloatVector.fromArray(S, m, sum + 2 * VL).add(a2).intoArray(m, y + 2 * VL);
        FloatVector.fromArray(S, m, sum + 3 * VL).add(a3).intoArray(m, y + 3 * VL);
        sum += ss;
        y += right;
        FloatVector.fromArray(S, m, sum).add(b0).intoArray(m, y);
        FloatVector.fromArray(S, m, sum + VL).add(b1).intoArray(m, y + VL);
        FloatVector.fromArray(S, m, sum + 2 * VL).add(b2).intoArray(m, y + 2 * VL);
        FloatVector.fromArray(S, m, sum + 3 * VL).add(b3).intoArray(m, y + 3 * VL);
        sum += ss;
        y += right;
        FloatVector.fromArray(S, m, sum).add(c0).intoArray(m, y);
        FloatVector.fromArray(S, m, sum + VL).add(c1).intoArray(m, y + VL);
        FloatVector.fromArray(S, m, sum + 2 * VL).add(c2).intoArray(m, y + 2 * VL);
        FloatVector.fromArray(S, m, sum + 3 * VL).add(c3).intoArray(m, y + 3 * VL);
        sum += ss;
        y += right;
        FloatVector.fromArray(S, m, sum).add(d0).intoArray(m, y);
        FloatVector.fromArray(S, m, sum + VL).add(d1).intoArray(m, y + VL);
        FloatVector.fromArray(S, m, sum + 2 * VL).add(d2).intoArray(m, y + 2 * VL);
        FloatVector.fromArray(S, m, sum + 3 * VL).add(d3).intoArray(m, y + 3 * VL);
    }

    private static void block4x2(
            float[] m, int a, int b, int bs, int samples, int sum, int ss, int y, int right) {
        FloatVector a0 = FloatVector.zero(S);
        FloatVector a1 = a0;
        FloatVector b0 = a0;
        FloatVector b1 = a0;
        FloatVector c0 = a0;
        FloatVector c1 = a0;
        FloatVector d0 = a0;
        FloatVector d1 = a0;
        for (int k = 0; k < samples; k++) {
            int at = b + k * bs;
            FloatVector v0 = FloatVector.fromArray(S, m, at);
            FloatVector v1 = FloatVector.fromArray(S, m, at + VL);
            FloatVector x = FloatVector.broadcast(S, m[a + PANEL * k]);
            a0 = v0.fma(x, a0);
            a1 = v1.fma(x, a1);
            x = FloatVector.broadcast(S, m[a + PANEL * k + 1]);
            b0 = v0.fma(x, b0);
            b1 = v1.fma(x, b1);
            x = FloatVector.broadcast(S, m[a + PANEL * k + 2]);
            c0 = v0.fma(x, c0);
            c1 = v1.fma(x, c1);
            x = FloatVector.broadcast(S, m[a + PANEL * k + 3]);
            d0 = v0.fma(x, d0);
            d1 = v1.fma(x, d1);
        }
        FloatVector.fromArray(S, m, sum).add(a0).intoArray(m, y);
        FloatVector.fromArray(S, m, sum + VL).add(a1).intoArray(m, y + VL);
        sum += ss;
        y += right;
        FloatVector.fromArray(S, m, sum).add(b0).intoArray(m, y);
        FloatVector.fromArray(S, m, sum + VL).add(b1).intoArray(m, y + VL);
        sum += ss;
        y += right;
        FloatVector.fromArray(S, m, sum).add(c0).intoArray(m, y);
        FloatVector.fromArray(S, m, sum + VL).add(c1).intoArray(m, y + VL);
        sum += ss;
        y += right;
        FloatVector.fromArray(S, m, sum).add(d0).intoArray(m, y);
        FloatVector.fromArray(S, m, sum + VL).add(d1).intoArray(m, y + VL);
    }

    private static void block1x4(float[] m, int a, int b, int bs, int samples, int sum, int y) {
        FloatVector a0 = FloatVector.zero(S);
        FloatVector a1 = a0;
        FloatVector a2 = a0;
        FloatVector a3 = a0;
        for (int k = 0; k < samples; k++) {
            int at = b + k * bs;
            FloatVector v0 = FloatVector.fromArray(S, m, at);
            FloatVector v1 = FloatVector.fromArray(S, m, at + VL);
            FloatVector v2 = FloatVector.fromArray(S, m, at + 2 * VL);
            FloatVector v3 = FloatVector.fromArray(S, m, at + 3 * VL);
            FloatVector x = FloatVector.broadcast(S, m[a + PANEL * k]);
            a0 = v0.fma(x, a0);
            a1 = v1.fma(x, a1);
            a2 = v2.fma(x, a2);
            a3 = v3.fma(x, a3);
        }
        FloatVector.fromArray(S, m, sum).add(a0).intoArray(m, y);
        FloatVector.fromArray(S, m, sum + VL).add(a1).intoArray(m, y + VL);
        FloatVector.fromArray(S, m, sum + 2 * VL).add(a2).intoArray(m, y + 2 * VL);
        FloatVector.fromArray(S, m, sum + 3 * VL).add(a3).intoArray(m, y + 3 * VL);
    }

    private static void block8x1(
            float[] m, int a, int b, int bs, int samples, int sum, int ss, int y, int right) {
        FloatVector a0 = FloatVector.zero(S);
        FloatVector b0 = a0;
        FloatVector c0 = a0;
        FloatVector d0 = a0;
        FloatVector e0 = a0;
        FloatVector f0 = a0;
        FloatVector g0 = a0;
        FloatVector h0 = a0;
        for (int k = 0; k < samples; k++) {
            int at = b + k * bs;
            FloatVector v0 = FloatVector.fromArray(S, m, at);
            FloatVector x = FloatVector.broadcast(S, m[a + PANEL * k]);
            a0 = v0.fma(x, a0);
            x = FloatVector.broadcast(S, m[a + PANEL * k + 1]);
            b0 = v0.fma(x, b0);
            x = FloatVector.broadcast(S, m[a + PANEL * k + 2]);
            c0 = v0.fma(x, c0);
            x = FloatVector.broadcast(S, m[a + PANEL * k + 3]);
            d0 = v0.fma(x, d0);
            x = FloatVector.broadcast(S, m[a + PANEL * k + 4]);
            e0 = v0.fma(x, e0);
            x = FloatVector.broadcast(S, m[a + PANEL * k + 5]);
            f0 = v0.fma(x, f0);
            x = FloatVector.broadcast(S, m[a + PANEL * k + 6]);
            g0 = v0.fma(x, g0);
            x = FloatVector.broadcast(S, m[a + PANEL * k + 7]);
            h0 = v0.fma(x, h0);
        }
        FloatVector.fromArray(S, m, sum).add(a0).intoArray(m, y);
        sum += ss;
        y += right;
        FloatVector.fromArray(S, m, sum).add(b0).intoArray(m, y);
        sum += ss;
        y += right;
        FloatVector.fromArray(S, m, sum).add(c0).intoArray(m, y);
        sum += ss;
        y += right;
        FloatVector.fromArray(S, m, sum).add(d0).intoArray(m, y);
        sum += ss;
        y += right;
        FloatVector.fromArray(S, m, sum).add(e0).intoArray(m, y);
        sum += ss;
        y += right;
        FloatVector.fromArray(S, m, sum).add(f0).intoArray(m, y);
        sum += ss;
        y += right;
        FloatVector.fromArray(S, m, sum).add(g0).intoArray(m, y);
        sum += ss;
        y += right;
        FloatVector.fromArray(S, m, sum).add(h0).intoArray(m, y);
    }

    private static void block1x1(float[] m, int a, int b, int bs, int samples, int y) {
        FloatVector s = FloatVector.zero(S);
        for (int k = 0; k < samples; k++) {
            s =
                    FloatVector.fromArray(S, m, b + k * bs)
                            .fma(FloatVector.broadcast(S, m[a + k * PANEL]), s);
        }
        s.intoArray(m, y);
    }
}
