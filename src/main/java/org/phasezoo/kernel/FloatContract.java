package org.phasezoo.kernel;

import static org.phasezoo.kernel.Lanes.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Products of samples with a fixed matrix. *Order*: each result is one chain of fused
/// multiply-adds over the contracted index, ascending, from +0.
public final class FloatContract {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int VL = S.length();

    /// Elements of each of 16 samples, and weights of each output, that are taken at once: the
    /// first-level cache holds the former.
    private static final int BLOCK = 256;

    /// Outputs whose weights are put side by side.
    private static final int PANEL = 8;

    /// Tiles from which on rows of weights are worth putting side by side.
    private static final int PACKED = 4;

    private FloatContract() {}

    /// Elements of scratch that [#perSample] takes.
    public static int scratch(int inner, int outer) {
        return 2 * VL + Lanes.tiles(outer) * LANES * Math.min(inner, BLOCK);
    }

    /// Tiles of samples against a fixed matrix: x `[tile][inner][16]`, y `[tile][outer][16]`,
    /// weight of (o, k) at `w + o · wo + k · wk`, where wo or wk is 1.
    public static void perSample(
            float[] m,
            int x,
            int inner,
            int w,
            int wo,
            int wk,
            int y,
            int outer,
            int tiles,
            int scratch) {
        if (VL == LANES) {
            inRegisters(m, x, inner, w, wo, wk, y, outer, tiles);
            return;
        }
        FloatVector.zero(S).intoArray(m, scratch);
        FloatVector.zero(S).intoArray(m, scratch + VL);
        int panels = scratch + 2 * VL;
        boolean packed = wk != 1 || tiles >= PACKED;
        int n;
        for (int k = 0; k == 0 || k < inner; k += n) {
            n = Math.min(BLOCK, inner - k);
            if (packed) {
                pack(m, w + k * wk, wo, wk, n, outer, panels);
            }
            for (int t = 0; t < tiles; t++) {
                for (int p = 0; p < LANES; p += 2 * VL) {
                    int from = x + (t * inner + k) * LANES + p;
                    int o = 0;
                    for (; o + 4 <= outer; o += 4) {
                        int to = y + (t * outer + o) * LANES + p;
                        int sum = k == 0 ? scratch : to;
                        int ss = k == 0 ? 0 : LANES;
                        if (packed) {
                            int at = panels + o / PANEL * n * PANEL + o % PANEL;
                            panel4x2(m, from, LANES, n, at, sum, ss, to);
                        } else {
                            inOrder4x2(m, from, LANES, n, w + o * wo + k, wo, sum, ss, to);
                        }
                    }
                    for (; o < outer; o++) {
                        int to = y + (t * outer + o) * LANES + p;
                        int sum = k == 0 ? scratch : to;
                        channel2(m, from, n, w + o * wo + k * wk, wk, sum, to);
                    }
                }
            }
        }
    }

    /// Weights of a block of k as panels of outputs: `[⌈outer / PANEL⌉][n][PANEL]`.
    private static void pack(float[] m, int w, int wo, int wk, int n, int outer, int to) {
        for (int o = 0; o < outer; o += PANEL) {
            int width = Math.min(PANEL, outer - o);
            int at = to + o * n;
            if (wk == 1) {
                FloatTranspose.copy(m, w + o * wo, wo, width, n, m, at, PANEL);
            } else {
                for (int k = 0; k < n; k++) {
                    copy(m, w + o + k * wk, width, at + k * PANEL);
                }
            }
        }
    }

    private static void copy(float[] m, int x, int n, int y) {
        int i = 0;
        for (; i + VL <= n; i += VL) {
            FloatVector.fromArray(S, m, x + i).intoArray(m, y + i);
        }
        for (; i < n; i++) {
            m[y + i] = m[x + i];
        }
    }

    /// As [#perSample], two tiles at a time where there are registers for their 16 sums.
    private static void inRegisters(
            float[] m, int x, int inner, int w, int wo, int wk, int y, int outer, int tiles) {
        int t = 0;
        for (; t + 2 <= tiles; t += 2) {
            int o = 0;
            for (; o + 8 <= outer; o += 8) {
                int at = y + (t * outer + o) * LANES;
                perSample8x2(m, x + t * inner * LANES, inner, w + o * wo, wo, wk, at, outer);
            }
            for (int tile = t; tile < t + 2; tile++) {
                perSample1(m, x, inner, w, wo, wk, y, outer, tile, o);
            }
        }
        for (; t < tiles; t++) {
            int o = 0;
            for (; o + 8 <= outer; o += 8) {
                int at = y + (t * outer + o) * LANES;
                perSample8(m, x + t * inner * LANES, inner, w + o * wo, wo, wk, at);
            }
            perSample1(m, x, inner, w, wo, wk, y, outer, t, o);
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
            int first) {
        for (int o = first; o < outer; o++) {
            FloatVector a = FloatVector.zero(S);
            int at = w + o * wo;
            int from = x + tile * inner * LANES;
            for (int k = 0; k < inner; k++) {
                a =
                        FloatVector.fromArray(S, m, from + k * LANES)
                                .fma(FloatVector.broadcast(S, m[at]), a);
                at += wk;
            }
            a.intoArray(m, y + (tile * outer + o) * LANES);
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

    /// Adds to the sums at `sum`, rows `ss` apart, what n elements of x and of a panel give, and
    /// leaves them at y. `step` is 16; were it a constant here, the compiler would unroll the loop
    /// and run out of registers.
    private static void panel4x2(float[] m, int x, int step, int n, int w, int sum, int ss, int y) {
        FloatVector a = FloatVector.fromArray(S, m, sum);
        FloatVector a2 = FloatVector.fromArray(S, m, sum + VL);
        FloatVector b = FloatVector.fromArray(S, m, sum + ss);
        FloatVector b2 = FloatVector.fromArray(S, m, sum + ss + VL);
        FloatVector c = FloatVector.fromArray(S, m, sum + 2 * ss);
        FloatVector c2 = FloatVector.fromArray(S, m, sum + 2 * ss + VL);
        FloatVector d = FloatVector.fromArray(S, m, sum + 3 * ss);
        FloatVector d2 = FloatVector.fromArray(S, m, sum + 3 * ss + VL);
        for (int k = 0; k < n; k++) {
            int at = x + k * step;
            FloatVector v = FloatVector.fromArray(S, m, at);
            FloatVector v2 = FloatVector.fromArray(S, m, at + VL);
            FloatVector u;
            u = FloatVector.broadcast(S, m[w + PANEL * k]);
            a = v.fma(u, a);
            a2 = v2.fma(u, a2);
            u = FloatVector.broadcast(S, m[w + PANEL * k + 1]);
            b = v.fma(u, b);
            b2 = v2.fma(u, b2);
            u = FloatVector.broadcast(S, m[w + PANEL * k + 2]);
            c = v.fma(u, c);
            c2 = v2.fma(u, c2);
            u = FloatVector.broadcast(S, m[w + PANEL * k + 3]);
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

    /// Likewise with the weights of an output in a row.
    private static void inOrder4x2(
            float[] m, int x, int step, int n, int w, int wo, int sum, int ss, int y) {
        FloatVector a = FloatVector.fromArray(S, m, sum);
        FloatVector a2 = FloatVector.fromArray(S, m, sum + VL);
        FloatVector b = FloatVector.fromArray(S, m, sum + ss);
        FloatVector b2 = FloatVector.fromArray(S, m, sum + ss + VL);
        FloatVector c = FloatVector.fromArray(S, m, sum + 2 * ss);
        FloatVector c2 = FloatVector.fromArray(S, m, sum + 2 * ss + VL);
        FloatVector d = FloatVector.fromArray(S, m, sum + 3 * ss);
        FloatVector d2 = FloatVector.fromArray(S, m, sum + 3 * ss + VL);
        int w1 = w + wo;
        int w2 = w + 2 * wo;
        int w3 = w + 3 * wo;
        for (int k = 0; k < n; k++) {
            int at = x + k * step;
            FloatVector v = FloatVector.fromArray(S, m, at);
            FloatVector v2 = FloatVector.fromArray(S, m, at + VL);
            FloatVector u;
            u = FloatVector.broadcast(S, m[w + k]);
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

    /// Likewise for one output.
    private static void channel2(float[] m, int x, int n, int w, int wk, int sum, int y) {
        FloatVector a = FloatVector.fromArray(S, m, sum);
        FloatVector a2 = FloatVector.fromArray(S, m, sum + VL);
        for (int k = 0; k < n; k++) {
            FloatVector u = FloatVector.broadcast(S, m[w]);
            a = FloatVector.fromArray(S, m, x).fma(u, a);
            a2 = FloatVector.fromArray(S, m, x + VL).fma(u, a2);
            x += LANES;
            w += wk;
        }
        a.intoArray(m, y);
        a2.intoArray(m, y + VL);
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
