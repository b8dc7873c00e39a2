package org.phasezoo.kernel;

import static org.phasezoo.kernel.Lanes.HOLDS_16_SUMS;
import static org.phasezoo.kernel.Lanes.LANES;
import static org.phasezoo.kernel.Lanes.PLACE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Convolutions of one tile of 16 samples, samples in the lanes: images are
/// `[channel][row][column][16]`, weights are `[out][tap]`. Which element a tap of a window meets is
/// a table, so a kernel of any size and stride is one loop. Inputs come with their border of zeros,
/// so taps outside are executed like any other.
///
/// *Order*: each output is one chain of fused multiply-adds over its taps, (in, ky, kx), from +0.
public final class FloatConvolution {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int VL = S.length();

    private FloatConvolution() {}

    /// The elements listed, one after the other.
    public static void collect(float[] m, int w, int[] from, int y) {
        for (int i = 0; i < from.length; i++) {
            m[y + i] = m[w + from[i]];
        }
    }

    /// The weights listed, `[out][tap]`, in the order in which [#tile] takes them: panels of 4
    /// channels `[tap][4]`, so that a tap's weights stand side by side, and what is left over
    /// channel by channel.
    public static int[] panels(int[] weights, int out) {
        int taps = weights.length / out;
        int[] panels = new int[weights.length];
        for (int i = 0; i < weights.length; i++) {
            int o = i / taps;
            int t = i % taps;
            int first = o / 4 * 4;
            panels[first + 4 <= out ? first * taps + t * 4 + o % 4 : i] = weights[i];
        }
        return panels;
    }

    /// One tile. Pixel p of channel o is the sum over taps k of the element at `x + windows[p] +
    /// taps[k]` times weight k of the channel, weights as [#panels] has them; it goes to element
    /// `pixels[p]` of plane o of the result, planes `ys` elements apart from y on. Where `column`
    /// lists a place for each tap, what a pixel meets may be brought there first.
    public static void tile(
            float[] m,
            int x,
            int[] taps,
            int[] windows,
            int w,
            int out,
            int y,
            int ys,
            int[] pixels,
            int[] column) {
        int most = windows.length >= 4 ? 4 : 1;
        int panels = out / 4 * 4;
        for (int next = 0; next < windows.length; ) {
            int left = windows.length - next;
            int wide = HOLDS_16_SUMS && left == 5 ? 5 : most;
            // The last block overlaps its neighbour: pixels computed twice come out the same.
            int q = Math.min(next, windows.length - wide);
            if (HOLDS_16_SUMS && wide >= 4) {
                for (int o = 0; o < panels; o += 4) {
                    int at = w + o * taps.length;
                    int to = y + o * ys;
                    for (int p = 0; p < LANES; p += VL) {
                        if (wide == 5) {
                            panel5(m, x + p, taps, windows, q, at, to + p, ys, pixels);
                        } else {
                            panel4(m, x + p, taps, windows, q, at, to + p, ys, pixels);
                        }
                    }
                }
            } else {
                boolean direct = column.length == 0;
                for (int i = q; i < q + wide; i++) {
                    int at = x + windows[i];
                    if (!direct) {
                        gather(m, at, taps, column);
                    }
                    for (int o = 0; o < panels; o += 4) {
                        panel(
                                m,
                                direct ? at : 0,
                                direct ? taps : column,
                                w + o * taps.length,
                                y + o * ys + pixels[i],
                                ys);
                    }
                }
            }
            for (int o = panels; o < out; o++) {
                int at = w + o * taps.length;
                int to = y + o * ys;
                for (int p = 0; p < LANES; p += VL) {
                    int i = q;
                    if (wide >= 4) {
                        channel4(m, x + p, taps, windows, q, at, to + p, pixels);
                        i += 4;
                    }
                    for (; i < q + wide; i++) {
                        channel(m, x + p + windows[i], taps, at, to + p + pixels[i]);
                    }
                }
            }
            next = q + wide;
        }
    }

    private static void gather(float[] m, int x, int[] taps, int[] column) {
        for (int t = 0; t < taps.length; t++) {
            int at = (x + taps[t]) & PLACE;
            int to = column[t] & PLACE;
            for (int p = 0; p < LANES; p += VL) {
                FloatVector.fromArray(S, m, at + p).intoArray(m, to + p);
            }
        }
    }

    /// A panel's channels of one pixel.
    private static void panel(float[] m, int x, int[] taps, int w, int y, int ys) {
        if (VL == LANES) {
            panelx1(m, x, taps, w, y, ys);
            return;
        }
        for (int p = 0; p < LANES; p += 2 * VL) {
            panelx2(m, x + p, taps, w, y + p, ys);
        }
    }

    /// A panel's channels of four pixels.
    private static void panel4(
            float[] m,
            int x,
            int[] taps,
            int[] windows,
            int q,
            int w,
            int y,
            int ys,
            int[] pixels) {
        int x0 = x + windows[q];
        int x1 = x + windows[q + 1];
        int x2 = x + windows[q + 2];
        int x3 = x + windows[q + 3];
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
        for (int t = 0; t < taps.length; t++) {
            int at = taps[t];
            FloatVector v0 = FloatVector.fromArray(S, m, x0 + at);
            FloatVector v1 = FloatVector.fromArray(S, m, x1 + at);
            FloatVector v2 = FloatVector.fromArray(S, m, x2 + at);
            FloatVector v3 = FloatVector.fromArray(S, m, x3 + at);
            FloatVector k = FloatVector.broadcast(S, m[w + 4 * t]);
            a0 = v0.fma(k, a0);
            a1 = v1.fma(k, a1);
            a2 = v2.fma(k, a2);
            a3 = v3.fma(k, a3);
            k = FloatVector.broadcast(S, m[w + 4 * t + 1]);
            b0 = v0.fma(k, b0);
            b1 = v1.fma(k, b1);
            b2 = v2.fma(k, b2);
            b3 = v3.fma(k, b3);
            k = FloatVector.broadcast(S, m[w + 4 * t + 2]);
            c0 = v0.fma(k, c0);
            c1 = v1.fma(k, c1);
            c2 = v2.fma(k, c2);
            c3 = v3.fma(k, c3);
            k = FloatVector.broadcast(S, m[w + 4 * t + 3]);
            d0 = v0.fma(k, d0);
            d1 = v1.fma(k, d1);
            d2 = v2.fma(k, d2);
            d3 = v3.fma(k, d3);
        }
        int y0 = y + pixels[q];
        int y1 = y + pixels[q + 1];
        int y2 = y + pixels[q + 2];
        int y3 = y + pixels[q + 3];
        a0.intoArray(m, y0);
        a1.intoArray(m, y1);
        a2.intoArray(m, y2);
        a3.intoArray(m, y3);
        b0.intoArray(m, y0 + ys);
        b1.intoArray(m, y1 + ys);
        b2.intoArray(m, y2 + ys);
        b3.intoArray(m, y3 + ys);
        c0.intoArray(m, y0 + 2 * ys);
        c1.intoArray(m, y1 + 2 * ys);
        c2.intoArray(m, y2 + 2 * ys);
        c3.intoArray(m, y3 + 2 * ys);
        d0.intoArray(m, y0 + 3 * ys);
        d1.intoArray(m, y1 + 3 * ys);
        d2.intoArray(m, y2 + 3 * ys);
        d3.intoArray(m, y3 + 3 * ys);
    }

    /// A panel's channels of five pixels, so that none is computed twice.
    private static void panel5(
            float[] m,
            int x,
            int[] taps,
            int[] windows,
            int q,
            int w,
            int y,
            int ys,
            int[] pixels) {
        int x0 = x + windows[q];
        int x1 = x + windows[q + 1];
        int x2 = x + windows[q + 2];
        int x3 = x + windows[q + 3];
        int x4 = x + windows[q + 4];
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
        for (int t = 0; t < taps.length; t++) {
            int at = taps[t];
            FloatVector v0 = FloatVector.fromArray(S, m, x0 + at);
            FloatVector v1 = FloatVector.fromArray(S, m, x1 + at);
            FloatVector v2 = FloatVector.fromArray(S, m, x2 + at);
            FloatVector v3 = FloatVector.fromArray(S, m, x3 + at);
            FloatVector v4 = FloatVector.fromArray(S, m, x4 + at);
            FloatVector k = FloatVector.broadcast(S, m[w + 4 * t]);
            a0 = v0.fma(k, a0);
            a1 = v1.fma(k, a1);
            a2 = v2.fma(k, a2);
            a3 = v3.fma(k, a3);
            a4 = v4.fma(k, a4);
            k = FloatVector.broadcast(S, m[w + 4 * t + 1]);
            b0 = v0.fma(k, b0);
            b1 = v1.fma(k, b1);
            b2 = v2.fma(k, b2);
            b3 = v3.fma(k, b3);
            b4 = v4.fma(k, b4);
            k = FloatVector.broadcast(S, m[w + 4 * t + 2]);
            c0 = v0.fma(k, c0);
            c1 = v1.fma(k, c1);
            c2 = v2.fma(k, c2);
            c3 = v3.fma(k, c3);
            c4 = v4.fma(k, c4);
            k = FloatVector.broadcast(S, m[w + 4 * t + 3]);
            d0 = v0.fma(k, d0);
            d1 = v1.fma(k, d1);
            d2 = v2.fma(k, d2);
            d3 = v3.fma(k, d3);
            d4 = v4.fma(k, d4);
        }
        int y0 = y + pixels[q];
        int y1 = y + pixels[q + 1];
        int y2 = y + pixels[q + 2];
        int y3 = y + pixels[q + 3];
        int y4 = y + pixels[q + 4];
        a0.intoArray(m, y0);
        a1.intoArray(m, y1);
        a2.intoArray(m, y2);
        a3.intoArray(m, y3);
        a4.intoArray(m, y4);
        b0.intoArray(m, y0 + ys);
        b1.intoArray(m, y1 + ys);
        b2.intoArray(m, y2 + ys);
        b3.intoArray(m, y3 + ys);
        b4.intoArray(m, y4 + ys);
        c0.intoArray(m, y0 + 2 * ys);
        c1.intoArray(m, y1 + 2 * ys);
        c2.intoArray(m, y2 + 2 * ys);
        c3.intoArray(m, y3 + 2 * ys);
        c4.intoArray(m, y4 + 2 * ys);
        d0.intoArray(m, y0 + 3 * ys);
        d1.intoArray(m, y1 + 3 * ys);
        d2.intoArray(m, y2 + 3 * ys);
        d3.intoArray(m, y3 + 3 * ys);
        d4.intoArray(m, y4 + 3 * ys);
    }

    /// As many lanes of a pixel as two registers hold.
    private static void panelx2(float[] m, int x, int[] taps, int w, int y, int ys) {
        FloatVector a0 = FloatVector.zero(S);
        FloatVector a1 = a0;
        FloatVector b0 = a0;
        FloatVector b1 = a0;
        FloatVector c0 = a0;
        FloatVector c1 = a0;
        FloatVector d0 = a0;
        FloatVector d1 = a0;
        for (int t = 0; t < taps.length; t++) {
            int at = (x + taps[t]) & PLACE;
            FloatVector v0 = FloatVector.fromArray(S, m, at);
            FloatVector v1 = FloatVector.fromArray(S, m, at + VL);
            FloatVector k = FloatVector.broadcast(S, m[w + 4 * t]);
            a0 = v0.fma(k, a0);
            a1 = v1.fma(k, a1);
            k = FloatVector.broadcast(S, m[w + 4 * t + 1]);
            b0 = v0.fma(k, b0);
            b1 = v1.fma(k, b1);
            k = FloatVector.broadcast(S, m[w + 4 * t + 2]);
            c0 = v0.fma(k, c0);
            c1 = v1.fma(k, c1);
            k = FloatVector.broadcast(S, m[w + 4 * t + 3]);
            d0 = v0.fma(k, d0);
            d1 = v1.fma(k, d1);
        }
        a0.intoArray(m, y);
        a1.intoArray(m, y + VL);
        y += ys;
        b0.intoArray(m, y);
        b1.intoArray(m, y + VL);
        y += ys;
        c0.intoArray(m, y);
        c1.intoArray(m, y + VL);
        y += ys;
        d0.intoArray(m, y);
        d1.intoArray(m, y + VL);
    }

    /// All lanes of a pixel in one register.
    private static void panelx1(float[] m, int x, int[] taps, int w, int y, int ys) {
        FloatVector a = FloatVector.zero(S);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        for (int t = 0; t < taps.length; t++) {
            FloatVector v = FloatVector.fromArray(S, m, x + taps[t]);
            a = v.fma(FloatVector.broadcast(S, m[w + 4 * t]), a);
            b = v.fma(FloatVector.broadcast(S, m[w + 4 * t + 1]), b);
            c = v.fma(FloatVector.broadcast(S, m[w + 4 * t + 2]), c);
            d = v.fma(FloatVector.broadcast(S, m[w + 4 * t + 3]), d);
        }
        a.intoArray(m, y);
        b.intoArray(m, y + ys);
        c.intoArray(m, y + 2 * ys);
        d.intoArray(m, y + 3 * ys);
    }

    /// One channel of four pixels.
    private static void channel4(
            float[] m, int x, int[] taps, int[] windows, int q, int w, int y, int[] pixels) {
        int x0 = x + windows[q];
        int x1 = x + windows[q + 1];
        int x2 = x + windows[q + 2];
        int x3 = x + windows[q + 3];
        FloatVector a = FloatVector.zero(S);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        for (int t = 0; t < taps.length; t++) {
            int at = taps[t];
            FloatVector k = FloatVector.broadcast(S, m[w + t]);
            a = FloatVector.fromArray(S, m, x0 + at).fma(k, a);
            b = FloatVector.fromArray(S, m, x1 + at).fma(k, b);
            c = FloatVector.fromArray(S, m, x2 + at).fma(k, c);
            d = FloatVector.fromArray(S, m, x3 + at).fma(k, d);
        }
        a.intoArray(m, y + pixels[q]);
        b.intoArray(m, y + pixels[q + 1]);
        c.intoArray(m, y + pixels[q + 2]);
        d.intoArray(m, y + pixels[q + 3]);
    }

    private static void channel(float[] m, int x, int[] taps, int w, int y) {
        FloatVector a = FloatVector.zero(S);
        for (int t = 0; t < taps.length; t++) {
            a = FloatVector.fromArray(S, m, x + taps[t]).fma(FloatVector.broadcast(S, m[w + t]), a);
        }
        a.intoArray(m, y);
    }
}
