package org.phasezoo.kernel;

/// exp, log, tanh, erf, sin and cos of double precision: `StrictMath`, whose results Java specifies
/// exactly, and [ErrorFunction].
final class DoubleTranscendental {
    private DoubleTranscendental() {}

    static void exp(double[] m, int a, int y, int n) {
        for (int i = 0; i < n; i++) {
            m[y + i] = StrictMath.exp(m[a + i]);
        }
    }

    static void log(double[] m, int a, int y, int n) {
        for (int i = 0; i < n; i++) {
            m[y + i] = StrictMath.log(m[a + i]);
        }
    }

    static void tanh(double[] m, int a, int y, int n) {
        for (int i = 0; i < n; i++) {
            m[y + i] = StrictMath.tanh(m[a + i]);
        }
    }

    static void erf(double[] m, int a, int y, int n) {
        for (int i = 0; i < n; i++) {
            m[y + i] = ErrorFunction.erf(m[a + i]);
        }
    }

    static void sin(double[] m, int a, int y, int n) {
        for (int i = 0; i < n; i++) {
            m[y + i] = StrictMath.sin(m[a + i]);
        }
    }

    static void cos(double[] m, int a, int y, int n) {
        for (int i = 0; i < n; i++) {
            m[y + i] = StrictMath.cos(m[a + i]);
        }
    }
}
