package org.phasezoo.kernel;

import static org.phasezoo.kernel.Lanes.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Products of samples with a fixed matrix. *Order*: each result is one chain of fused
/// multiply-adds over the contracted index, ascending, from +0.
public final class FloatContract {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int VL = S.length();

    private FloatContract() {}

    /// Tiles of samples against a fixed matrix: x `[tile][inner][16]`, y `[tile][outer][16]`,
    /// weight of (o, k) at `w + o · wo + k · wk`.
    public static void perSample(
            float[] m, int x, int inner, int w, int wo, int wk, int y, int outer, int tiles) {
        int t = 0;
        // two tiles at a time where there are registers for their 16 sums
        for (; VL == LANES && t + 2 <= tiles; t += 2) {
            int o = 0;
            for (; o + 8 <= outer; o += 8) {
                int at = y + (t * outer + o) * LANES;
                perSample8x2(m, x + t * inner * LANES, inner, w + o * wo, wo, wk, at, outer);
            }
            for (int tile = t; tile < t + 2; tile++) {
                perSample1(m, x, inner, w, wo, wk, y, outer, tile, o, 0);
            }
        }
        for (; t < tiles; t++) {
            int four = 0;
            for (; VL < LANES && four + 4 <= outer; four += 4) {
                for (int p = 0; p < LANES; p += 2 * VL) {
                    int from = x + t * inner * LANES + p;
                    int to = y + (t * outer + four) * LANES + p;
                    if (wk == 1) {
                        inOrder4x2(m, from, LANES, inner, w + four * wo, wo, to);
                    } else {
                        perSample4x2(m, from, inner, w + four * wo, wo, wk, to);
                    }
                }
            }
            for (int p = 0; p < LANES; p += VL) {
                int o = four;
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

    private static void perSample4x2(float[] m, int x, int inner, int w, int wo, int wk, int y) {
        FloatVector a = FloatVector.zero(S);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        FloatVector a2 = a;
        FloatVector b2 = a;
        FloatVector c2 = a;
        FloatVector d2 = a;
        for (int k = 0; k < inner; k++) {
            FloatVector v = FloatVector.fromArray(S, m, x);
            FloatVector v2 = FloatVector.fromArray(S, m, x + VL);
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
            x += LANES;
            w += wk;
        }
        a.intoArray(m, y);
        a2.intoArray(m, y + VL);
        b.intoArray(m, y + LANES);
        b2.intoArray(m, y + LANES + VL);
        c.intoArray(m, y + 2 * LANES);
        c2.intoArray(m, y + 2 * LANES + VL);
        d.intoArray(m, y + 3 * LANES);
        d2.intoArray(m, y + 3 * LANES + VL);
    }

    /// The weights of an output in a row. `step` is 16; were it a constant here, the compiler would
    /// unroll the loop and run out of registers.
    private static void inOrder4x2(float[] m, int x, int step, int inner, int w, int wo, int y) {
        FloatVector a = FloatVector.zero(S);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        FloatVector a2 = a;
        FloatVector b2 = a;
        FloatVector c2 = a;
        FloatVector d2 = a;
        int w1 = w + wo;
        int w2 = w + 2 * wo;
        int w3 = w + 3 * wo;
        for (int k = 0; k < inner; k++) {
            int at = x + k * step;
            FloatVector v = FloatVector.fromArray(S, m, at);
            FloatVector v2 = FloatVector.fromArray(S, m, at + VL);
            FloatVector u = FloatVector.broadcast(S, m[w + k]);
            a = v.fma(u, a);
            a2 = v2.fma(u, a2);
            u = FloatVector.broadcast(S, m[w1 + k]);
            b = v.fma(u, b);
            b2 = v2.fma(u, b2);
            u = FloatVector.broadcast(S, m[w2 + k]);
            c = v.fma(u, c);
            c2 = v2.fma(u, c2);
            u = FloatVector.broadcast(S, m[w3 + k]);
            d = v.fma(u, d);
            d2 = v2.fma(u, d2);
        }
        a.intoArray(m, y);
        a2.intoArray(m, y + VL);
        b.intoArray(m, y + LANES);
        b2.intoArray(m, y + LANES + VL);
        c.intoArray(m, y + 2 * LANES);
        c2.intoArray(m, y + 2 * LANES + VL);
        d.intoArray(m, y + 3 * LANES);
        d2.intoArray(m, y + 3 * LANES + VL);
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
}
