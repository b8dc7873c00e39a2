package org.phasezoo.kernel;

import static org.phasezoo.kernel.Lanes.HOLDS_16_SUMS;
import static org.phasezoo.kernel.Lanes.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Weight gradients of convolutions over a chunk of at most 64 samples: inputs with their border,
/// output adjoints `[tile][out][pixel][16]`; absent samples are zero lanes of both.
///
/// *Order*: lane = sample mod 16, each lane a chain of fused multiply-adds over (tile, pixel) from
/// +0; lanes are folded by the tree; the chunk's result is added to what stands in the gradient.
public final class FloatConvolutionWeights {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int VL = S.length();

    /// Pixels of a band: its rows of 4 + 4 images stay in the first-level cache.
    private static final int BAND = 96;

    private FloatConvolutionWeights() {}

    /// How many tiles of that many pixels are taken together.
    public static int together(int pixels) {
        return Math.clamp(BAND / pixels, 1, Lanes.CHUNK_TILES);
    }

    /// Adds tiles of a chunk into `lanes`, 16 elements for each weight `[out][tap]`. Pixel p of tap
    /// k meets the input's element at `x + windows[p] + taps[k]`, tiles are `xTile` apart. Pixels
    /// are taken in bands; between bands the lanes' chains wait in `lanes`.
    public static void accumulate(
            float[] m,
            int x,
            int xTile,
            int[] taps,
            int[] windows,
            int g,
            int out,
            int tiles,
            int lanes) {
        int n = windows.length;
        for (int from = 0; from < n; from += BAND) {
            int to = Math.min(n, from + BAND);
            band(m, x, xTile, taps, windows, from, to, g, out * n * LANES, out, tiles, lanes);
        }
    }

    /// Folds the lanes of a chunk and adds each weight's sum to the gradient at `y`.
    public static void fold(float[] m, int lanes, int weights, int y) {
        for (int i = 0; i < weights; i++) {
            m[y + i] += FloatFold.tree(m, lanes + i * LANES);
        }
    }

    /// The pixels from `from` to `to` of `tiles` tiles, for all weights.
    private static void band(
            float[] m,
            int x,
            int xTile,
            int[] taps,
            int[] windows,
            int from,
            int to,
            int g,
            int gTile,
            int out,
            int tiles,
            int lanes) {
        int plane = windows.length * LANES;
        int row = taps.length * LANES;
        for (int o = 0; o < out; ) {
            int high = out - o >= 4 ? 4 : 1;
            for (int k = 0; k < taps.length; ) {
                int wide = taps.length - k >= 4 ? 4 : 1;
                for (int p = 0; p < LANES; p += VL) {
                    int at = lanes + o * row + k * LANES + p;
                    int xAt = x + p;
                    int gAt = g + o * plane + p;
                    if (high == 4 && wide == 4 && HOLDS_16_SUMS) {
                        block4x4(m, xAt, xTile, taps, k, windows, from, to, gAt, gTile, tiles, at);
                    } else if (high == 4 && wide == 4) {
                        for (int i = 0; i < 4; i += 2) {
                            int y = at + i * LANES;
                            block4x2(
                                    m, xAt, xTile, taps, k + i, windows, from, to, gAt, gTile,
                                    tiles, y);
                        }
                    } else if (high == 4) {
                        block4x1(m, xAt, xTile, taps, k, windows, from, to, gAt, gTile, tiles, at);
                    } else if (wide == 4) {
                        block1x4(m, xAt, xTile, taps, k, windows, from, to, gAt, gTile, tiles, at);
                    } else {
                        block1x1(m, xAt + taps[k], xTile, windows, from, to, gAt, gTile, tiles, at);
                    }
                }
                k += wide;
            }
            o += high;
        }
    }

    private static void block4x4(
            float[] m,
            int x,
            int xTile,
            int[] taps,
            int k,
            int[] windows,
            int from,
            int to,
            int g,
            int gTile,
            int tiles,
            int y) {
        int ys = taps.length * LANES;
        int plane = windows.length * LANES;
        int k1 = taps[k + 1] - taps[k];
        int k2 = taps[k + 2] - taps[k];
        int k3 = taps[k + 3] - taps[k];
        FloatVector a0 = FloatVector.fromArray(S, m, y);
        FloatVector a1 = FloatVector.fromArray(S, m, y + LANES);
        FloatVector a2 = FloatVector.fromArray(S, m, y + 2 * LANES);
        FloatVector a3 = FloatVector.fromArray(S, m, y + 3 * LANES);
        FloatVector b0 = FloatVector.fromArray(S, m, y + ys);
        FloatVector b1 = FloatVector.fromArray(S, m, y + ys + LANES);
        FloatVector b2 = FloatVector.fromArray(S, m, y + ys + 2 * LANES);
        FloatVector b3 = FloatVector.fromArray(S, m, y + ys + 3 * LANES);
        FloatVector c0 = FloatVector.fromArray(S, m, y + 2 * ys);
        FloatVector c1 = FloatVector.fromArray(S, m, y + 2 * ys + LANES);
        FloatVector c2 = FloatVector.fromArray(S, m, y + 2 * ys + 2 * LANES);
        FloatVector c3 = FloatVector.fromArray(S, m, y + 2 * ys + 3 * LANES);
        FloatVector d0 = FloatVector.fromArray(S, m, y + 3 * ys);
        FloatVector d1 = FloatVector.fromArray(S, m, y + 3 * ys + LANES);
        FloatVector d2 = FloatVector.fromArray(S, m, y + 3 * ys + 2 * LANES);
        FloatVector d3 = FloatVector.fromArray(S, m, y + 3 * ys + 3 * LANES);
        for (int t = 0; t < tiles; t++) {
            int xAt = x + t * xTile + taps[k];
            int gAt = g + t * gTile;
            for (int p = from; p < to; p++) {
                int at = xAt + windows[p];
                FloatVector v0 = FloatVector.fromArray(S, m, at);
                FloatVector v1 = FloatVector.fromArray(S, m, at + k1);
                FloatVector v2 = FloatVector.fromArray(S, m, at + k2);
                FloatVector v3 = FloatVector.fromArray(S, m, at + k3);
                at = gAt + p * LANES;
                FloatVector h = FloatVector.fromArray(S, m, at);
                a0 = v0.fma(h, a0);
                a1 = v1.fma(h, a1);
                a2 = v2.fma(h, a2);
                a3 = v3.fma(h, a3);
                h = FloatVector.fromArray(S, m, at + plane);
                b0 = v0.fma(h, b0);
                b1 = v1.fma(h, b1);
                b2 = v2.fma(h, b2);
                b3 = v3.fma(h, b3);
                h = FloatVector.fromArray(S, m, at + 2 * plane);
                c0 = v0.fma(h, c0);
                c1 = v1.fma(h, c1);
                c2 = v2.fma(h, c2);
                c3 = v3.fma(h, c3);
                h = FloatVector.fromArray(S, m, at + 3 * plane);
                d0 = v0.fma(h, d0);
                d1 = v1.fma(h, d1);
                d2 = v2.fma(h, d2);
                d3 = v3.fma(h, d3);
            }
        }
        a0.intoArray(m, y);
        a1.intoArray(m, y + LANES);
        a2.intoArray(m, y + 2 * LANES);
        a3.intoArray(m, y + 3 * LANES);
        b0.intoArray(m, y + ys);
        b1.intoArray(m, y + ys + LANES);
        b2.intoArray(m, y + ys + 2 * LANES);
        b3.intoArray(m, y + ys + 3 * LANES);
        c0.intoArray(m, y + 2 * ys);
        c1.intoArray(m, y + 2 * ys + LANES);
        c2.intoArray(m, y + 2 * ys + 2 * LANES);
        c3.intoArray(m, y + 2 * ys + 3 * LANES);
        d0.intoArray(m, y + 3 * ys);
        d1.intoArray(m, y + 3 * ys + LANES);
        d2.intoArray(m, y + 3 * ys + 2 * LANES);
        d3.intoArray(m, y + 3 * ys + 3 * LANES);
    }

    private static void block4x2(
            float[] m,
            int x,
            int xTile,
            int[] taps,
            int k,
            int[] windows,
            int from,
            int to,
            int g,
            int gTile,
            int tiles,
            int y) {
        int ys = taps.length * LANES;
        int plane = windows.length * LANES;
        int k1 = taps[k + 1] - taps[k];
        FloatVector a0 = FloatVector.fromArray(S, m, y);
        FloatVector a1 = FloatVector.fromArray(S, m, y + LANES);
        FloatVector b0 = FloatVector.fromArray(S, m, y + ys);
        FloatVector b1 = FloatVector.fromArray(S, m, y + ys + LANES);
        FloatVector c0 = FloatVector.fromArray(S, m, y + 2 * ys);
        FloatVector c1 = FloatVector.fromArray(S, m, y + 2 * ys + LANES);
        FloatVector d0 = FloatVector.fromArray(S, m, y + 3 * ys);
        FloatVector d1 = FloatVector.fromArray(S, m, y + 3 * ys + LANES);
        for (int t = 0; t < tiles; t++) {
            int xAt = x + t * xTile + taps[k];
            int gAt = g + t * gTile;
            for (int p = from; p < to; p++) {
                int at = xAt + windows[p];
                FloatVector v0 = FloatVector.fromArray(S, m, at);
                FloatVector v1 = FloatVector.fromArray(S, m, at + k1);
                at = gAt + p * LANES;
                FloatVector h = FloatVector.fromArray(S, m, at);
                a0 = v0.fma(h, a0);
                a1 = v1.fma(h, a1);
                h = FloatVector.fromArray(S, m, at + plane);
                b0 = v0.fma(h, b0);
                b1 = v1.fma(h, b1);
                h = FloatVector.fromArray(S, m, at + 2 * plane);
                c0 = v0.fma(h, c0);
                c1 = v1.fma(h, c1);
                h = FloatVector.fromArray(S, m, at + 3 * plane);
                d0 = v0.fma(h, d0);
                d1 = v1.fma(h, d1);
            }
        }
        a0.intoArray(m, y);
        a1.intoArray(m, y + LANES);
        b0.intoArray(m, y + ys);
        b1.intoArray(m, y + ys + LANES);
        c0.intoArray(m, y + 2 * ys);
        c1.intoArray(m, y + 2 * ys + LANES);
        d0.intoArray(m, y + 3 * ys);
        d1.intoArray(m, y + 3 * ys + LANES);
    }

    private static void block4x1(
            float[] m,
            int x,
            int xTile,
            int[] taps,
            int k,
            int[] windows,
            int from,
            int to,
            int g,
            int gTile,
            int tiles,
            int y) {
        int ys = taps.length * LANES;
        int plane = windows.length * LANES;
        FloatVector a = FloatVector.fromArray(S, m, y);
        FloatVector b = FloatVector.fromArray(S, m, y + ys);
        FloatVector c = FloatVector.fromArray(S, m, y + 2 * ys);
        FloatVector d = FloatVector.fromArray(S, m, y + 3 * ys);
        for (int t = 0; t < tiles; t++) {
            int xAt = x + t * xTile + taps[k];
            int gAt = g + t * gTile;
            for (int p = from; p < to; p++) {
                FloatVector v = FloatVector.fromArray(S, m, xAt + windows[p]);
                int at = gAt + p * LANES;
                a = v.fma(FloatVector.fromArray(S, m, at), a);
                b = v.fma(FloatVector.fromArray(S, m, at + plane), b);
                c = v.fma(FloatVector.fromArray(S, m, at + 2 * plane), c);
                d = v.fma(FloatVector.fromArray(S, m, at + 3 * plane), d);
            }
        }
        a.intoArray(m, y);
        b.intoArray(m, y + ys);
        c.intoArray(m, y + 2 * ys);
        d.intoArray(m, y + 3 * ys);
    }

    private static void block1x4(
            float[] m,
            int x,
            int xTile,
            int[] taps,
            int k,
            int[] windows,
            int from,
            int to,
            int g,
            int gTile,
            int tiles,
            int y) {
        int k1 = taps[k + 1] - taps[k];
        int k2 = taps[k + 2] - taps[k];
        int k3 = taps[k + 3] - taps[k];
        FloatVector a = FloatVector.fromArray(S, m, y);
        FloatVector b = FloatVector.fromArray(S, m, y + LANES);
        FloatVector c = FloatVector.fromArray(S, m, y + 2 * LANES);
        FloatVector d = FloatVector.fromArray(S, m, y + 3 * LANES);
        for (int t = 0; t < tiles; t++) {
            int xAt = x + t * xTile + taps[k];
            int gAt = g + t * gTile;
            for (int p = from; p < to; p++) {
                int at = xAt + windows[p];
                FloatVector h = FloatVector.fromArray(S, m, gAt + p * LANES);
                a = FloatVector.fromArray(S, m, at).fma(h, a);
                b = FloatVector.fromArray(S, m, at + k1).fma(h, b);
                c = FloatVector.fromArray(S, m, at + k2).fma(h, c);
                d = FloatVector.fromArray(S, m, at + k3).fma(h, d);
            }
        }
        a.intoArray(m, y);
        b.intoArray(m, y + LANES);
        c.intoArray(m, y + 2 * LANES);
        d.intoArray(m, y + 3 * LANES);
    }

    private static void block1x1(
            float[] m,
            int x,
            int xTile,
            int[] windows,
            int from,
            int to,
            int g,
            int gTile,
            int tiles,
            int y) {
        FloatVector a = FloatVector.fromArray(S, m, y);
        for (int t = 0; t < tiles; t++) {
            int xAt = x + t * xTile;
            int gAt = g + t * gTile;
            for (int p = from; p < to; p++) {
                FloatVector h = FloatVector.fromArray(S, m, gAt + p * LANES);
                a = FloatVector.fromArray(S, m, xAt + windows[p]).fma(h, a);
            }
        }
        a.intoArray(m, y);
    }
}
