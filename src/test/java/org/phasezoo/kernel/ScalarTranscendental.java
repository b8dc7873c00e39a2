package org.phasezoo.kernel;

/// The scalar definition of the single-precision exp, log, tanh, erf, sin and cos: one element, one
/// rounding a line.
public final class ScalarTranscendental {
    private ScalarTranscendental() {}

    public static float exp(float argument) {
        float x = Math.max(Math.min(argument, 89f), -104f);
        float k = Math.fma(x, 1.4426950408889634f, 12582912f) - 12582912f;
        float r = Math.fma(k, -0.693359375f, x);
        r = Math.fma(k, 2.12194440e-4f, r);
        float p = Math.fma(r, 1f / 5040, 1f / 720);
        p = Math.fma(p, r, 1f / 120);
        p = Math.fma(p, r, 1f / 24);
        p = Math.fma(p, r, 1f / 6);
        p = Math.fma(p, r, .5f);
        p = Math.fma(p * r, r, r) + 1;
        int whole = (int) k;
        int half = whole >> 1;
        return p
                * Float.intBitsToFloat(half + 127 << 23)
                * Float.intBitsToFloat(whole - half + 127 << 23);
    }

    public static float log(float x) {
        if (Float.isNaN(x) || x < 0) {
            return Float.NaN;
        }
        if (x == 0 || x == Float.POSITIVE_INFINITY) {
            return x == 0 ? Float.NEGATIVE_INFINITY : x;
        }
        boolean small = x < Float.MIN_NORMAL;
        int bits = Float.floatToRawIntBits(small ? x * 33554432f : x);
        float e = (bits >>> 23) - 126;
        e = small ? e - 25 : e;
        float f = Float.intBitsToFloat(bits & 0x007FFFFF | 0x3F000000);
        if (f < 0.70710678f) {
            e -= 1;
            f += f;
        }
        f -= 1;
        float s = f / (f + 2);
        float z = s * s;
        float r = Math.fma(z, 2f / 11, 2f / 9);
        r = Math.fma(r, z, 2f / 7);
        r = Math.fma(r, z, 2f / 5);
        r = Math.fma(r, z, 2f / 3) * z;
        float half = f * f * .5f;
        float tail = Math.fma(s, half + r, e * -2.12194440e-4f) - half + f;
        return Math.fma(e, 0.693359375f, tail);
    }

    public static float tanh(float x) {
        float size = Math.min(Math.abs(x), 10f);
        float z = size + size;
        float k = Math.fma(z, 1.4426950408889634f, 12582912f) - 12582912f;
        float r = Math.fma(k, -0.693359375f, z);
        r = Math.fma(k, 2.12194440e-4f, r);
        float p = Math.fma(r, 1f / 5040, 1f / 720);
        for (float c : new float[] {1f / 120, 1f / 24, 1f / 6, .5f}) {
            p = Math.fma(p, r, c);
        }
        p = Math.fma(p * r, r, r);
        float power = Float.intBitsToFloat((int) k + 127 << 23);
        float e = Math.fma(p, power, power - 1);
        float d = e + 2;
        float q = e / d;
        float two = d - e;
        float lost = (e - (d - two)) + (2 - two);
        float rest = Math.fma(-q, d, e) - q * lost;
        return Math.copySign(Math.fma(rest, e >= 65536 ? 0 : (1 - q) * .5f, q), x);
    }

    public static float erf(float x) {
        float size = Math.abs(x);
        if (size >= .95f) {
            float clamped = Math.min(size, 4f);
            float t = (clamped - 2) / (clamped + 2);
            float q = Math.fma(t, -0.0009452850238f, -0.000837274981f);
            for (float c :
                    new float[] {
                        0.006995130362f,
                        0.003732251403f,
                        -0.07897854304f,
                        0.2416582068f,
                        -0.4271858473f,
                        0.2553956763f
                    }) {
                q = Math.fma(q, t, c);
            }
            float far = 1 - exp(-(clamped * clamped)) * q;
            return x < 0 ? -far : far;
        }
        float z = x * x;
        float p = Math.fma(z, 8.204169676e-5f, -0.0008102915561f);
        for (float c :
                new float[] {
                    0.005197487227f, -0.02685795906f, 0.1128366947f, -0.3761263205f, 0.128379167f
                }) {
            p = Math.fma(p, z, c);
        }
        return Math.fma(p, x, x);
    }

    public static float sin(float x) {
        return Math.abs(x) <= 0x1p20f ? wave(x, 0) : (float) StrictMath.sin(x);
    }

    public static float cos(float x) {
        return Math.abs(x) <= 0x1p20f ? wave(x, 1) : (float) StrictMath.cos(x);
    }

    private static float wave(double x, int quarters) {
        double t = Math.fma(x, 0.6366197723675814, 6755399441055744.0);
        double k = t - 6755399441055744.0;
        long quarter = Math.floorMod((long) k + quarters, 4L);
        double r = Math.fma(k, -1.5707963267341256, x);
        r = Math.fma(k, -6.077100506506192e-11, r);
        double z = r * r;
        double y;
        if (quarter % 2 == 0) {
            y = -1.0 / 39916800;
            for (double c : new double[] {1.0 / 362880, -1.0 / 5040, 1.0 / 120, -1.0 / 6}) {
                y = Math.fma(y, z, c);
            }
            y = Math.fma(y * z, r, r);
        } else {
            y = -1.0 / 3628800;
            for (double c : new double[] {1.0 / 40320, -1.0 / 720, 1.0 / 24, -.5, 1}) {
                y = Math.fma(y, z, c);
            }
        }
        return (float) (quarter >= 2 ? -y : y);
    }
}
