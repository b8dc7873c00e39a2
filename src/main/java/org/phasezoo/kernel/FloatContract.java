package org.phasezoo.kernel;

import static org.phasezoo.kernel.Lanes.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Matrix products. *Order*: each result is one chain of fused multiply-adds over the contracted
/// index, ascending, from +0; over samples, one chain inside each chunk of 64, chunk results added
/// in order.
public final class FloatContract {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int VL = S.length();
    private static final int ROWS = 8;

    private FloatContract() {}

    /// Tiles of samples against a fixed matrix: x `[tile][inner][16]`, y `[tile][outer][16]`,
    /// weight of (o, k) at `w + o · wo + k · wk`.
    public static void perSample(
            float[] m, int x, int inner, int w, int wo, int wk, int y, int outer, int tiles) {
        int t = 0;
        // two tiles at a time where there are registers for their 16 sums
        for (; VL == LANES && t + 2 <= tiles; t += 2) {
            for (int p = 0; p < LANES; p += VL) {
                int o = 0;
                for (; o + 8 <= outer; o += 8) {
                    perSample8x2(
                            m,
                            x + t * inner * LANES + p,
                            inner,
                            w + o * wo,
                            wo,
                            wk,
                            y + (t * outer + o) * LANES + p,
                            outer);
                }
                for (int tile = t; tile < t + 2; tile++) {
                    perSample1(m, x, inner, w, wo, wk, y, outer, tile, o, p);
                }
            }
        }
        for (; t < tiles; t++) {
            for (int p = 0; p < LANES; p += VL) {
                int o = 0;
                for (; o + 8 <= outer; o += 8) {
                    perSample8(
                            m,
                            x + t * inner * LANES + p,
                            inner,
                            w + o * wo,
                            wo,
                            wk,
                            y + (t * outer + o) * LANES + p);
                }
                perSample1(m, x, inner, w, wo, wk, y, outer, t, o, p);
            }
        }
    }

    /// The outputs from `first` on, one by one, of one tile.
    private static void perSample1(
            float[] m,
            int x,
            int inner,
            int w,
            int wo,
            int wk,
            int y,
            int outer,
            int tile,
            int first,
            int p) {
        for (int o = first; o < outer; o++) {
            FloatVector a = FloatVector.zero(S);
            int at = w + o * wo;
            int from = x + tile * inner * LANES + p;
            for (int k = 0; k < inner; k++) {
                a =
                        FloatVector.fromArray(S, m, from + k * LANES)
                                .fma(FloatVector.broadcast(S, m[at]), a);
                at += wk;
            }
            a.intoArray(m, y + (tile * outer + o) * LANES + p);
        }
    }

    private static void perSample8x2(
            float[] m, int x, int inner, int w, int wo, int wk, int y, int outer) {
        FloatVector a = FloatVector.zero(S);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        FloatVector e = a;
        FloatVector f = a;
        FloatVector g = a;
        FloatVector h = a;
        FloatVector a2 = a;
        FloatVector b2 = a;
        FloatVector c2 = a;
        FloatVector d2 = a;
        FloatVector e2 = a;
        FloatVector f2 = a;
        FloatVector g2 = a;
        FloatVector h2 = a;
        int next = inner * LANES;
        for (int k = 0; k < inner; k++) {
            FloatVector v = FloatVector.fromArray(S, m, x);
            FloatVector v2 = FloatVector.fromArray(S, m, x + next);
            FloatVector u = FloatVector.broadcast(S, m[w]);
            a = v.fma(u, a);
            a2 = v2.fma(u, a2);
            u = FloatVector.broadcast(S, m[w + wo]);
            b = v.fma(u, b);
            b2 = v2.fma(u, b2);
            u = FloatVector.broadcast(S, m[w + 2 * wo]);
            c = v.fma(u, c);
            c2 = v2.fma(u, c2);
            u = FloatVector.broadcast(S, m[w + 3 * wo]);
            d = v.fma(u, d);
            d2 = v2.fma(u, d2);
            u = FloatVector.broadcast(S, m[w + 4 * wo]);
            e = v.fma(u, e);
            e2 = v2.fma(u, e2);
            u = FloatVector.broadcast(S, m[w + 5 * wo]);
            f = v.fma(u, f);
            f2 = v2.fma(u, f2);
            u = FloatVector.broadcast(S, m[w + 6 * wo]);
            g = v.fma(u, g);
            g2 = v2.fma(u, g2);
            u = FloatVector.broadcast(S, m[w + 7 * wo]);
            h = v.fma(u, h);
            h2 = v2.fma(u, h2);
            x += LANES;
            w += wk;
        }
        a.intoArray(m, y);
        b.intoArray(m, y + LANES);
        c.intoArray(m, y + 2 * LANES);
        d.intoArray(m, y + 3 * LANES);
        e.intoArray(m, y + 4 * LANES);
        f.intoArray(m, y + 5 * LANES);
        g.intoArray(m, y + 6 * LANES);
        h.intoArray(m, y + 7 * LANES);
        y += outer * LANES;
        a2.intoArray(m, y);
        b2.intoArray(m, y + LANES);
        c2.intoArray(m, y + 2 * LANES);
        d2.intoArray(m, y + 3 * LANES);
        e2.intoArray(m, y + 4 * LANES);
        f2.intoArray(m, y + 5 * LANES);
        g2.intoArray(m, y + 6 * LANES);
        h2.intoArray(m, y + 7 * LANES);
    }

    private static void perSample8(float[] m, int x, int inner, int w, int wo, int wk, int y) {
        FloatVector a = FloatVector.zero(S);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        FloatVector e = a;
        FloatVector f = a;
        FloatVector g = a;
        FloatVector h = a;
        for (int k = 0; k < inner; k++) {
            FloatVector v = FloatVector.fromArray(S, m, x + k * LANES);
            a = v.fma(FloatVector.broadcast(S, m[w]), a);
            b = v.fma(FloatVector.broadcast(S, m[w + wo]), b);
            c = v.fma(FloatVector.broadcast(S, m[w + 2 * wo]), c);
            d = v.fma(FloatVector.broadcast(S, m[w + 3 * wo]), d);
            e = v.fma(FloatVector.broadcast(S, m[w + 4 * wo]), e);
            f = v.fma(FloatVector.broadcast(S, m[w + 5 * wo]), f);
            g = v.fma(FloatVector.broadcast(S, m[w + 6 * wo]), g);
            h = v.fma(FloatVector.broadcast(S, m[w + 7 * wo]), h);
            w += wk;
        }
        a.intoArray(m, y);
        b.intoArray(m, y + LANES);
        c.intoArray(m, y + 2 * LANES);
        d.intoArray(m, y + 3 * LANES);
        e.intoArray(m, y + 4 * LANES);
        f.intoArray(m, y + 5 * LANES);
        g.intoArray(m, y + 6 * LANES);
        h.intoArray(m, y + 7 * LANES);
    }

    /// Writes one tile `[features][16]` as rows `[16][stride]`.
    public static void toRows(float[] m, int x, int features, int stride, int y) {
        for (int f = 0; f < features; f++) {
            for (int lane = 0; lane < LANES; lane++) {
                m[y + lane * stride + f] = m[x + f * LANES + lane];
            }
        }
    }

    /// Adds one chunk of `samples` into the matrix `[left][right]` at y: a `[tile][left][16]` in
    /// lanes, b as rows `[sample][stride]` with `stride` a multiple of 16, `scratch` of 16
    /// elements.
    public static void overSamples(
            float[] m,
            int a,
            int left,
            int b,
            int right,
            int stride,
            int samples,
            int scratch,
            int y) {
        int j = 0;
        for (; j + 4 * VL <= right; j += 4 * VL) {
            int i = 0;
            for (; i + 4 <= left; i += 4) {
                overSamples4x4(
                        m,
                        a + i * LANES,
                        left * LANES,
                        b + j,
                        stride,
                        samples,
                        y + i * right + j,
                        right);
            }
            for (; i < left; i++) {
                for (int c = 0; c < 4; c++) {
                    overSamples1x1(
                            m,
                            a + i * LANES,
                            left * LANES,
                            b + j + c * VL,
                            stride,
                            samples,
                            scratch,
                            VL,
                            y + i * right + j + c * VL);
                }
            }
        }
        for (; j < right; j += VL) {
            for (int i = 0; i < left; i++) {
                overSamples1x1(
                        m,
                        a + i * LANES,
                        left * LANES,
                        b + j,
                        stride,
                        samples,
                        scratch,
                        Math.min(VL, right - j),
                        y + i * right + j);
            }
        }
    }

    private static void overSamples4x4(
            float[] m, int a, int tile, int b, int stride, int samples, int y, int right) {
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
        for (int first = 0; first < samples; first += LANES) {
            int end = Math.min(LANES, samples - first);
            for (int k = 0; k < end; k++) {
                int at = a + k;
                FloatVector v0 = FloatVector.fromArray(S, m, b);
                FloatVector v1 = FloatVector.fromArray(S, m, b + VL);
                FloatVector v2 = FloatVector.fromArray(S, m, b + 2 * VL);
                FloatVector v3 = FloatVector.fromArray(S, m, b + 3 * VL);
                FloatVector x = FloatVector.broadcast(S, m[at]);
                a0 = v0.fma(x, a0);
                a1 = v1.fma(x, a1);
                a2 = v2.fma(x, a2);
                a3 = v3.fma(x, a3);
                x = FloatVector.broadcast(S, m[at + LANES]);
                b0 = v0.fma(x, b0);
                b1 = v1.fma(x, b1);
                b2 = v2.fma(x, b2);
                b3 = v3.fma(x, b3);
                x = FloatVector.broadcast(S, m[at + 2 * LANES]);
                c0 = v0.fma(x, c0);
                c1 = v1.fma(x, c1);
                c2 = v2.fma(x, c2);
                c3 = v3.fma(x, c3);
                x = FloatVector.broadcast(S, m[at + 3 * LANES]);
                d0 = v0.fma(x, d0);
                d1 = v1.fma(x, d1);
                d2 = v2.fma(x, d2);
                d3 = v3.fma(x, d3);
                b += stride;
            }
            a += tile;
        }
        FloatVector.fromArray(S, m, y).add(a0).intoArray(m, y);
        FloatVector.fromArray(S, m, y + VL).add(a1).intoArray(m, y + VL);
        FloatVector.fromArray(S, m, y + 2 * VL).add(a2).intoArray(m, y + 2 * VL);
        FloatVector.fromArray(S, m, y + 3 * VL).add(a3).intoArray(m, y + 3 * VL);
        y += right;
        FloatVector.fromArray(S, m, y).add(b0).intoArray(m, y);
        FloatVector.fromArray(S, m, y + VL).add(b1).intoArray(m, y + VL);
        FloatVector.fromArray(S, m, y + 2 * VL).add(b2).intoArray(m, y + 2 * VL);
        FloatVector.fromArray(S, m, y + 3 * VL).add(b3).intoArray(m, y + 3 * VL);
        y += right;
        FloatVector.fromArray(S, m, y).add(c0).intoArray(m, y);
        FloatVector.fromArray(S, m, y + VL).add(c1).intoArray(m, y + VL);
        FloatVector.fromArray(S, m, y + 2 * VL).add(c2).intoArray(m, y + 2 * VL);
        FloatVector.fromArray(S, m, y + 3 * VL).add(c3).intoArray(m, y + 3 * VL);
        y += right;
        FloatVector.fromArray(S, m, y).add(d0).intoArray(m, y);
        FloatVector.fromArray(S, m, y + VL).add(d1).intoArray(m, y + VL);
        FloatVector.fromArray(S, m, y + 2 * VL).add(d2).intoArray(m, y + 2 * VL);
        FloatVector.fromArray(S, m, y + 3 * VL).add(d3).intoArray(m, y + 3 * VL);
    }

    private static void overSamples1x1(
            float[] m, int a, int tile, int b, int stride, int samples, int scratch, int n, int y) {
        FloatVector s = FloatVector.zero(S);
        for (int k = 0; k < samples; k++) {
            FloatVector x = FloatVector.broadcast(S, m[a + k / LANES * tile + k % LANES]);
            s = FloatVector.fromArray(S, m, b + k * stride).fma(x, s);
        }
        addTo(m, s, scratch, n, y);
    }

    private static void addTo(float[] m, FloatVector v, int scratch, int n, int y) {
        v.intoArray(m, scratch);
        for (int i = 0; i < n; i++) {
            m[y + i] += m[scratch + i];
        }
    }

    /// One product inside each of 16 samples: y(i, j) = Σ_k a(i, k) · b(k, j), elements at `a + (i
    /// · ai + k · ak) · 16` and `b + (k · bk + j · bj) · 16`, results row-major at `y`.
    public static void inside(
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
                for (; j + 4 <= columns; j += 4) {
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

    private static void inside1x1(float[] m, int a, int ak, int b, int bk, int inner, int y) {
        FloatVector s = FloatVector.zero(S);
        for (int k = 0; k < inner; k++) {
            s = FloatVector.fromArray(S, m, b).fma(FloatVector.fromArray(S, m, a), s);
            a += ak;
            b += bk;
        }
        s.intoArray(m, y);
    }

    /// Elements of scratch that [#fixed] takes for a contraction over `inner`.
    public static int fixedScratch(int inner) {
        return (inner * 4 + ROWS) * LANES;
    }

    /// Fixed matrices: y (rows × columns) = Σ_k a(i, k) · b(k, j), elements at `a + i · ai + k ·
    /// ak` and `b + k · bk + j · bj`. Panels of b whose columns are not adjacent are copied first.
    public static void fixed(
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
        int j = 0;
        for (; j + 4 * VL <= columns; j += 4 * VL) {
            int panel = b + j * bj;
            int step = bk;
            if (bj != 1) {
                pack(m, panel, bk, bj, inner, 4 * VL, 4 * VL, scratch);
                panel = scratch;
                step = 4 * VL;
            }
            int i = 0;
            for (; i + 4 <= rows; i += 4) {
                fixed4x4(m, a + i * ai, ai, ak, panel, step, inner, y + i * columns + j, columns);
            }
            for (; i < rows; i++) {
                for (int c = 0; c < 4; c++) {
                    fixed1x1(m, a + i * ai, ak, panel + c * VL, step, inner)
                            .intoArray(m, y + i * columns + j + c * VL);
                }
            }
        }
        int out = scratch + inner * 4 * LANES;
        for (; j < columns; j += VL) {
            int n = Math.min(VL, columns - j);
            int panel = b + j * bj;
            int step = bk;
            if (bj != 1 || n < VL) {
                pack(m, panel, bk, bj, inner, n, VL, scratch);
                panel = scratch;
                step = VL;
            }
            int i = 0;
            for (; i + ROWS <= rows; i += ROWS) {
                fixed8x1(m, a + i * ai, ai, ak, panel, step, inner, out);
                for (int r = 0; r < ROWS; r++) {
                    System.arraycopy(m, out + r * VL, m, y + (i + r) * columns + j, n);
                }
            }
            for (; i < rows; i++) {
                fixed1x1(m, a + i * ai, ak, panel, step, inner).intoArray(m, out);
                System.arraycopy(m, out, m, y + i * columns + j, n);
            }
        }
    }

    /// Copies `n` columns of each row of b to rows of `width`, zeros behind.
    private static void pack(
            float[] m, int b, int bk, int bj, int inner, int n, int width, int to) {
        for (int k = 0; k < inner; k++) {
            for (int j = 0; j < n; j++) {
                m[to + k * width + j] = m[b + k * bk + j * bj];
            }
            for (int j = n; j < width; j++) {
                m[to + k * width + j] = 0;
            }
        }
    }

    private static FloatVector fixed1x1(float[] m, int a, int ak, int b, int bk, int inner) {
        FloatVector s = FloatVector.zero(S);
        for (int k = 0; k < inner; k++) {
            s =
                    FloatVector.fromArray(S, m, b + k * bk)
                            .fma(FloatVector.broadcast(S, m[a + k * ak]), s);
        }
        return s;
    }

    private static void fixed8x1(
            float[] m, int a, int ai, int ak, int b, int bk, int inner, int y) {
        FloatVector s0 = FloatVector.zero(S);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        FloatVector s4 = s0;
        FloatVector s5 = s0;
        FloatVector s6 = s0;
        FloatVector s7 = s0;
        for (int k = 0; k < inner; k++) {
            FloatVector v = FloatVector.fromArray(S, m, b);
            s0 = v.fma(FloatVector.broadcast(S, m[a]), s0);
            s1 = v.fma(FloatVector.broadcast(S, m[a + ai]), s1);
            s2 = v.fma(FloatVector.broadcast(S, m[a + 2 * ai]), s2);
            s3 = v.fma(FloatVector.broadcast(S, m[a + 3 * ai]), s3);
            s4 = v.fma(FloatVector.broadcast(S, m[a + 4 * ai]), s4);
            s5 = v.fma(FloatVector.broadcast(S, m[a + 5 * ai]), s5);
            s6 = v.fma(FloatVector.broadcast(S, m[a + 6 * ai]), s6);
            s7 = v.fma(FloatVector.broadcast(S, m[a + 7 * ai]), s7);
            a += ak;
            b += bk;
        }
        s0.intoArray(m, y);
        s1.intoArray(m, y + VL);
        s2.intoArray(m, y + 2 * VL);
        s3.intoArray(m, y + 3 * VL);
        s4.intoArray(m, y + 4 * VL);
        s5.intoArray(m, y + 5 * VL);
        s6.intoArray(m, y + 6 * VL);
        s7.intoArray(m, y + 7 * VL);
    }

    private static void fixed4x4(
            float[] m, int a, int ai, int ak, int b, int bk, int inner, int y, int columns) {
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
            FloatVector v1 = FloatVector.fromArray(S, m, b + VL);
            FloatVector v2 = FloatVector.fromArray(S, m, b + 2 * VL);
            FloatVector v3 = FloatVector.fromArray(S, m, b + 3 * VL);
            FloatVector x = FloatVector.broadcast(S, m[a]);
            a0 = v0.fma(x, a0);
            a1 = v1.fma(x, a1);
            a2 = v2.fma(x, a2);
            a3 = v3.fma(x, a3);
            x = FloatVector.broadcast(S, m[a + ai]);
            b0 = v0.fma(x, b0);
            b1 = v1.fma(x, b1);
            b2 = v2.fma(x, b2);
            b3 = v3.fma(x, b3);
            x = FloatVector.broadcast(S, m[a + 2 * ai]);
            c0 = v0.fma(x, c0);
            c1 = v1.fma(x, c1);
            c2 = v2.fma(x, c2);
            c3 = v3.fma(x, c3);
            x = FloatVector.broadcast(S, m[a + 3 * ai]);
            d0 = v0.fma(x, d0);
            d1 = v1.fma(x, d1);
            d2 = v2.fma(x, d2);
            d3 = v3.fma(x, d3);
            a += ak;
            b += bk;
        }
        a0.intoArray(m, y);
        a1.intoArray(m, y + VL);
        a2.intoArray(m, y + 2 * VL);
        a3.intoArray(m, y + 3 * VL);
        y += columns;
        b0.intoArray(m, y);
        b1.intoArray(m, y + VL);
        b2.intoArray(m, y + 2 * VL);
        b3.intoArray(m, y + 3 * VL);
        y += columns;
        c0.intoArray(m, y);
        c1.intoArray(m, y + VL);
        c2.intoArray(m, y + 2 * VL);
        c3.intoArray(m, y + 3 * VL);
        y += columns;
        d0.intoArray(m, y);
        d1.intoArray(m, y + VL);
        d2.intoArray(m, y + 2 * VL);
        d3.intoArray(m, y + 3 * VL);
    }
}
