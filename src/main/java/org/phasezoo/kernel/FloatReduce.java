package org.phasezoo.kernel;

import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;
import static org.phasezoo.kernel.Lanes.LANES;
import static org.phasezoo.kernel.Lanes.PLACE;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// Sums, pooling and first maxima.
public final class FloatReduce {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int VL = S.length();

    /// As in [FloatSums]: two vectors side by side, or the same one twice.
    private static final int BESIDE = VL % LANES;

    /// Results of [#perSampleBeside].
    public static final int BESIDE_RESULTS = 8;

    private FloatReduce() {}

    /// The sum over samples and over the rows listed, of x `[tile][tileRows][16]` with `count`
    /// samples: lane = sample mod 16, a chain over (tile, listed rows) inside each chunk of 64
    /// samples, the tree, chunk results added in order. `scratch` has 16 elements.
    public static float overSamples(
            float[] m, int x, int tileRows, int[] rows, int count, int scratch) {
        float total = 0;
        int tiles = Lanes.tiles(count);
        for (int first = 0; first < tiles; first += Lanes.CHUNK_TILES) {
            int end = Math.min(tiles, first + Lanes.CHUNK_TILES);
            boolean partial = end * LANES > count;
            int whole = partial ? end - 1 : end;
            for (int p = 0; p < LANES; p += VL + BESIDE) {
                FloatVector a = FloatVector.zero(S);
                FloatVector beside = a;
                for (int t = first; t < whole; t++) {
                    int tile = x + t * tileRows * LANES + p;
                    for (int row : rows) {
                        int at = (tile + row * LANES) & PLACE;
                        a = a.add(FloatVector.fromArray(S, m, at));
                        beside = beside.add(FloatVector.fromArray(S, m, at + BESIDE));
                    }
                }
                a.intoArray(m, scratch + p);
                beside.intoArray(m, scratch + p + BESIDE);
            }
            if (partial) {
                int at = x + whole * tileRows * LANES;
                for (int lane = 0; lane < count - whole * LANES; lane++) {
                    float a = m[scratch + lane];
                    for (int row : rows) {
                        a += m[at + row * LANES + lane];
                    }
                    m[scratch + lane] = a;
                }
            }
            float sum = FloatFold.tree(m, scratch);
            total = first == 0 ? sum : total + sum;
        }
        return total;
    }

    /// [#overSamples] for each of 16 members in the lanes: samples stand one after the other,
    /// `rows` of 16 each. `scratch` has 256 elements.
    public static void overRows(
            float[] m, int x, int sampleRows, int[] rows, int count, int scratch, int y) {
        for (int p = 0; p < LANES; p += VL) {
            for (int first = 0; first < count; first += Lanes.CHUNK_TILES * LANES) {
                int end = Math.min(count, first + Lanes.CHUNK_TILES * LANES);
                FloatVector zero = FloatVector.zero(S);
                if (end - first == LANES && rows.length == 1) {
                    int at = x + (first * sampleRows + rows[0]) * LANES + p;
                    FloatVector sum = sixteen(m, at, sampleRows * LANES);
                    (first == 0 ? sum : FloatVector.fromArray(S, m, y + p).add(sum))
                            .intoArray(m, y + p);
                    continue;
                }
                for (int lane = 0; lane < LANES; lane++) {
                    FloatVector a = zero;
                    for (int sample = first + lane; sample < end; sample += LANES) {
                        int at = x + sample * sampleRows * LANES + p;
                        for (int row : rows) {
                            a = a.add(FloatVector.fromArray(S, m, at + row * LANES));
                        }
                    }
                    a.intoArray(m, scratch + lane * LANES + p);
                }
                for (int half = LANES / 2; half >= 1; half /= 2) {
                    for (int lane = 0; lane < half; lane++) {
                        int at = scratch + lane * LANES + p;
                        FloatVector.fromArray(S, m, at)
                                .add(FloatVector.fromArray(S, m, at + half * LANES))
                                .intoArray(m, at);
                    }
                }
                FloatVector sum = FloatVector.fromArray(S, m, scratch + p);
                (first == 0 ? sum : FloatVector.fromArray(S, m, y + p).add(sum))
                        .intoArray(m, y + p);
            }
        }
    }

    /// The tree over 16 samples of one row each.
    private static FloatVector sixteen(float[] m, int x, int step) {
        FloatVector even = pair(m, x, step).add(pair(m, x + 4 * step, step));
        even = even.add(pair(m, x + 2 * step, step).add(pair(m, x + 6 * step, step)));
        FloatVector odd = pair(m, x + step, step).add(pair(m, x + 5 * step, step));
        odd = odd.add(pair(m, x + 3 * step, step).add(pair(m, x + 7 * step, step)));
        return even.add(odd);
    }

    /// The sum of the chains, each from +0, of a sample and the eighth after it.
    private static FloatVector pair(float[] m, int x, int step) {
        FloatVector zero = FloatVector.zero(S);
        return zero.add(FloatVector.fromArray(S, m, x))
                .add(zero.add(FloatVector.fromArray(S, m, x + 8 * step)));
    }

    /// For one tile, the sum over the rows listed into one row of 16 samples at y: virtual lane =
    /// position in the list mod 16, then the tree. `scratch` has 256 elements.
    public static void perSample(float[] m, int x, int[] rows, int scratch, int y) {
        if (rows.length % LANES == 0) {
            for (int p = 0; p < LANES; p += VL) {
                chains(m, x + p, rows, scratch, y + p);
            }
            return;
        }
        for (int p = 0; p < LANES; p += VL + BESIDE) {
            for (int lane = 0; lane < LANES; lane++) {
                FloatVector sum = FloatVector.zero(S);
                FloatVector beside = sum;
                for (int i = lane; i < rows.length; i += LANES) {
                    int at = (x + rows[i] * LANES + p) & PLACE;
                    sum = sum.add(FloatVector.fromArray(S, m, at));
                    beside = beside.add(FloatVector.fromArray(S, m, at + BESIDE));
                }
                int at = (scratch + lane * LANES + p) & PLACE;
                sum.intoArray(m, at);
                beside.intoArray(m, at + BESIDE);
            }
        }
        tree(m, LANES, scratch, y);
    }

    /// The tree over 16 virtual lanes of `n` elements each, into n elements at y.
    private static void tree(float[] m, int n, int scratch, int y) {
        int from = scratch & PLACE;
        for (int half = LANES / 2; half >= 1; half /= 2) {
            int to = (half == 1 ? y : scratch) & PLACE;
            for (int i = 0; i < ((half * n) & PLACE); i += VL) {
                FloatVector.fromArray(S, m, from + i)
                        .add(FloatVector.fromArray(S, m, from + half * n + i))
                        .intoArray(m, to + i);
            }
        }
    }

    /// [#perSample] where each virtual lane has as many rows: half of the lanes at a time.
    private static void chains(float[] m, int x, int[] rows, int scratch, int y) {
        for (int lane = 0; lane < LANES; lane += 8) {
            FloatVector a = FloatVector.zero(S);
            FloatVector b = a;
            FloatVector c = a;
            FloatVector d = a;
            FloatVector e = a;
            FloatVector f = a;
            FloatVector g = a;
            FloatVector h = a;
            for (int i = lane; i < rows.length; i += LANES) {
                a = a.add(FloatVector.fromArray(S, m, (x + rows[i] * LANES) & PLACE));
                b = b.add(FloatVector.fromArray(S, m, (x + rows[i + 1] * LANES) & PLACE));
                c = c.add(FloatVector.fromArray(S, m, (x + rows[i + 2] * LANES) & PLACE));
                d = d.add(FloatVector.fromArray(S, m, (x + rows[i + 3] * LANES) & PLACE));
                e = e.add(FloatVector.fromArray(S, m, (x + rows[i + 4] * LANES) & PLACE));
                f = f.add(FloatVector.fromArray(S, m, (x + rows[i + 5] * LANES) & PLACE));
                g = g.add(FloatVector.fromArray(S, m, (x + rows[i + 6] * LANES) & PLACE));
                h = h.add(FloatVector.fromArray(S, m, (x + rows[i + 7] * LANES) & PLACE));
            }
            if (lane == 0) {
                a.intoArray(m, scratch);
                b.intoArray(m, scratch + LANES);
                c.intoArray(m, scratch + 2 * LANES);
                d.intoArray(m, scratch + 3 * LANES);
                e.intoArray(m, scratch + 4 * LANES);
                f.intoArray(m, scratch + 5 * LANES);
                g.intoArray(m, scratch + 6 * LANES);
                h.intoArray(m, scratch + 7 * LANES);
                continue;
            }
            a = FloatVector.fromArray(S, m, scratch).add(a);
            b = FloatVector.fromArray(S, m, scratch + LANES).add(b);
            c = FloatVector.fromArray(S, m, scratch + 2 * LANES).add(c);
            d = FloatVector.fromArray(S, m, scratch + 3 * LANES).add(d);
            a = a.add(FloatVector.fromArray(S, m, scratch + 4 * LANES).add(e));
            b = b.add(FloatVector.fromArray(S, m, scratch + 5 * LANES).add(f));
            c = c.add(FloatVector.fromArray(S, m, scratch + 6 * LANES).add(g));
            d = d.add(FloatVector.fromArray(S, m, scratch + 7 * LANES).add(h));
            a.add(c).add(b.add(d)).intoArray(m, y);
        }
    }

    /// Elements of scratch that [#perSampleBeside] takes.
    public static int scratchBeside() {
        return LANES * BESIDE_RESULTS * LANES;
    }

    /// [#perSample] for [#BESIDE_RESULTS] results at once, into rows that follow each other: the
    /// rows listed are those of the first, and each other's are one further.
    public static void perSampleBeside(float[] m, int x, int[] rows, int scratch, int y) {
        for (int lane = 0; lane < LANES; lane++) {
            for (int p = 0; p < LANES; p += VL) {
                FloatVector a = FloatVector.zero(S);
                FloatVector b = a;
                FloatVector c = a;
                FloatVector d = a;
                FloatVector e = a;
                FloatVector f = a;
                FloatVector g = a;
                FloatVector h = a;
                for (int i = lane; i < rows.length; i += LANES) {
                    int at = (x + p + rows[i] * LANES) & PLACE;
                    a = a.add(FloatVector.fromArray(S, m, at));
                    b = b.add(FloatVector.fromArray(S, m, at + LANES));
                    c = c.add(FloatVector.fromArray(S, m, at + 2 * LANES));
                    d = d.add(FloatVector.fromArray(S, m, at + 3 * LANES));
                    e = e.add(FloatVector.fromArray(S, m, at + 4 * LANES));
                    f = f.add(FloatVector.fromArray(S, m, at + 5 * LANES));
                    g = g.add(FloatVector.fromArray(S, m, at + 6 * LANES));
                    h = h.add(FloatVector.fromArray(S, m, at + 7 * LANES));
                }
                int to = (scratch + lane * BESIDE_RESULTS * LANES + p) & PLACE;
                a.intoArray(m, to);
                b.intoArray(m, to + LANES);
                c.intoArray(m, to + 2 * LANES);
                d.intoArray(m, to + 3 * LANES);
                e.intoArray(m, to + 4 * LANES);
                f.intoArray(m, to + 5 * LANES);
                g.intoArray(m, to + 6 * LANES);
                h.intoArray(m, to + 7 * LANES);
            }
        }
        tree(m, BESIDE_RESULTS * LANES, scratch, y);
    }

    /// The sum of the elements listed: lane = position mod 16, then the tree. `scratch` has 16
    /// elements.
    public static float fixed(float[] m, int x, int[] elements, int scratch) {
        Arrays.fill(m, scratch, scratch + LANES, 0);
        for (int i = 0; i < elements.length; i++) {
            m[scratch + i % LANES] += m[x + elements[i]];
        }
        return FloatFold.tree(m, scratch);
    }

    /// One-hot of the first largest of `n` rows, for each of 16 samples; all zero where all are
    /// NaN.
    public static void firstMax(float[] m, int x, int n, int y) {
        FloatVector zero = FloatVector.zero(S);
        FloatVector one = FloatVector.broadcast(S, 1);
        for (int p = 0; p < LANES; p += VL) {
            int at = (x + p) & PLACE;
            FloatVector best = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
            FloatVector where = FloatVector.broadcast(S, -1);
            FloatVector best1 = best;
            FloatVector where1 = where;
            int half = n / 2;
            for (int i = 0; i < half; i++) {
                FloatVector v = FloatVector.fromArray(S, m, at + i * LANES);
                VectorMask<Float> more = v.compare(GT, best);
                best = best.blend(v, more);
                where = where.blend(i, more);
                v = FloatVector.fromArray(S, m, at + (half + i) * LANES);
                more = v.compare(GT, best1);
                best1 = best1.blend(v, more);
                where1 = where1.blend(half + i, more);
            }
            VectorMask<Float> later = best1.compare(GT, best);
            best = best.blend(best1, later);
            where = where.blend(where1, later);
            for (int i = 2 * half; i < n; i++) {
                FloatVector v = FloatVector.fromArray(S, m, at + i * LANES);
                VectorMask<Float> more = v.compare(GT, best);
                best = best.blend(v, more);
                where = where.blend(i, more);
            }
            if (where.compare(LT, 0f).anyTrue()) {
                where = firstLeast(m, x + p, n, where);
            }
            for (int i = 0; i < n; i++) {
                zero.blend(one, where.compare(EQ, (float) i))
                        .intoArray(m, ((y + p) & PLACE) + i * LANES);
            }
        }
    }

    /// Where nothing exceeds −∞: the first row that equals it, if any does.
    private static FloatVector firstLeast(float[] m, int x, int n, FloatVector where) {
        FloatVector found = where;
        for (int i = n - 1; i >= 0; i--) {
            VectorMask<Float> here =
                    FloatVector.fromArray(S, m, x + i * LANES)
                            .compare(EQ, Float.NEGATIVE_INFINITY)
                            .and(where.compare(LT, 0f));
            found = found.blend(i, here);
        }
        return found;
    }

    /// Means over windows of `size × size` of `planes` images of h × w: additions in row-major
    /// order, then times 1/size².
    public static void pool(float[] m, int x, int planes, int h, int w, int size, int y) {
        float scale = (float) 1 / (size * size);
        for (int c = 0; c < planes * (h / size); c++) {
            for (int j = 0; j < w; j += size) {
                for (int p = 0; p < LANES; p += VL) {
                    FloatVector sum = FloatVector.zero(S);
                    for (int dy = 0; dy < size; dy++) {
                        int at = x + ((c * size + dy) * w + j) * LANES + p;
                        for (int dx = 0; dx < size; dx++) {
                            FloatVector v = FloatVector.fromArray(S, m, at + dx * LANES);
                            sum = dy + dx == 0 ? v : sum.add(v);
                        }
                    }
                    sum.mul(scale).intoArray(m, y + p);
                }
                y += LANES;
            }
        }
    }

    /// The adjoint of [#pool]: each element of `planes` images of h × w, times 1/size², over its
    /// window.
    public static void spread(float[] m, int x, int planes, int h, int w, int size, int y) {
        float scale = (float) 1 / (size * size);
        for (int c = 0; c < planes * h; c++) {
            for (int j = 0; j < w; j++) {
                for (int p = 0; p < LANES; p += VL) {
                    FloatVector v = FloatVector.fromArray(S, m, x + p).mul(scale);
                    for (int dy = 0; dy < size; dy++) {
                        int at = y + ((c * size + dy) * w * size + j * size) * LANES + p;
                        for (int dx = 0; dx < size; dx++) {
                            v.intoArray(m, at + dx * LANES);
                        }
                    }
                }
                x += LANES;
            }
        }
    }
}
