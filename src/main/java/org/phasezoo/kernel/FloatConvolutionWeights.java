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
    private static final int BAND_PIXELS = 128;

    private FloatConvolutionWeights() {}

    /// Adds the chunk's gradient into `[out][in][kh][kw]` at `y`. Rows of pixels are taken in bands that stay in the
    /// first-level cache; between bands the lanes' chains wait in `lanes`, 16 elements for each weight.
    public static void accumulate(
            float[] m, int x, int in, int ph, int pw, int stride, int g, int out, int oh, int ow, int kh, int kw, int tiles, int lanes, int y) {
        int weights = out * in * kh * kw;
        int xTile = in * ph * pw * LANES;
        int xWide = LANES;
        if (kh * kw == 1) {
            // Neighbouring weights are neighbouring inputs: let them take the place of the columns of a kernel.
            xWide = ph * pw * LANES;
            kw = in;
            in = 1;
        }
        java.util.Arrays.fill(m, lanes, lanes + weights * LANES, 0);
        int rows = tiles * oh;
        int band = Math.max(1, BAND_PIXELS / ow);
        for (int from = 0; from < rows; from += band) {
            int to = Math.min(rows, from + band);
            for (int o = 0; o < out; ) {
                int high = out - o >= 4 ? 4 : 1;
                for (int i = 0; i < in; i++) {
                    for (int ky = 0; ky < kh; ky++) {
                        for (int kx = 0; kx < kw; ) {
                            int wide = kw - kx >= WIDE ? WIDE : 1;
                            int to0 = lanes + (((o * in + i) * kh + ky) * kw + kx) * LANES;
                            for (int p = 0; p < LANES; p += VL) {
                                block(m, x + (i * ph + ky) * pw * LANES + kx * xWide + p, xTile, pw * stride * LANES, stride * LANES, xWide, g + o * oh * ow * LANES + p, out * oh * ow * LANES, oh, ow, from, to, high, wide, to0 + p, in * kh * kw * LANES);
                            }
                            kx += wide;
                        }
                    }
                }
                o += high;
            }
        }
        for (int i = 0; i < weights; i++) {
            m[y + i] += FloatFold.tree(m, lanes + i * LANES);
        }
    }

    private static void block(
            float[] m, int x, int xTile, int xRow, int xStep, int xWide, int g, int gTile, int oh, int ow, int from, int to, int high, int wide, int y, int ys) {
        int gPlane = oh * ow * LANES;
        if (high == 4 && wide == WIDE) {
            block4x3(m, x, xTile, xRow, xStep, xWide, g, gTile, gPlane, oh, ow, from, to, y, ys);
        } else if (wide == WIDE) {
            block1x3(m, x, xTile, xRow, xStep, xWide, g, gTile, oh, ow, from, to, y);
        } else {
            for (int r = 0; r < high; r++) {
                block1x1(m, x, xTile, xRow, xStep, g + r * gPlane, gTile, oh, ow, from, to, y + r * ys);
            }
        }
    }

    private static void block4x3(
            float[] m, int x, int xTile, int xRow, int xStep, int xWide, int g, int gTile, int gPlane, int oh, int ow, int from, int to, int y, int ys) {
        FloatVector a0 = FloatVector.fromArray(S, m, y);
        FloatVector a1 = FloatVector.fromArray(S, m, y + LANES);
        FloatVector a2 = FloatVector.fromArray(S, m, y + 2 * LANES);
        FloatVector b0 = FloatVector.fromArray(S, m, y + ys);
        FloatVector b1 = FloatVector.fromArray(S, m, y + ys + LANES);
        FloatVector b2 = FloatVector.fromArray(S, m, y + ys + 2 * LANES);
        FloatVector c0 = FloatVector.fromArray(S, m, y + 2 * ys);
        FloatVector c1 = FloatVector.fromArray(S, m, y + 2 * ys + LANES);
        FloatVector c2 = FloatVector.fromArray(S, m, y + 2 * ys + 2 * LANES);
        FloatVector d0 = FloatVector.fromArray(S, m, y + 3 * ys);
        FloatVector d1 = FloatVector.fromArray(S, m, y + 3 * ys + LANES);
        FloatVector d2 = FloatVector.fromArray(S, m, y + 3 * ys + 2 * LANES);
        for (int row = from; row < to; row++) {
            int xAt = x + row / oh * xTile + row % oh * xRow;
            int gAt = g + row / oh * gTile + row % oh * ow * LANES;
            for (int j = 0; j < ow; j++) {
                FloatVector v0 = FloatVector.fromArray(S, m, xAt);
                FloatVector v1 = FloatVector.fromArray(S, m, xAt + xWide);
                FloatVector v2 = FloatVector.fromArray(S, m, xAt + 2 * xWide);
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
                xAt += xStep;
                gAt += LANES;
            }
        }
        a0.intoArray(m, y);
        a1.intoArray(m, y + LANES);
        a2.intoArray(m, y + 2 * LANES);
        b0.intoArray(m, y + ys);
        b1.intoArray(m, y + ys + LANES);
        b2.intoArray(m, y + ys + 2 * LANES);
        c0.intoArray(m, y + 2 * ys);
        c1.intoArray(m, y + 2 * ys + LANES);
        c2.intoArray(m, y + 2 * ys + 2 * LANES);
        d0.intoArray(m, y + 3 * ys);
        d1.intoArray(m, y + 3 * ys + LANES);
        d2.intoArray(m, y + 3 * ys + 2 * LANES);
    }

    private static void block1x3(
            float[] m, int x, int xTile, int xRow, int xStep, int xWide, int g, int gTile, int oh, int ow, int from, int to, int y) {
        FloatVector a0 = FloatVector.fromArray(S, m, y);
        FloatVector a1 = FloatVector.fromArray(S, m, y + LANES);
        FloatVector a2 = FloatVector.fromArray(S, m, y + 2 * LANES);
        for (int row = from; row < to; row++) {
            int xAt = x + row / oh * xTile + row % oh * xRow;
            int gAt = g + row / oh * gTile + row % oh * ow * LANES;
            for (int j = 0; j < ow; j++) {
                FloatVector v0 = FloatVector.fromArray(S, m, xAt);
                FloatVector v1 = FloatVector.fromArray(S, m, xAt + xWide);
                FloatVector v2 = FloatVector.fromArray(S, m, xAt + 2 * xWide);
                FloatVector h = FloatVector.fromArray(S, m, gAt);
                a0 = v0.fma(h, a0);
                a1 = v1.fma(h, a1);
                a2 = v2.fma(h, a2);
                xAt += xStep;
                gAt += LANES;
            }
        }
        a0.intoArray(m, y);
        a1.intoArray(m, y + LANES);
        a2.intoArray(m, y + 2 * LANES);
    }

    private static void block1x1(
            float[] m, int x, int xTile, int xRow, int xStep, int g, int gTile, int oh, int ow, int from, int to, int y) {
        FloatVector a0 = FloatVector.fromArray(S, m, y);
        for (int row = from; row < to; row++) {
            int xAt = x + row / oh * xTile + row % oh * xRow;
            int gAt = g + row / oh * gTile + row % oh * ow * LANES;
            for (int j = 0; j < ow; j++) {
                FloatVector v0 = FloatVector.fromArray(S, m, xAt);
                FloatVector h = FloatVector.fromArray(S, m, gAt);
                a0 = v0.fma(h, a0);
                xAt += xStep;
                gAt += LANES;
            }
        }
        a0.intoArray(m, y);
    }
}
