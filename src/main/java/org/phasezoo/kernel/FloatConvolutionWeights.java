package org.phasezoo.kernel;

import static org.phasezoo.kernel.Lanes.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Weight gradients of convolutions over a chunk of at most 64 samples: padded inputs `[tile][in][ph][pw][16]`, output
/// adjoints `[tile][out][oh][ow][16]`; absent samples are zero lanes of both.
///
/// *Order*: lane = sample mod 16, each lane a chain of fused multiply-adds over (tile, y, x) from +0; lanes are folded by
/// the tree; the chunk's result is added to what stands in the gradient.
public final class FloatConvolutionWeights {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int VL = S.length();
    private static final int WIDE = 3;

    private FloatConvolutionWeights() {}

    /// Elements of scratch that [#accumulate] needs.
    public static int scratch() {
        return 4 * WIDE * LANES;
    }

    /// Adds the chunk's gradient into `[out][in][kh][kw]` at `y`.
    public static void accumulate(
            float[] m, int x, int in, int ph, int pw, int g, int out, int kh, int kw, int tiles, int scratch, int y) {
        int oh = ph - kh + 1;
        int ow = pw - kw + 1;
        int xTile = in * ph * pw * LANES;
        int gPlane = oh * ow * LANES;
        int gTile = out * gPlane;
        for (int o = 0; o < out; ) {
            int high = out - o >= 4 ? 4 : 1;
            for (int i = 0; i < in; i++) {
                for (int ky = 0; ky < kh; ky++) {
                    for (int kx = 0; kx < kw; ) {
                        int wide = kw - kx >= WIDE ? WIDE : 1;
                        int xAt = x + ((i * ph + ky) * pw + kx) * LANES;
                        int gAt = g + o * gPlane;
                        for (int p = 0; p < LANES; p += VL) {
                            if (high == 4 && wide == WIDE) {
                                block4x3(m, xAt + p, xTile, pw * LANES, gAt + p, gTile, gPlane, oh, ow, tiles, scratch + p);
                            } else if (wide == WIDE) {
                                block1x3(m, xAt + p, xTile, pw * LANES, gAt + p, gTile, oh, ow, tiles, scratch + p);
                            } else {
                                for (int r = 0; r < high; r++) {
                                    block1x1(m, xAt + p, xTile, pw * LANES, gAt + r * gPlane + p, gTile, oh, ow, tiles, scratch + r * LANES + p);
                                }
                            }
                        }
                        for (int r = 0; r < high; r++) {
                            int to = y + (((o + r) * in + i) * kh + ky) * kw + kx;
                            for (int c = 0; c < wide; c++) {
                                m[to + c] += FloatFold.tree(m, scratch + (r * wide + c) * LANES);
                            }
                        }
                        kx += wide;
                    }
                }
            }
            o += high;
        }
    }

    private static void block4x3(
            float[] m, int x, int xTile, int xRow, int g, int gTile, int gPlane, int oh, int ow, int tiles, int y) {
        FloatVector a0 = FloatVector.zero(S);
        FloatVector a1 = a0;
        FloatVector a2 = a0;
        FloatVector b0 = a0;
        FloatVector b1 = a0;
        FloatVector b2 = a0;
        FloatVector c0 = a0;
        FloatVector c1 = a0;
        FloatVector c2 = a0;
        FloatVector d0 = a0;
        FloatVector d1 = a0;
        FloatVector d2 = a0;
        for (int t = 0; t < tiles; t++) {
            int gAt = g + t * gTile;
            for (int i = 0; i < oh; i++) {
                int xAt = x + t * xTile + i * xRow;
                for (int j = 0; j < ow; j++) {
                    FloatVector v0 = FloatVector.fromArray(S, m, xAt);
                    FloatVector v1 = FloatVector.fromArray(S, m, xAt + LANES);
                    FloatVector v2 = FloatVector.fromArray(S, m, xAt + 2 * LANES);
                    FloatVector h = FloatVector.fromArray(S, m, gAt);
                    a0 = v0.fma(h, a0);
                    a1 = v1.fma(h, a1);
                    a2 = v2.fma(h, a2);
                    h = FloatVector.fromArray(S, m, gAt + gPlane);
                    b0 = v0.fma(h, b0);
                    b1 = v1.fma(h, b1);
                    b2 = v2.fma(h, b2);
                    h = FloatVector.fromArray(S, m, gAt + 2 * gPlane);
                    c0 = v0.fma(h, c0);
                    c1 = v1.fma(h, c1);
                    c2 = v2.fma(h, c2);
                    h = FloatVector.fromArray(S, m, gAt + 3 * gPlane);
                    d0 = v0.fma(h, d0);
                    d1 = v1.fma(h, d1);
                    d2 = v2.fma(h, d2);
                    xAt += LANES;
                    gAt += LANES;
                }
            }
        }
        store3(m, a0, a1, a2, y);
        store3(m, b0, b1, b2, y + 3 * LANES);
        store3(m, c0, c1, c2, y + 6 * LANES);
        store3(m, d0, d1, d2, y + 9 * LANES);
    }

    private static void store3(float[] m, FloatVector v0, FloatVector v1, FloatVector v2, int y) {
        v0.intoArray(m, y);
        v1.intoArray(m, y + LANES);
        v2.intoArray(m, y + 2 * LANES);
    }

    private static void block1x3(
            float[] m, int x, int xTile, int xRow, int g, int gTile, int oh, int ow, int tiles, int y) {
        FloatVector a0 = FloatVector.zero(S);
        FloatVector a1 = a0;
        FloatVector a2 = a0;
        for (int t = 0; t < tiles; t++) {
            int gAt = g + t * gTile;
            for (int i = 0; i < oh; i++) {
                int xAt = x + t * xTile + i * xRow;
                for (int j = 0; j < ow; j++) {
                    FloatVector h = FloatVector.fromArray(S, m, gAt);
                    a0 = FloatVector.fromArray(S, m, xAt).fma(h, a0);
                    a1 = FloatVector.fromArray(S, m, xAt + LANES).fma(h, a1);
                    a2 = FloatVector.fromArray(S, m, xAt + 2 * LANES).fma(h, a2);
                    xAt += LANES;
                    gAt += LANES;
                }
            }
        }
        store3(m, a0, a1, a2, y);
    }

    private static void block1x1(
            float[] m, int x, int xTile, int xRow, int g, int gTile, int oh, int ow, int tiles, int y) {
        FloatVector a = FloatVector.zero(S);
        for (int t = 0; t < tiles; t++) {
            int gAt = g + t * gTile;
            for (int i = 0; i < oh; i++) {
                int xAt = x + t * xTile + i * xRow;
                for (int j = 0; j < ow; j++) {
                    a = FloatVector.fromArray(S, m, xAt).fma(FloatVector.fromArray(S, m, gAt), a);
                    xAt += LANES;
                    gAt += LANES;
                }
            }
        }
        a.intoArray(m, y);
    }
}
