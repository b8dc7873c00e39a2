package org.phasezoo.kernel;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.NE;
import static org.phasezoo.kernel.Lanes.PLACE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Element-wise loops over `n` elements, a multiple of 16, of one array: operands at offsets `a`
/// and `b`, result at `y`. The result may be an operand; it may not overlap one otherwise.
public final class FloatElementwise {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int VL = S.length();

    private FloatElementwise() {}

    private static FloatVector load(float[] m, int at, int i) {
        return FloatVector.fromArray(S, m, (at & PLACE) + i);
    }

    public static void add(float[] m, int a, int b, int y, int n) {
        for (int i = 0; i < (n & PLACE); i += VL) {
            load(m, a, i).add(load(m, b, i)).intoArray(m, (y & PLACE) + i);
        }
    }

    public static void subtract(float[] m, int a, int b, int y, int n) {
        for (int i = 0; i < (n & PLACE); i += VL) {
            load(m, a, i).sub(load(m, b, i)).intoArray(m, (y & PLACE) + i);
        }
    }

    public static void multiply(float[] m, int a, int b, int y, int n) {
        for (int i = 0; i < (n & PLACE); i += VL) {
            load(m, a, i).mul(load(m, b, i)).intoArray(m, (y & PLACE) + i);
        }
    }

    public static void divide(float[] m, int a, int b, int y, int n) {
        for (int i = 0; i < (n & PLACE); i += VL) {
            load(m, a, i).div(load(m, b, i)).intoArray(m, (y & PLACE) + i);
        }
    }

    /// The smaller of two, as `Math.min`: NaN if either is.
    public static void minimum(float[] m, int a, int b, int y, int n) {
        for (int i = 0; i < (n & PLACE); i += VL) {
            load(m, a, i).min(load(m, b, i)).intoArray(m, (y & PLACE) + i);
        }
    }

    /// 1 where a ≤ b, else 0.
    public static void atMost(float[] m, int a, int b, int y, int n) {
        FloatVector zero = FloatVector.zero(S);
        FloatVector one = FloatVector.broadcast(S, 1);
        for (int i = 0; i < (n & PLACE); i += VL) {
            var mask = load(m, a, i).compare(LE, load(m, b, i));
            zero.blend(one, mask).intoArray(m, (y & PLACE) + i);
        }
    }

    public static void negate(float[] m, int a, int y, int n) {
        for (int i = 0; i < (n & PLACE); i += VL) {
            load(m, a, i).neg().intoArray(m, (y & PLACE) + i);
        }
    }

    public static void sqrt(float[] m, int a, int y, int n) {
        for (int i = 0; i < (n & PLACE); i += VL) {
            load(m, a, i).sqrt().intoArray(m, (y & PLACE) + i);
        }
    }

    /// x where x > 0, else slope · x; with slope 0 the larger of x and +0, as `Math.max`.
    public static void relu(float[] m, int a, float slope, int y, int n) {
        FloatVector zero = FloatVector.zero(S);
        if (slope == 0) {
            for (int i = 0; i < (n & PLACE); i += VL) {
                load(m, a, i).max(zero).intoArray(m, (y & PLACE) + i);
            }
            return;
        }
        for (int i = 0; i < (n & PLACE); i += VL) {
            FloatVector x = load(m, a, i);
            x.mul(slope).blend(x, x.compare(GT, zero)).intoArray(m, (y & PLACE) + i);
        }
    }

    /// 1 where x > 0, else slope.
    public static void reluSlope(float[] m, int a, float slope, int y, int n) {
        FloatVector zero = FloatVector.zero(S);
        FloatVector one = FloatVector.broadcast(S, 1);
        FloatVector low = FloatVector.broadcast(S, slope);
        for (int i = 0; i < (n & PLACE); i += VL) {
            low.blend(one, load(m, a, i).compare(GT, zero)).intoArray(m, (y & PLACE) + i);
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
        for (int i = 0; i < (n & PLACE); i += VL) {
            var mask = load(m, b, i).compare(NE, zero);
            zero.blend(load(m, a, i), mask).intoArray(m, (y & PLACE) + i);
        }
    }

    public static void fill(float[] m, float value, int y, int n) {
        FloatVector v = FloatVector.broadcast(S, value);
        for (int i = 0; i < (n & PLACE); i += VL) {
            v.intoArray(m, (y & PLACE) + i);
        }
    }

    /// a + value.
    public static void shift(float[] m, int a, float value, int y, int n) {
        for (int i = 0; i < (n & PLACE); i += VL) {
            load(m, a, i).add(value).intoArray(m, (y & PLACE) + i);
        }
    }

    /// The larger of a + value and +0.
    public static void shiftRelu(float[] m, int a, float value, int y, int n) {
        FloatVector zero = FloatVector.zero(S);
        for (int i = 0; i < (n & PLACE); i += VL) {
            load(m, a, i).add(value).max(zero).intoArray(m, (y & PLACE) + i);
        }
    }

    /// The larger of a + b and +0.
    static void addRelu(float[] m, int a, int b, int y, int n) {
        FloatVector zero = FloatVector.zero(S);
        for (int i = 0; i < (n & PLACE); i += VL) {
            load(m, a, i).add(load(m, b, i)).max(zero).intoArray(m, (y & PLACE) + i);
        }
    }

    /// a · scale.
    public static void scale(float[] m, int a, float scale, int y, int n) {
        for (int i = 0; i < (n & PLACE); i += VL) {
            load(m, a, i).mul(scale).intoArray(m, (y & PLACE) + i);
        }
    }

    /// a · scale + b, rounded twice.
    public static void scaleAdd(float[] m, int a, float scale, int b, int y, int n) {
        for (int i = 0; i < (n & PLACE); i += VL) {
            load(m, a, i).mul(scale).add(load(m, b, i)).intoArray(m, (y & PLACE) + i);
        }
    }

    /// b − a · scale, rounded twice.
    public static void subtractScaled(float[] m, int a, float scale, int b, int y, int n) {
        for (int i = 0; i < (n & PLACE); i += VL) {
            load(m, b, i).sub(load(m, a, i).mul(scale)).intoArray(m, (y & PLACE) + i);
        }
    }

    /// b · (1 where a > 0, else slope).
    public static void multiplySlope(float[] m, int a, float slope, int b, int y, int n) {
        FloatVector zero = FloatVector.zero(S);
        FloatVector one = FloatVector.broadcast(S, 1);
        FloatVector low = FloatVector.broadcast(S, slope);
        for (int i = 0; i < (n & PLACE); i += VL) {
            low.blend(one, load(m, a, i).compare(GT, zero))
                    .mul(load(m, b, i))
                    .intoArray(m, (y & PLACE) + i);
        }
    }
}
