package org.phasezoo.kernel;

import static org.phasezoo.kernel.Lanes.HOLDS_16_SUMS;
import static org.phasezoo.kernel.Lanes.LANES;
import static org.phasezoo.kernel.Lanes.PLACE;

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

    /// Pixels of a band: what 4 + 4 images, or 4 + 2, have of it stays in the first-level cache.
    private static final int BAND = HOLDS_16_SUMS ? 96 : 64;

    /// The output adjoints of a band for four channels, `[pixel][4][16]` or `[4][pixel][16]`.
    private static final int PANEL = BAND * 4 * LANES;

    /// Of a first-level cache: where taps are a multiple of so many pixels apart they meet in few
    /// sets, and adjoints would, too.
    private static final int SETS = 64;

    private FloatConvolutionWeights() {}

    /// How many tiles of that many pixels are taken together.
    public static int together(int pixels) {
        return Math.clamp(BAND / pixels, 1, Lanes.CHUNK_TILES);
    }

    /// Elements of scratch for that many weights.
    public static int scratch(int weights) {
        return LANES + PANEL + weights * LANES;
    }

    /// Takes `tiles` tiles of a chunk, its first ones or those after, into the lanes' chains of
    /// each weight `[out][tap]`, which wait in `scratch`; with the last ones the chunk's results
    /// are added to the gradient at y. Pixel p of the tiles, which have `pixels` each, meets
    /// through tap k the input's element at `x + windows[p] + taps[k]`. Pixels are taken in bands.
    public static void accumulate(
            float[] m,
            int x,
            int[] taps,
            int[] windows,
            int pixels,
            int g,
            int out,
            int tiles,
            boolean first,
            boolean last,
            int scratch,
            int y) {
        int n = tiles * pixels;
        int row = taps.length * LANES;
        int panel = scratch + LANES;
        int lanes = panel + PANEL;
        FloatElementwise.fill(m, 0, scratch, LANES);
        boolean inFewSets = (taps[taps.length - 1] - taps[0]) / LANES % SETS == 0;
        boolean atOnce = first && last && n <= BAND;
        for (int from = 0; from < n; from += BAND) {
            int to = Math.min(n, from + BAND);
            for (int o = 0; o < out; ) {
                int high = out - o >= 4 ? 4 : 1;
                int at = atOnce ? lanes : lanes + o * row;
                int start = first && from == 0 ? scratch : at;
                int h = g + o * pixels * LANES;
                if (high < 4 || !HOLDS_16_SUMS) {
                    panel(m, h, pixels, out, high, from, to, panel, LANES, high * LANES);
                    channels(m, x, taps, windows, from, to, panel, high, start, at);
                } else if (tiles > 1 || inFewSets) {
                    panel(m, h, pixels, out, high, from, to, panel, BAND * LANES, LANES);
                    threes(m, x, taps, windows, from, to, panel, BAND, start, at);
                } else {
                    h += from * LANES;
                    threes(m, x, taps, windows, from, to, h, pixels, start, at);
                }
                if (atOnce) {
                    FloatFold.add(m, at, high * taps.length, y + o * taps.length);
                }
                o += high;
            }
        }
        if (last && !atOnce) {
            FloatFold.add(m, lanes, out * taps.length, y);
        }
    }

    /// Brings pixels `from` to `to` of one channel or four, g the first of the first, to y:
    /// channels `beside` elements apart, pixels `step`.
    private static void panel(
            float[] m,
            int g,
            int pixels,
            int out,
            int high,
            int from,
            int to,
            int y,
            int beside,
            int step) {
        for (int p = from; p < to; ) {
            int tile = p / pixels;
            int at = g + (tile * out * pixels + p % pixels) * LANES;
            for (int end = Math.min(to, (tile + 1) * pixels); p < end; p++) {
                for (int o = 0; o < high; o++) {
                    copy(m, at + o * pixels * LANES, y + o * beside);
                }
                at += LANES;
                y += step;
            }
        }
    }

    private static void copy(float[] m, int x, int y) {
        for (int i = 0; i < LANES; i += VL) {
            FloatVector.fromArray(S, m, x + i).intoArray(m, y + i);
        }
    }

    /// The weights of one channel or four, from the chains at `start`: their lanes, or a row of
    /// zeros for all.
    private static void channels(
            float[] m,
            int x,
            int[] taps,
            int[] windows,
            int from,
            int to,
            int panel,
            int high,
            int start,
            int lanes) {
        int apart = start == lanes ? LANES : 0;
        for (int k = 0; k < taps.length; ) {
            int wide = wide(high, taps.length - k);
            for (int p = 0; p < LANES; p += VL) {
                int v = x + p;
                int g = panel + p;
                int begin = start + k * apart + p;
                int y = lanes + k * LANES + p;
                if (high == 4 && wide == 2) {
                    block4x2(m, v, taps, k, windows, from, to, g, begin, apart, y);
                } else if (high == 4) {
                    block4x1(
                            m, v, taps, k, windows, from, to, g, LANES, 4 * LANES, begin, apart, y);
                } else if (wide == 4) {
                    block1x4(m, v, taps, k, windows, from, to, g, begin, apart, y);
                } else {
                    block1x1(m, v, taps, k, windows, from, to, g, begin, y);
                }
            }
            k += wide;
        }
    }

    /// How many of the taps left are taken together.
    private static int wide(int high, int left) {
        int most = high == 4 ? 2 : 4;
        return left >= most ? most : 1;
    }

    /// The weights of four channels where three taps of each find registers. Adjoints of channels
    /// stand `pixels` pixels apart, from the band's first at g.
    private static void threes(
            float[] m,
            int x,
            int[] taps,
            int[] windows,
            int from,
            int to,
            int g,
            int pixels,
            int start,
            int lanes) {
        int apart = start == lanes ? LANES : 0;
        int plane = pixels * LANES;
        for (int p = 0; p < LANES; p += VL) {
            int v = x + p;
            int h = g + p;
            int k = 0;
            for (; k + 3 <= taps.length; k += 3) {
                int begin = start + k * apart + p;
                int y = lanes + k * LANES + p;
                block4x3(m, v, taps, k, windows, from, to, h, plane, begin, apart, y);
            }
            for (; k < taps.length; k++) {
                int begin = start + k * apart + p;
                int y = lanes + k * LANES + p;
                block4x1(m, v, taps, k, windows, from, to, h, plane, LANES, begin, apart, y);
            }
        }
    }

    private static void block4x3(
            float[] m,
            int x,
            int[] taps,
            int k,
            int[] windows,
            int from,
            int to,
            int g,
            int plane,
            int start,
            int apart,
            int y) {
        int rows = taps.length * apart;
        FloatVector a0 = FloatVector.fromArray(S, m, start);
        FloatVector a1 = FloatVector.fromArray(S, m, start + apart);
        FloatVector a2 = FloatVector.fromArray(S, m, start + 2 * apart);
        FloatVector b0 = FloatVector.fromArray(S, m, start + rows);
        FloatVector b1 = FloatVector.fromArray(S, m, start + rows + apart);
        FloatVector b2 = FloatVector.fromArray(S, m, start + rows + 2 * apart);
        FloatVector c0 = FloatVector.fromArray(S, m, start + 2 * rows);
        FloatVector c1 = FloatVector.fromArray(S, m, start + 2 * rows + apart);
        FloatVector c2 = FloatVector.fromArray(S, m, start + 2 * rows + 2 * apart);
        FloatVector d0 = FloatVector.fromArray(S, m, start + 3 * rows);
        FloatVector d1 = FloatVector.fromArray(S, m, start + 3 * rows + apart);
        FloatVector d2 = FloatVector.fromArray(S, m, start + 3 * rows + 2 * apart);
        int x0 = x + taps[k];
        int x1 = x + taps[k + 1];
        int x2 = x + taps[k + 2];
        for (int p = from; p < to; p++) {
            int i = windows[p];
            FloatVector v0 = FloatVector.fromArray(S, m, (x0 + i) & PLACE);
            FloatVector v1 = FloatVector.fromArray(S, m, (x1 + i) & PLACE);
            FloatVector v2 = FloatVector.fromArray(S, m, (x2 + i) & PLACE);
            int at = (g + (p - from) * LANES) & PLACE;
            FloatVector h = FloatVector.fromArray(S, m, at);
            a0 = v0.fma(h, a0);
            a1 = v1.fma(h, a1);
            a2 = v2.fma(h, a2);
            h = FloatVector.fromArray(S, m, at + plane);
            b0 = v0.fma(h, b0);
            b1 = v1.fma(h, b1);
            b2 = v2.fma(h, b2);
            h = FloatVector.fromArray(S, m, at + 2 * plane);
            c0 = v0.fma(h, c0);
            c1 = v1.fma(h, c1);
            c2 = v2.fma(h, c2);
            h = FloatVector.fromArray(S, m, at + 3 * plane);
            d0 = v0.fma(h, d0);
            d1 = v1.fma(h, d1);
            d2 = v2.fma(h, d2);
        }
        a0.intoArray(m, y);
        a1.intoArray(m, y + LANES);
        a2.intoArray(m, y + 2 * LANES);
        y += taps.length * LANES;
        b0.intoArray(m, y);
        b1.intoArray(m, y + LANES);
        b2.intoArray(m, y + 2 * LANES);
        y += taps.length * LANES;
        c0.intoArray(m, y);
        c1.intoArray(m, y + LANES);
        c2.intoArray(m, y + 2 * LANES);
        y += taps.length * LANES;
        d0.intoArray(m, y);
        d1.intoArray(m, y + LANES);
        d2.intoArray(m, y + 2 * LANES);
    }

    private static void block4x2(
            float[] m,
            int x,
            int[] taps,
            int k,
            int[] windows,
            int from,
            int to,
            int panel,
            int start,
            int apart,
            int y) {
        int rows = taps.length * apart;
        FloatVector a0 = FloatVector.fromArray(S, m, start);
        FloatVector a1 = FloatVector.fromArray(S, m, start + apart);
        FloatVector b0 = FloatVector.fromArray(S, m, start + rows);
        FloatVector b1 = FloatVector.fromArray(S, m, start + rows + apart);
        FloatVector c0 = FloatVector.fromArray(S, m, start + 2 * rows);
        FloatVector c1 = FloatVector.fromArray(S, m, start + 2 * rows + apart);
        FloatVector d0 = FloatVector.fromArray(S, m, start + 3 * rows);
        FloatVector d1 = FloatVector.fromArray(S, m, start + 3 * rows + apart);
        int x0 = x + taps[k];
        int x1 = x + taps[k + 1];
        for (int p = from; p < to; p++) {
            int i = windows[p];
            FloatVector v0 = FloatVector.fromArray(S, m, (x0 + i) & PLACE);
            FloatVector v1 = FloatVector.fromArray(S, m, (x1 + i) & PLACE);
            int at = (panel + (p - from) * 4 * LANES) & PLACE;
            FloatVector h = FloatVector.fromArray(S, m, at);
            a0 = v0.fma(h, a0);
            a1 = v1.fma(h, a1);
            h = FloatVector.fromArray(S, m, at + LANES);
            b0 = v0.fma(h, b0);
            b1 = v1.fma(h, b1);
            Lanes.endRound();
            h = FloatVector.fromArray(S, m, at + 2 * LANES);
            c0 = v0.fma(h, c0);
            c1 = v1.fma(h, c1);
            h = FloatVector.fromArray(S, m, at + 3 * LANES);
            d0 = v0.fma(h, d0);
            d1 = v1.fma(h, d1);
            Lanes.endRound();
        }
        a0.intoArray(m, y);
        a1.intoArray(m, y + LANES);
        y += taps.length * LANES;
        b0.intoArray(m, y);
        b1.intoArray(m, y + LANES);
        y += taps.length * LANES;
        c0.intoArray(m, y);
        c1.intoArray(m, y + LANES);
        y += taps.length * LANES;
        d0.intoArray(m, y);
        d1.intoArray(m, y + LANES);
    }

    private static void block4x1(
            float[] m,
            int x,
            int[] taps,
            int k,
            int[] windows,
            int from,
            int to,
            int g,
            int beside,
            int step,
            int start,
            int apart,
            int y) {
        int rows = taps.length * apart;
        FloatVector a = FloatVector.fromArray(S, m, start);
        FloatVector b = FloatVector.fromArray(S, m, start + rows);
        FloatVector c = FloatVector.fromArray(S, m, start + 2 * rows);
        FloatVector d = FloatVector.fromArray(S, m, start + 3 * rows);
        int first = x + taps[k];
        int at = g;
        for (int p = from; p < to; p++) {
            FloatVector v = FloatVector.fromArray(S, m, first + windows[p]);
            a = v.fma(FloatVector.fromArray(S, m, at), a);
            b = v.fma(FloatVector.fromArray(S, m, at + beside), b);
            c = v.fma(FloatVector.fromArray(S, m, at + 2 * beside), c);
            d = v.fma(FloatVector.fromArray(S, m, at + 3 * beside), d);
            at += step;
        }
        a.intoArray(m, y);
        y += taps.length * LANES;
        b.intoArray(m, y);
        y += taps.length * LANES;
        c.intoArray(m, y);
        y += taps.length * LANES;
        d.intoArray(m, y);
    }

    private static void block1x4(
            float[] m,
            int x,
            int[] taps,
            int k,
            int[] windows,
            int from,
            int to,
            int panel,
            int start,
            int apart,
            int y) {
        int k1 = taps[k + 1] - taps[k];
        int k2 = taps[k + 2] - taps[k];
        int k3 = taps[k + 3] - taps[k];
        FloatVector a0 = FloatVector.fromArray(S, m, start);
        FloatVector a1 = FloatVector.fromArray(S, m, start + apart);
        FloatVector a2 = FloatVector.fromArray(S, m, start + 2 * apart);
        FloatVector a3 = FloatVector.fromArray(S, m, start + 3 * apart);
        int first = x + taps[k];
        int end = panel + (to - from) * LANES;
        for (int at = panel, p = from; at < end; at += LANES) {
            int v = first + windows[p++];
            FloatVector h = FloatVector.fromArray(S, m, at);
            a0 = FloatVector.fromArray(S, m, v).fma(h, a0);
            a1 = FloatVector.fromArray(S, m, v + k1).fma(h, a1);
            a2 = FloatVector.fromArray(S, m, v + k2).fma(h, a2);
            a3 = FloatVector.fromArray(S, m, v + k3).fma(h, a3);
        }
        a0.intoArray(m, y);
        a1.intoArray(m, y + LANES);
        a2.intoArray(m, y + 2 * LANES);
        a3.intoArray(m, y + 3 * LANES);
    }

    private static void block1x1(
            float[] m,
            int x,
            int[] taps,
            int k,
            int[] windows,
            int from,
            int to,
            int panel,
            int start,
            int y) {
        FloatVector a = FloatVector.fromArray(S, m, start);
        int first = x + taps[k];
        int end = panel + (to - from) * LANES;
        for (int at = panel, p = from; at < end; at += LANES) {
            int v = first + windows[p++];
            FloatVector v0 = FloatVector.fromArray(S, m, v);
            FloatVector h = FloatVector.fromArray(S, m, at);
            a = v0.fma(h, a);
        }
        a.intoArray(m, y);
    }
}
