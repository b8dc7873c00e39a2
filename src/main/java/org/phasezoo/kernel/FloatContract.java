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
        for (int j = 0; j < right; j += VL) {
            int n = Math.min(VL, right - j);
            int i = 0;
            for (; i + 4 <= left; i += 4) {
                FloatVector s0 = FloatVector.zero(S);
                FloatVector s1 = s0;
                FloatVector s2 = s0;
                FloatVector s3 = s0;
                for (int k = 0; k < samples; k++) {
                    FloatVector v = FloatVector.fromArray(S, m, b + k * stride + j);
                    int at = a + ((k / LANES) * left + i) * LANES + k % LANES;
                    s0 = v.fma(FloatVector.broadcast(S, m[at]), s0);
                    s1 = v.fma(FloatVector.broadcast(S, m[at + LANES]), s1);
                    s2 = v.fma(FloatVector.broadcast(S, m[at + 2 * LANES]), s2);
                    s3 = v.fma(FloatVector.broadcast(S, m[at + 3 * LANES]), s3);
                }
                addTo(m, s0, scratch, n, y + i * right + j);
                addTo(m, s1, scratch, n, y + (i + 1) * right + j);
                addTo(m, s2, scratch, n, y + (i + 2) * right + j);
                addTo(m, s3, scratch, n, y + (i + 3) * right + j);
            }
            for (; i < left; i++) {
                FloatVector s = FloatVector.zero(S);
                for (int k = 0; k < samples; k++) {
                    int at = a + ((k / LANES) * left + i) * LANES + k % LANES;
                    s = FloatVector.fromArray(S, m, b + k * stride + j).fma(FloatVector.broadcast(S, m[at]), s);
                }
                addTo(m, s, scratch, n, y + i * right + j);
            }
        }
    }

    private static void addTo(float[] m, FloatVector v, int scratch, int n, int y) {
        v.intoArray(m, scratch);
        for (int i = 0; i < n; i++) {
            m[y + i] += m[scratch + i];
        }
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
