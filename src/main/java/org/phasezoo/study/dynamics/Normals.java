package org.phasezoo.study.dynamics;

import org.phasezoo.random.Draws;

/// Blocks of normal draws.
final class Normals {
    private Normals() {}

    /// `scale` times the n standard normal draws at block · 2³² on.
    static double[] of(Draws draws, long block, int n, double scale) {
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = scale * draws.normal((block << 32) + i);
        }
        return values;
    }
}
