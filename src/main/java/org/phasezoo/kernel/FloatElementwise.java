package org.phasezoo.kernel;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Element-wise loops over `n` elements, a multiple of 16, of one array: operands at offsets `a`
/// and `b`, result at `y`. The result may be an operand; it may not overlap one otherwise.
public final class FloatElementwise {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int VL = S.length();

    private FloatElementwise() {}

    public static void add(float[] m, int a, int b, int y, int n) {
        for (int i = 0; i < n; i += VL) {
            FloatVector.fromArray(S, m, a + i)
                    .add(FloatVector.fromArray(S, m, b + i))
                    .intoArray(m, y + i);
        }
    }

    public static void subtract(float[] m, int a, int b, int y, int n) {
        for (int i = 0; i < n; i += VL) {
            FloatVector.fromArray(S, m, a + i)
                    .sub(FloatVector.fromArray(S, m, b + i))
                    .intoArray(m, y + i);
        }
    }

    public static void multiply(float[] m, int a, int b, int y, int n) {
        for (int i = 0; i < n; i += VL) {
            FloatVector.fromArray(S, m, a + i)
                    .mul(FloatVector.fromArray(S, m, b + i))
                    .intoArray(m, y + i);
        }
    }

    public static void divide(float[] m, int a, int b, int y, int n) {
        for (int i = 0; i < n; i += VL) {
            FloatVector.fromArray(S, m, a + i)
                    .div(FloatVector.fromArray(S, m, b + i))
                    .intoArray(m, y + i);
        }
    }

    /// The smaller of two, as `Math.min`: NaN if either is.
    public static void minimum(float[] m, int a, int b, int y, int n) {
        for (int i = 0; i < n; i += VL) {
            FloatVector.fromArray(S, m, a + i)
                    .min(FloatVector.fromArray(S, m, b + i))
                    .intoArray(m, y + i);
        }
    }

    /// 1 where a ≤ b, else 0.
    public static void atMost(float[] m, int a, int b, int y, int n) {
        FloatVector zero = FloatVector.zero(S);
        FloatVector one = FloatVector.broadcast(S, 1);
        for (int i = 0; i < n; i += VL) {
            var mask =
                    FloatVector.fromArray(S, m, a + i)
                            .compare(LE, FloatVector.fromArray(S, m, b + i));
            zero.blend(one, mask).intoArray(m, y + i);
        }
    }

    public static void negate(float[] m, int a, int y, int n) {
        for (int i = 0; i < n; i += VL) {
            FloatVector.fromArray(S, m, a + i).neg().intoArray(m, y + i);
        }
    }

    public static void sqrt(float[] m, int a, int y, int n) {
        for (int i = 0; i < n; i += VL) {
            FloatVector.fromArray(S, m, a + i).sqrt().intoArray(m, y + i);
        }
    }

    /// x where x > 0, else slope · x; with slope 0 the larger of x and +0, as `Math.max`.
    public static void relu(float[] m, int a, float slope, int y, int n) {
        FloatVector zero = FloatVector.zero(S);
        if (slope == 0) {
            for (int i = 0; i < n; i += VL) {
                FloatVector.fromArray(S, m, a + i).max(zero).intoArray(m, y + i);
            }
            return;
        }
        for (int i = 0; i < n; i += VL) {
            FloatVector x = FloatVector.fromArray(S, m, a + i);
            x.mul(slope).blend(x, x.compare(GT, zero)).intoArray(m, y + i);
        }
    }

    /// 1 where x > 0, else slope.
    public static void reluSlope(float[] m, int a, float slope, int y, int n) {
        FloatVector zero = FloatVector.zero(S);
        FloatVector one = FloatVector.broadcast(S, 1);
        FloatVector low = FloatVector.broadcast(S, slope);
        for (int i = 0; i < n; i += VL) {
            low.blend(one, FloatVector.fromArray(S, m, a + i).compare(GT, zero))
                    .intoArray(m, y + i);
        }
    }

    public static void exp(float[] m, int a, int y, int n) {
        FloatTranscendental.exp(m, a, y, n);
    }

    public static void log(float[] m, int a, int y, int n) {
        FloatTranscendental.log(m, a, y, n);
    }

    public static void tanh(float[] m, int a, int y, int n) {
        FloatTranscendental.tanh(m, a, y, n);
    }

    public static void erf(float[] m, int a, int y, int n) {
        FloatTranscendental.erf(m, a, y, n);
    }

    public static void sin(float[] m, int a, int y, int n) {
        FloatTranscendental.sin(m, a, y, n);
    }

    public static void cos(float[] m, int a, int y, int n) {
        FloatTranscendental.cos(m, a, y, n);
    }

    /// a where b is not 0 (NaN is not), else +0.
    public static void where(float[] m, int a, int b, int y, int n) {
        FloatVector zero = FloatVector.zero(S);
        for (int i = 0; i < n; i += VL) {
            var mask = FloatVector.fromArray(S, m, b + i).compare(NE, zero);
            zero.blend(FloatVector.fromArray(S, m, a + i), mask).intoArray(m, y + i);
        }
    }

    public static void fill(float[] m, float value, int y, int n) {
        FloatVector v = FloatVector.broadcast(S, value);
        for (int i = 0; i < n; i += VL) {
            v.intoArray(m, y + i);
        }
    }

    /// y[16·r + lane] = m[x + map[(first + r) mod map.length]] for each of `rows` rows: values of a
    /// fixed array repeated over samples.
    public static void repeat(float[] m, int x, int[] map, int first, int rows, int y) {
        int inner = first % map.length;
        for (int r = 0; r < rows; r++) {
            FloatVector v = FloatVector.broadcast(S, m[x + map[inner]]);
            for (int p = 0; p < Lanes.LANES; p += VL) {
                v.intoArray(m, y + r * Lanes.LANES + p);
            }
            inner = inner + 1 == map.length ? 0 : inner + 1;
        }
    }

    /// As [#repeat], where x itself has sample lanes: `sourceRows` rows of 16 a tile.
    public static void repeatLanes(
            float[] m, int x, int sourceRows, int[] map, int first, int rows, int y) {
        int tile = first / map.length;
        int inner = first % map.length;
        for (int r = 0; r < rows; r++) {
            int from = x + (tile * sourceRows + map[inner]) * Lanes.LANES;
            for (int p = 0; p < Lanes.LANES; p += VL) {
                FloatVector.fromArray(S, m, from + p).intoArray(m, y + r * Lanes.LANES + p);
            }
            if (++inner == map.length) {
                inner = 0;
                tile++;
            }
        }
    }

    /// y[i] = m[x + map[first + i]] for i below n and below the map's end: values of a fixed array
    /// repeated in a fixed array.
    public static void repeatFixed(float[] m, int x, int[] map, int first, int n, int y) {
        int end = Math.min(n, map.length - first);
        for (int i = 0; i < end; i++) {
            m[y + i] = m[x + map[first + i]];
        }
    }
}
