package org.phasezoo.kernel;

import static org.phasezoo.kernel.Lanes.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Matrix products. *Order*: each result is one chain of fused multiply-adds over the contracted index, ascending, from
/// +0; over samples, one chain inside each chunk of 64, chunk results added in order.
public final class FloatContract {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int VL = S.length();

    private FloatContract() {}

    /// One tile of samples against a fixed matrix: x `[inner][16]`, y `[outer][16]`, weight of (o, k) at
    /// `w + o · wo + k · wk`.
    public static void perSample(float[] m, int x, int inner, int w, int wo, int wk, int y, int outer) {
        for (int p = 0; p < LANES; p += VL) {
            int o = 0;
            for (; o + 8 <= outer; o += 8) {
                perSample8(m, x + p, inner, w + o * wo, wo, wk, y + o * LANES + p);
            }
            for (; o < outer; o++) {
                FloatVector a = FloatVector.zero(S);
                int at = w + o * wo;
                for (int k = 0; k < inner; k++) {
                    a = FloatVector.fromArray(S, m, x + p + k * LANES).fma(FloatVector.broadcast(S, m[at]), a);
                    at += wk;
                }
                a.intoArray(m, y + o * LANES + p);
            }
        }
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

    /// Adds one chunk of `samples` into the matrix `[left][right]` at y: a `[tile][left][16]` in lanes, b as rows
    /// `[sample][stride]` with `stride` a multiple of 16, `scratch` of 16 elements.
    public static void overSamples(float[] m, int a, int left, int b, int right, int stride, int samples, int scratch, int y) {
        int j = 0;
        for (; j + 4 * VL <= right; j += 4 * VL) {
            int i = 0;
            for (; i + 4 <= left; i += 4) {
                overSamples4x4(m, a + i * LANES, left * LANES, b + j, stride, samples, y + i * right + j, right);
            }
            for (; i < left; i++) {
                for (int c = 0; c < 4; c++) {
                    overSamples1x1(m, a + i * LANES, left * LANES, b + j + c * VL, stride, samples, scratch, VL, y + i * right + j + c * VL);
                }
            }
        }
        for (; j < right; j += VL) {
            for (int i = 0; i < left; i++) {
                overSamples1x1(m, a + i * LANES, left * LANES, b + j, stride, samples, scratch, Math.min(VL, right - j), y + i * right + j);
            }
        }
    }

    private static void overSamples4x4(float[] m, int a, int tile, int b, int stride, int samples, int y, int right) {
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

    /// One product inside each of 16 samples: y(i, j) = Σ_k a(i, k) · b(k, j), elements at `a + (i · ai + k · ak) · 16` and
    /// `b + (k · bk + j · bj) · 16`, results row-major at `y`.
    public static void inside(
            float[] m, int a, int ai, int ak, int b, int bk, int bj, int rows, int columns, int inner, int y) {
        for (int p = 0; p < LANES; p += VL) {
            int i = 0;
            for (; i + 4 <= rows; i += 4) {
                int j = 0;
                for (; j + 4 <= columns; j += 4) {
                    inside4x4(m, a + i * ai * LANES + p, ai * LANES, ak * LANES, b + j * bj * LANES + p, bk * LANES, bj * LANES, inner, y + (i * columns + j) * LANES + p, columns * LANES);
                }
                for (; j < columns; j++) {
                    for (int r = i; r < i + 4; r++) {
                        inside1x1(m, a + r * ai * LANES + p, ak * LANES, b + j * bj * LANES + p, bk * LANES, inner, y + (r * columns + j) * LANES + p);
                    }
                }
            }
            for (; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    inside1x1(m, a + i * ai * LANES + p, ak * LANES, b + j * bj * LANES + p, bk * LANES, inner, y + (i * columns + j) * LANES + p);
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

    /// Fixed matrices: y (rows × columns) = Σ_k a(i, k) · b(k, j), elements at `a + i · ai + k · ak` and
    /// `b + k · bk + j · bj`.
    public static void fixed(
            float[] m, int a, int ai, int ak, int b, int bk, int bj, int rows, int columns, int inner, int y) {
        for (int i = 0; i < rows; i++) {
            int j = 0;
            if (bj == 1) {
                for (; j + VL <= columns; j += VL) {
                    FloatVector s = FloatVector.zero(S);
                    for (int k = 0; k < inner; k++) {
                        FloatVector v = FloatVector.fromArray(S, m, b + k * bk + j);
                        s = v.fma(FloatVector.broadcast(S, m[a + i * ai + k * ak]), s);
                    }
                    s.intoArray(m, y + i * columns + j);
                }
            }
            for (; j < columns; j++) {
                float s = 0;
                for (int k = 0; k < inner; k++) {
                    s = Math.fma(m[b + k * bk + j * bj], m[a + i * ai + k * ak], s);
                }
                m[y + i * columns + j] = s;
            }
        }
    }
}
