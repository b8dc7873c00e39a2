package org.phasezoo.kernel;

import static org.phasezoo.kernel.Lanes.HOLDS_16_SUMS;
import static org.phasezoo.kernel.Lanes.LANES;

import java.util.Arrays;
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

    /// Copies rows of lanes `first` to `first + n` of images `[plane][h][w][16]`, the first of them
    /// at `x`, into images `[plane][h + 2·above][w + 2·beside][16]`, planes `pitch` elements apart.
    /// The borders stay as they are.
    public static void inside(
            float[] m,
            int x,
            int first,
            int n,
            int h,
            int w,
            int above,
            int beside,
            int pitch,
            int to) {
        int column = first % w;
        int line = first / w % h;
        int plane = first / w / h;
        for (int done = 0; done < n; ) {
            int run = Math.min(w - column, n - done);
            int inPlane = (line + above) * (w + 2 * beside) + beside + column;
            copy(m, x + done * LANES, run * LANES, to + plane * pitch + inPlane * LANES);
            done += run;
            column = 0;
            line++;
            if (line == h) {
                line = 0;
                plane++;
            }
        }
    }

    private static void copy(float[] m, int x, int n, int y) {
        for (int i = 0; i < n; i += VL) {
            FloatVector.fromArray(S, m, x + i).intoArray(m, y + i);
        }
    }

    /// Writes 0 into the lanes from `count` on of `rows` rows of 16.
    public static void clear(float[] m, int x, int rows, int count) {
        for (int r = 0; r < rows; r++) {
            Arrays.fill(m, x + r * LANES + count, x + (r + 1) * LANES, 0);
        }
    }

    /// The elements listed, one after the other: the weights of an adjoint.
    public static void collect(float[] m, int w, int[] from, int y) {
        for (int i = 0; i < from.length; i++) {
            m[y + i] = m[w + from[i]];
        }
    }

    /// One tile. Pixel p of `out` channels is the sum over taps k of the element at `x + windows[p]
    /// + taps[k]` times weight k of its channel; channel o of it goes to `y + o · ys + pixels[p]`.
    public static void tile(
            float[] m,
            int x,
            int[] taps,
            int[] windows,
            int w,
            int out,
            int y,
            int ys,
            int[] pixels) {
        int wide = windows.length >= 4 ? 4 : 1;
        for (int next = 0; next < windows.length; ) {
            // The last block overlaps its neighbour: pixels computed twice come out the same.
            int q = Math.min(next, windows.length - wide);
            int o = 0;
            for (; o + 4 <= out; o += 4) {
                int at = w + o * taps.length;
                int to = y + o * ys;
                for (int p = 0; p < LANES; p += VL) {
                    if (wide == 1) {
                        block4x1(m, x + p + windows[q], taps, at, to + p + pixels[q], ys);
                    } else if (HOLDS_16_SUMS) {
                        block4x4(m, x + p, taps, windows, q, at, to + p, ys, pixels);
                    } else {
                        block4x2(m, x + p, taps, windows, q, at, to + p, ys, pixels);
                        block4x2(m, x + p, taps, windows, q + 2, at, to + p, ys, pixels);
                    }
                }
            }
            for (; o < out; o++) {
                int at = w + o * taps.length;
                int to = y + o * ys;
                for (int p = 0; p < LANES; p += VL) {
                    if (wide == 4) {
                        block1x4(m, x + p, taps, windows, q, at, to + p, pixels);
                    } else {
                        block1x1(m, x + p + windows[q], taps, at, to + p + pixels[q]);
                    }
                }
            }
            next = q + wide;
        }
    }

    private static void block4x4(
            float[] m,
            int x,
            int[] taps,
            int[] windows,
            int q,
            int w,
            int y,
            int ys,
            int[] pixels) {
        int ws = taps.length;
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
            FloatVector k = FloatVector.broadcast(S, m[w + t]);
            a0 = v0.fma(k, a0);
            a1 = v1.fma(k, a1);
            a2 = v2.fma(k, a2);
            a3 = v3.fma(k, a3);
            k = FloatVector.broadcast(S, m[w + ws + t]);
            b0 = v0.fma(k, b0);
            b1 = v1.fma(k, b1);
            b2 = v2.fma(k, b2);
            b3 = v3.fma(k, b3);
            k = FloatVector.broadcast(S, m[w + 2 * ws + t]);
            c0 = v0.fma(k, c0);
            c1 = v1.fma(k, c1);
            c2 = v2.fma(k, c2);
            c3 = v3.fma(k, c3);
            k = FloatVector.broadcast(S, m[w + 3 * ws + t]);
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

    private static void block4x2(
            float[] m,
            int x,
            int[] taps,
            int[] windows,
            int q,
            int w,
            int y,
            int ys,
            int[] pixels) {
        int ws = taps.length;
        int x0 = x + windows[q];
        int x1 = x + windows[q + 1];
        FloatVector a0 = FloatVector.zero(S);
        FloatVector a1 = a0;
        FloatVector b0 = a0;
        FloatVector b1 = a0;
        FloatVector c0 = a0;
        FloatVector c1 = a0;
        FloatVector d0 = a0;
        FloatVector d1 = a0;
        for (int t = 0; t < taps.length; t++) {
            FloatVector v0 = FloatVector.fromArray(S, m, x0 + taps[t]);
            FloatVector v1 = FloatVector.fromArray(S, m, x1 + taps[t]);
            FloatVector k = FloatVector.broadcast(S, m[w + t]);
            a0 = v0.fma(k, a0);
            a1 = v1.fma(k, a1);
            k = FloatVector.broadcast(S, m[w + ws + t]);
            b0 = v0.fma(k, b0);
            b1 = v1.fma(k, b1);
            k = FloatVector.broadcast(S, m[w + 2 * ws + t]);
            c0 = v0.fma(k, c0);
            c1 = v1.fma(k, c1);
            k = FloatVector.broadcast(S, m[w + 3 * ws + t]);
            d0 = v0.fma(k, d0);
            d1 = v1.fma(k, d1);
        }
        int y0 = y + pixels[q];
        int y1 = y + pixels[q + 1];
        a0.intoArray(m, y0);
        a1.intoArray(m, y1);
        b0.intoArray(m, y0 + ys);
        b1.intoArray(m, y1 + ys);
        c0.intoArray(m, y0 + 2 * ys);
        c1.intoArray(m, y1 + 2 * ys);
        d0.intoArray(m, y0 + 3 * ys);
        d1.intoArray(m, y1 + 3 * ys);
    }

    private static void block4x1(float[] m, int x, int[] taps, int w, int y, int ys) {
        int ws = taps.length;
        FloatVector a = FloatVector.zero(S);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        for (int t = 0; t < taps.length; t++) {
            FloatVector v = FloatVector.fromArray(S, m, x + taps[t]);
            a = v.fma(FloatVector.broadcast(S, m[w + t]), a);
            b = v.fma(FloatVector.broadcast(S, m[w + ws + t]), b);
            c = v.fma(FloatVector.broadcast(S, m[w + 2 * ws + t]), c);
            d = v.fma(FloatVector.broadcast(S, m[w + 3 * ws + t]), d);
        }
        a.intoArray(m, y);
        b.intoArray(m, y + ys);
        c.intoArray(m, y + 2 * ys);
        d.intoArray(m, y + 3 * ys);
    }

    private static void block1x4(
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

    private static void block1x1(float[] m, int x, int[] taps, int w, int y) {
        FloatVector a = FloatVector.zero(S);
        for (int t = 0; t < taps.length; t++) {
            a = FloatVector.fromArray(S, m, x + taps[t]).fma(FloatVector.broadcast(S, m[w + t]), a);
        }
        a.intoArray(m, y);
    }
}
