package org.phasezoo.kernel;

import static org.phasezoo.kernel.Lanes.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Convolutions of one tile of 16 samples, samples in the lanes: images are `[channel][row][column][16]`, weights are
/// `[out][in][ky][kx]`. Inputs come with their border of zeros, so taps outside are executed like any other.
///
/// *Order*: each output is one chain of fused multiply-adds over (in, ky, kx) from +0.
public final class FloatConvolution {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int VL = S.length();

    private FloatConvolution() {}

    /// Copies images `[channels][h][w][16]` into `[channels][h + 2·above][w + 2·beside][16]` with a border of zeros; lanes
    /// from `count` on become 0.
    public static void pad(float[] m, int x, int channels, int h, int w, int above, int beside, int count, int y) {
        int row = (w + 2 * beside) * LANES;
        int border = beside * LANES;
        for (int c = 0; c < channels; c++) {
            java.util.Arrays.fill(m, y, y + above * row, 0);
            y += above * row;
            for (int i = 0; i < h; i++) {
                java.util.Arrays.fill(m, y, y + border, 0);
                copy(m, x, w, count, y + border);
                java.util.Arrays.fill(m, y + border + w * LANES, y + row, 0);
                x += w * LANES;
                y += row;
            }
            java.util.Arrays.fill(m, y, y + above * row, 0);
            y += above * row;
        }
    }

    /// Copies `rows` rows of 16 lanes; lanes from `count` on become 0.
    public static void copy(float[] m, int x, int rows, int count, int y) {
        System.arraycopy(m, x, m, y, rows * LANES);
        if (count < LANES) {
            for (int r = 0; r < rows; r++) {
                java.util.Arrays.fill(m, y + r * LANES + count, y + (r + 1) * LANES, 0);
            }
        }
    }

    /// Writes those weights `[out][in][kh][kw]` whose taps are `lowY + stride·i`, `lowX + stride·j` as `[in][out]` with both
    /// kernel axes reversed: the weights of the adjoint for one class of pixels.
    public static void flip(
            float[] m, int w, int out, int in, int kh, int kw, int lowY, int lowX, int stride, int tapsY, int tapsX, int y) {
        for (int i = 0; i < in; i++) {
            for (int o = 0; o < out; o++) {
                int from = w + (o * in + i) * kh * kw;
                for (int ty = tapsY - 1; ty >= 0; ty--) {
                    for (int tx = tapsX - 1; tx >= 0; tx--) {
                        m[y++] = m[from + (lowY + stride * ty) * kw + lowX + stride * tx];
                    }
                }
            }
        }
    }

    /// One tile: `oh × ow` outputs of padded input at `x`, of which window (i, j) begins at
    /// `x + i · xRow + j · xColumn` in planes of `plane`; kernel rows are `pw` pixels apart. Output (o, i, j) goes to
    /// `y + o · ys + i · yRow + j · yColumn`.
    public static void forward(
            float[] m,
            int x,
            int in,
            int plane,
            int pw,
            int xRow,
            int xColumn,
            int w,
            int out,
            int kh,
            int kw,
            int oh,
            int ow,
            int y,
            int ys,
            int yRow,
            int yColumn) {
        int row = pw * LANES;
        int ws = in * kh * kw;
        for (int i = 0; i < oh; i++) {
            for (int next = 0; next < ow; ) {
                // The last block of a row of 4 or more overlaps its neighbour: pixels computed twice come out the same.
                int wide = ow >= 4 ? 4 : 1;
                int j = Math.min(next, ow - wide);
                int xAt = x + i * xRow + j * xColumn;
                for (int o = 0; o < out; ) {
                    int block = out - o >= 4 ? 4 : 1;
                    int yAt = y + o * ys + i * yRow + j * yColumn;
                    for (int p = 0; p < LANES; p += VL) {
                        if (block == 4 && wide == 4) {
                            block4x4(m, xAt + p, plane, row, xColumn, in, kh, kw, w + o * ws, ws, yAt + p, ys, yColumn);
                        } else if (block == 4) {
                            block4x1(m, xAt + p, plane, row, in, kh, kw, w + o * ws, ws, yAt + p, ys);
                        } else if (wide == 4) {
                            block1x4(m, xAt + p, plane, row, xColumn, in, kh, kw, w + o * ws, yAt + p, yColumn);
                        } else {
                            block1x1(m, xAt + p, plane, row, in, kh, kw, w + o * ws, yAt + p);
                        }
                    }
                    o += block;
                }
                next = j + wide;
            }
        }
    }

    private static void block4x4(
            float[] m, int x, int plane, int row, int step, int in, int kh, int kw, int w, int ws, int y, int ys, int yStep) {
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
        for (int c = 0; c < in; c++) {
            for (int ky = 0; ky < kh; ky++) {
                int at = x + c * plane + ky * row;
                for (int kx = 0; kx < kw; kx++) {
                    FloatVector v0 = FloatVector.fromArray(S, m, at);
                    FloatVector v1 = FloatVector.fromArray(S, m, at + step);
                    FloatVector v2 = FloatVector.fromArray(S, m, at + 2 * step);
                    FloatVector v3 = FloatVector.fromArray(S, m, at + 3 * step);
                    FloatVector k = FloatVector.broadcast(S, m[w]);
                    a0 = v0.fma(k, a0);
                    a1 = v1.fma(k, a1);
                    a2 = v2.fma(k, a2);
                    a3 = v3.fma(k, a3);
                    k = FloatVector.broadcast(S, m[w + ws]);
                    b0 = v0.fma(k, b0);
                    b1 = v1.fma(k, b1);
                    b2 = v2.fma(k, b2);
                    b3 = v3.fma(k, b3);
                    k = FloatVector.broadcast(S, m[w + 2 * ws]);
                    c0 = v0.fma(k, c0);
                    c1 = v1.fma(k, c1);
                    c2 = v2.fma(k, c2);
                    c3 = v3.fma(k, c3);
                    k = FloatVector.broadcast(S, m[w + 3 * ws]);
                    d0 = v0.fma(k, d0);
                    d1 = v1.fma(k, d1);
                    d2 = v2.fma(k, d2);
                    d3 = v3.fma(k, d3);
                    at += LANES;
                    w++;
                }
            }
        }
        store4(m, a0, a1, a2, a3, y, yStep);
        store4(m, b0, b1, b2, b3, y + ys, yStep);
        store4(m, c0, c1, c2, c3, y + 2 * ys, yStep);
        store4(m, d0, d1, d2, d3, y + 3 * ys, yStep);
    }

    private static void store4(float[] m, FloatVector v0, FloatVector v1, FloatVector v2, FloatVector v3, int y, int step) {
        v0.intoArray(m, y);
        v1.intoArray(m, y + step);
        v2.intoArray(m, y + 2 * step);
        v3.intoArray(m, y + 3 * step);
    }

    private static void block4x1(
            float[] m, int x, int plane, int row, int in, int kh, int kw, int w, int ws, int y, int ys) {
        FloatVector a = FloatVector.zero(S);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        for (int i = 0; i < in; i++) {
            for (int ky = 0; ky < kh; ky++) {
                int at = x + i * plane + ky * row;
                for (int kx = 0; kx < kw; kx++) {
                    FloatVector v = FloatVector.fromArray(S, m, at);
                    a = v.fma(FloatVector.broadcast(S, m[w]), a);
                    b = v.fma(FloatVector.broadcast(S, m[w + ws]), b);
                    c = v.fma(FloatVector.broadcast(S, m[w + 2 * ws]), c);
                    d = v.fma(FloatVector.broadcast(S, m[w + 3 * ws]), d);
                    at += LANES;
                    w++;
                }
            }
        }
        a.intoArray(m, y);
        b.intoArray(m, y + ys);
        c.intoArray(m, y + 2 * ys);
        d.intoArray(m, y + 3 * ys);
    }

    private static void block1x4(
            float[] m, int x, int plane, int row, int step, int in, int kh, int kw, int w, int y, int yStep) {
        FloatVector a = FloatVector.zero(S);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        for (int i = 0; i < in; i++) {
            for (int ky = 0; ky < kh; ky++) {
                int at = x + i * plane + ky * row;
                for (int kx = 0; kx < kw; kx++) {
                    FloatVector k = FloatVector.broadcast(S, m[w]);
                    a = FloatVector.fromArray(S, m, at).fma(k, a);
                    b = FloatVector.fromArray(S, m, at + step).fma(k, b);
                    c = FloatVector.fromArray(S, m, at + 2 * step).fma(k, c);
                    d = FloatVector.fromArray(S, m, at + 3 * step).fma(k, d);
                    at += LANES;
                    w++;
                }
            }
        }
        store4(m, a, b, c, d, y, yStep);
    }

    private static void block1x1(float[] m, int x, int plane, int row, int in, int kh, int kw, int w, int y) {
        FloatVector a = FloatVector.zero(S);
        for (int i = 0; i < in; i++) {
            for (int ky = 0; ky < kh; ky++) {
                int at = x + i * plane + ky * row;
                for (int kx = 0; kx < kw; kx++) {
                    a = FloatVector.fromArray(S, m, at).fma(FloatVector.broadcast(S, m[w]), a);
                    at += LANES;
                    w++;
                }
            }
        }
        a.intoArray(m, y);
    }
}
