package org.phasezoo.engine;

/// Numbers of one precision, held as doubles.
record Arithmetic(boolean single) {
    double round(double x) {
        return single ? (float) x : x;
    }

    double fma(double a, double b, double c) {
        return single ? Math.fma((float) a, (float) b, (float) c) : Math.fma(a, b, c);
    }

    /// The sum of 16 lanes, folded 8-4-2-1 in place.
    double tree(double[] lanes) {
        for (int half = 8; half >= 1; half /= 2) {
            for (int i = 0; i < half; i++) {
                lanes[i] = round(lanes[i] + lanes[i + half]);
            }
        }
        return lanes[0];
    }
}
