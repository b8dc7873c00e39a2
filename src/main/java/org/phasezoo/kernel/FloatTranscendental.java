package org.phasezoo.kernel;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.D2F;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.F2D;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;
import static org.phasezoo.kernel.Lanes.PLACE;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// exp, log, tanh, erf, sin and cos of single precision out of + − × ÷ and fused multiply-add
/// alone, so that every machine gives the same bits; at most 2 units in the last place from the
/// exact value. Loops over `n` elements, a multiple of 16. (The double twin, which calls the
/// exactly specified `StrictMath`, is [DoubleTranscendental].)
final class FloatTranscendental {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;
    private static final int VL = S.length();

    /// 1.5 · 2²³: adding and subtracting it rounds to an integer.
    private static final float ROUND = 12582912f;

    /// Its bits; those of its sum with a small integer lie that integer higher.
    private static final int ROUND_BITS = 0x4B400000;

    private static final float LOG2_E = 1.4426950408889634f;
    private static final float LN2_HIGH = 0.693359375f;
    private static final float LN2_LOW = -2.12194440e-4f;
    private static final float EXP_LEAST = -104f;
    private static final float EXP_MOST = 89f;
    private static final float SQRT_HALF = 0.70710678f;
    private static final float TWO_TO_25 = 33554432f;
    private static final float TANH_ONE = 10f;
    private static final float TANH_FAR = 65536f;
    private static final float ERF_SMALL = 0.95f;
    private static final float ERF_ONE = 4f;

    private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;

    /// 1.5 · 2⁵².
    private static final double ROUND_DOUBLE = 6755399441055744.0;

    private static final double TWO_OVER_PI = 0.6366197723675814;

    /// π/2 to 33 bits, and the rest.
    private static final double HALF_PI_HIGH = 1.5707963267341256;

    private static final double HALF_PI_LOW = 6.077100506506192e-11;
    private static final float WAVE_MOST = 0x1p20f;

    private FloatTranscendental() {}

    static void exp(float[] m, int a, int y, int n) {
        for (int i = 0; i < (n & PLACE); i += VL) {
            exp(FloatVector.fromArray(S, m, (a & PLACE) + i)).intoArray(m, (y & PLACE) + i);
        }
    }

    static void log(float[] m, int a, int y, int n) {
        for (int i = 0; i < (n & PLACE); i += VL) {
            log(FloatVector.fromArray(S, m, (a & PLACE) + i)).intoArray(m, (y & PLACE) + i);
        }
    }

    static void tanh(float[] m, int a, int y, int n) {
        for (int i = 0; i < (n & PLACE); i += VL) {
            tanh(FloatVector.fromArray(S, m, (a & PLACE) + i)).intoArray(m, (y & PLACE) + i);
        }
    }

    static void erf(float[] m, int a, int y, int n) {
        for (int i = 0; i < (n & PLACE); i += VL) {
            erf(FloatVector.fromArray(S, m, (a & PLACE) + i)).intoArray(m, (y & PLACE) + i);
        }
    }

    /// exp(x) = 2ᵏ · exp(r), k the nearest integer to x/ln 2, exp(r) by its series to r⁷. Two
    /// factors make 2ᵏ, so that subnormal results round once. What underflows to 0 is 0 without
    /// such products: processors take long over them.
    private static FloatVector exp(FloatVector x) {
        VectorMask<Float> gone = x.compare(LE, EXP_LEAST);
        FloatVector y = exponential(x.min(EXP_MOST).blend(FloatVector.zero(S), gone));
        return y.blend(FloatVector.zero(S), gone);
    }

    /// exp(x) for −104 < x ≤ 89.
    private static FloatVector exponential(FloatVector x) {
        FloatVector rounded =
                x.fma(FloatVector.broadcast(S, LOG2_E), FloatVector.broadcast(S, ROUND));
        FloatVector k = rounded.sub(ROUND);
        FloatVector r = k.fma(FloatVector.broadcast(S, -LN2_HIGH), x);
        r = k.fma(FloatVector.broadcast(S, -LN2_LOW), r);
        FloatVector p =
                r.fma(FloatVector.broadcast(S, 1f / 5040), FloatVector.broadcast(S, 1f / 720));
        p = p.fma(r, FloatVector.broadcast(S, 1f / 120));
        p = p.fma(r, FloatVector.broadcast(S, 1f / 24));
        p = p.fma(r, FloatVector.broadcast(S, 1f / 6));
        p = p.fma(r, FloatVector.broadcast(S, .5f));
        p = p.mul(r).fma(r, r).add(1);
        IntVector whole = rounded.reinterpretAsInts().sub(ROUND_BITS);
        IntVector half = whole.lanewise(ASHR, 1);
        FloatVector first = half.add(127).lanewise(LSHL, 23).reinterpretAsFloats();
        FloatVector second = whole.sub(half).add(127).lanewise(LSHL, 23).reinterpretAsFloats();
        return p.mul(first).mul(second);
    }

    /// log(x) = e·ln 2 + log(1 + f) with 1 + f in [√½, √2), log(1 + f) by the series of s = f/(2 +
    /// f).
    private static FloatVector log(FloatVector x) {
        VectorMask<Float> small = x.compare(LT, Float.MIN_NORMAL);
        FloatVector scaled = x.blend(x.mul(TWO_TO_25), small);
        IntVector bits = scaled.reinterpretAsInts();
        IntVector exponent = bits.lanewise(LSHR, 23).sub(126);
        FloatVector e = (FloatVector) exponent.convertShape(I2F, S, 0);
        e = e.blend(e.sub(25), small);
        FloatVector f = bits.and(0x007FFFFF).or(0x3F000000).reinterpretAsFloats();
        VectorMask<Float> low = f.compare(LT, SQRT_HALF);
        e = e.blend(e.sub(1), low);
        f = f.blend(f.add(f), low).sub(1);
        FloatVector y = logarithm(e, f);
        y = y.blend(Float.POSITIVE_INFINITY, x.compare(EQ, Float.POSITIVE_INFINITY));
        y = y.blend(Float.NEGATIVE_INFINITY, x.compare(EQ, 0f));
        return y.blend(Float.NaN, x.compare(LT, 0f).or(x.compare(NE, x)));
    }

    /// e·ln 2 + log(1 + f).
    private static FloatVector logarithm(FloatVector e, FloatVector f) {
        FloatVector s = f.div(f.add(2));
        FloatVector z = s.mul(s);
        FloatVector r = z.fma(FloatVector.broadcast(S, 2f / 11), FloatVector.broadcast(S, 2f / 9));
        r = r.fma(z, FloatVector.broadcast(S, 2f / 7));
        r = r.fma(z, FloatVector.broadcast(S, 2f / 5));
        r = r.fma(z, FloatVector.broadcast(S, 2f / 3)).mul(z);
        FloatVector half = f.mul(f).mul(.5f);
        FloatVector tail = s.fma(half.add(r), e.mul(LN2_LOW)).sub(half).add(f);
        return e.fma(FloatVector.broadcast(S, LN2_HIGH), tail);
    }

    /// E / (E + 2) with E = exp(2|x|) − 1; the sign put back.
    private static FloatVector tanh(FloatVector x) {
        FloatVector size = x.abs().min(TANH_ONE);
        FloatVector y = quotient(exponentialLessOne(size.add(size)));
        return y.reinterpretAsInts()
                .or(x.reinterpretAsInts().and(Integer.MIN_VALUE))
                .reinterpretAsFloats();
    }

    /// exp(z) − 1 = 2ᵏ · (exp(r) − 1) + (2ᵏ − 1) for 0 ≤ z ≤ 20, k the nearest integer to z/ln 2,
    /// exp(r) − 1 by its series to r⁷.
    private static FloatVector exponentialLessOne(FloatVector z) {
        FloatVector rounded =
                z.fma(FloatVector.broadcast(S, LOG2_E), FloatVector.broadcast(S, ROUND));
        FloatVector k = rounded.sub(ROUND);
        FloatVector r = k.fma(FloatVector.broadcast(S, -LN2_HIGH), z);
        r = k.fma(FloatVector.broadcast(S, -LN2_LOW), r);
        FloatVector p =
                r.fma(FloatVector.broadcast(S, 1f / 5040), FloatVector.broadcast(S, 1f / 720));
        p = p.fma(r, FloatVector.broadcast(S, 1f / 120));
        p = p.fma(r, FloatVector.broadcast(S, 1f / 24));
        p = p.fma(r, FloatVector.broadcast(S, 1f / 6));
        p = p.fma(r, FloatVector.broadcast(S, .5f));
        p = p.mul(r).fma(r, r);
        IntVector whole = rounded.reinterpretAsInts().sub(ROUND_BITS);
        FloatVector power = whole.add(127).lanewise(LSHL, 23).reinterpretAsFloats();
        return p.fma(power, power.sub(1));
    }

    /// e / (e + 2). What the sum and the quotient lose is added back, with 1/(e + 2) = (1 − e / (e
    /// + 2)) / 2, up to e = 2¹⁶.
    private static FloatVector quotient(FloatVector e) {
        FloatVector d = e.add(2);
        FloatVector q = e.div(d);
        FloatVector two = d.sub(e);
        FloatVector lost = e.sub(d.sub(two)).add(FloatVector.broadcast(S, 2).sub(two));
        FloatVector rest = q.neg().fma(d, e).sub(q.mul(lost));
        FloatVector share =
                one().sub(q).mul(.5f).blend(FloatVector.zero(S), e.compare(GE, TANH_FAR));
        return rest.fma(share, q);
    }

    /// Near 0 by a polynomial in x², then 1 − exp(−x²) · q((x − 2)/(x + 2)); polynomials by
    /// interpolation at Chebyshev points (largest relative error 7 · 10⁻¹⁰ and 2 · 10⁻⁹).
    private static FloatVector erf(FloatVector x) {
        FloatVector size = x.abs();
        FloatVector z = x.mul(x);
        FloatVector p =
                z.fma(
                        FloatVector.broadcast(S, 8.204169676e-5f),
                        FloatVector.broadcast(S, -0.0008102915561f));
        p = p.fma(z, FloatVector.broadcast(S, 0.005197487227f));
        p = p.fma(z, FloatVector.broadcast(S, -0.02685795906f));
        p = p.fma(z, FloatVector.broadcast(S, 0.1128366947f));
        p = p.fma(z, FloatVector.broadcast(S, -0.3761263205f));
        FloatVector near = p.fma(z, FloatVector.broadcast(S, 0.128379167f)).fma(x, x);
        FloatVector clamped = size.min(ERF_ONE);
        FloatVector far = one().sub(complement(clamped));
        far = far.blend(far.neg(), x.compare(LT, 0f));
        return near.blend(far, size.compare(GE, ERF_SMALL));
    }

    private static FloatVector complement(FloatVector x) {
        FloatVector t = x.sub(2).div(x.add(2));
        FloatVector q =
                t.fma(
                        FloatVector.broadcast(S, -0.0009452850238f),
                        FloatVector.broadcast(S, -0.000837274981f));
        q = q.fma(t, FloatVector.broadcast(S, 0.006995130362f));
        q = q.fma(t, FloatVector.broadcast(S, 0.003732251403f));
        q = q.fma(t, FloatVector.broadcast(S, -0.07897854304f));
        q = q.fma(t, FloatVector.broadcast(S, 0.2416582068f));
        q = q.fma(t, FloatVector.broadcast(S, -0.4271858473f));
        q = q.fma(t, FloatVector.broadcast(S, 0.2553956763f));
        return exponential(x.mul(x).neg()).mul(q);
    }

    private static FloatVector one() {
        return FloatVector.broadcast(S, 1);
    }

    static void sin(float[] m, int a, int y, int n) {
        for (int i = 0; i < n; i += VL) {
            wave(m, a + i, 0, y + i);
        }
    }

    static void cos(float[] m, int a, int y, int n) {
        for (int i = 0; i < n; i += VL) {
            wave(m, a + i, 1, y + i);
        }
    }

    /// sin(x + quarters · π/2). Computed in double precision and rounded once: k the nearest
    /// integer to x · 2/π, r = x − k · π/2 in two parts, then the series of sin r to r¹¹ or of cos
    /// r to r¹⁰. Beyond 2²⁰ (and where x is not finite) `StrictMath`.
    private static void wave(float[] m, int a, int quarters, int y) {
        FloatVector x = FloatVector.fromArray(S, m, a);
        IntVector low =
                wave((DoubleVector) x.convertShape(F2D, D, 0), quarters)
                        .convertShape(D2F, S, 0)
                        .reinterpretAsInts();
        IntVector high =
                wave((DoubleVector) x.convertShape(F2D, D, 1), quarters)
                        .convertShape(D2F, S, -1)
                        .reinterpretAsInts();
        VectorMask<Float> near = x.abs().compare(LE, WAVE_MOST);
        FloatVector found = low.or(high).reinterpretAsFloats();
        if (near.allTrue()) {
            found.intoArray(m, y);
            return;
        }
        for (int lane = 0; lane < VL; lane++) {
            float argument = x.lane(lane);
            m[y + lane] =
                    near.laneIsSet(lane)
                            ? found.lane(lane)
                            : (float)
                                    (quarters == 0
                                            ? StrictMath.sin(argument)
                                            : StrictMath.cos(argument));
        }
    }

    private static DoubleVector wave(DoubleVector x, int quarters) {
        DoubleVector t =
                x.fma(
                        DoubleVector.broadcast(D, TWO_OVER_PI),
                        DoubleVector.broadcast(D, ROUND_DOUBLE));
        DoubleVector k = t.sub(ROUND_DOUBLE);
        LongVector quarter = t.reinterpretAsLongs().add(quarters);
        DoubleVector r = k.fma(DoubleVector.broadcast(D, -HALF_PI_HIGH), x);
        r = k.fma(DoubleVector.broadcast(D, -HALF_PI_LOW), r);
        DoubleVector z = r.mul(r);
        DoubleVector sin = sineSeries(z).mul(z).fma(r, r);
        DoubleVector cos = cosineSeries(z).fma(z, DoubleVector.broadcast(D, 1));
        VectorMask<Double> odd = quarter.and(1).compare(NE, 0).cast(D);
        VectorMask<Double> down = quarter.and(2).compare(NE, 0).cast(D);
        DoubleVector y = sin.blend(cos, odd);
        return y.blend(y.neg(), down);
    }

    private static DoubleVector sineSeries(DoubleVector z) {
        return z.fma(
                        DoubleVector.broadcast(D, -1.0 / 39916800),
                        DoubleVector.broadcast(D, 1.0 / 362880))
                .fma(z, DoubleVector.broadcast(D, -1.0 / 5040))
                .fma(z, DoubleVector.broadcast(D, 1.0 / 120))
                .fma(z, DoubleVector.broadcast(D, -1.0 / 6));
    }

    private static DoubleVector cosineSeries(DoubleVector z) {
        return z.fma(
                        DoubleVector.broadcast(D, -1.0 / 3628800),
                        DoubleVector.broadcast(D, 1.0 / 40320))
                .fma(z, DoubleVector.broadcast(D, -1.0 / 720))
                .fma(z, DoubleVector.broadcast(D, 1.0 / 24))
                .fma(z, DoubleVector.broadcast(D, -.5));
    }
}
