package org.phasezoo.study.particle;

import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;

/// Small regression problems on the line, inputs in ascending order in [−1, 1].
public enum UnivariateData {
    /// y = |x| at −1, −.5, .5, 1
    TENT,
    /// (−1, .5), (−.3, −.5), (.4, .6), (1, −.3)
    ZIGZAG,
    /// six inputs from U(−1, 1), drawn again until neighbours are .15 apart, targets from U(−1, 1)
    RANDOM;

    private static final int DRAWN = 6;
    private static final double GAP = .15;

    boolean drawn() {
        return this == RANDOM;
    }

    int size() {
        return drawn() ? DRAWN : 4;
    }

    /// Inputs (row 0) and targets (row 1); draw i of attempt k has index 6k + i, target i index 2³²
    /// + i.
    double[][] points(Key key) {
        return switch (this) {
            case TENT -> new double[][] {{-1, -.5, .5, 1}, {1, .5, .5, 1}};
            case ZIGZAG -> new double[][] {{-1, -.3, .4, 1}, {.5, -.5, .6, -.3}};
            case RANDOM -> random(new Draws(key));
        };
    }

    private static double[][] random(Draws draws) {
        double[] x = new double[DRAWN];
        long attempt = 0;
        do {
            for (int i = 0; i < DRAWN; i++) {
                x[i] = 2 * draws.uniform(attempt * DRAWN + i) - 1;
            }
            java.util.Arrays.sort(x);
            attempt++;
        } while (closest(x) < GAP);
        double[] y = new double[DRAWN];
        for (int i = 0; i < DRAWN; i++) {
            y[i] = 2 * draws.uniform((1L << 32) + i) - 1;
        }
        return new double[][] {x, y};
    }

    private static double closest(double[] sorted) {
        double closest = Double.POSITIVE_INFINITY;
        for (int i = 1; i < sorted.length; i++) {
            closest = Math.min(closest, sorted[i] - sorted[i - 1]);
        }
        return closest;
    }
}
