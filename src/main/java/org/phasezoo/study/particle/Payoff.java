package org.phasezoo.study.particle;

import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;

/// Zero-sum games on the circle whose payoff K(x, y) is a trigonometric polynomial of degree 3 in
/// each place.
public enum Payoff {
    /// Σ_{k,l ≤ 3} g_kl φ_k(x) φ_l(y)/(1 + k + l) over the products of sines and cosines but the
    /// constant one, with standard normal g
    RANDOM,
    /// cos(x − y): the players chase each other round the circle
    ROTATION;

    /// 1, cos x, sin x, cos 2x, sin 2x, cos 3x, sin 3x
    static final int FEATURES = 7;

    /// The coefficients, row-major in (x, y), times `coupling`.
    double[] coefficients(double coupling, Key key) {
        double[] c = new double[FEATURES * FEATURES];
        if (this == ROTATION) {
            c[FEATURES + 1] = coupling;
            c[2 * FEATURES + 2] = coupling;
            return c;
        }
        Draws draws = new Draws(key);
        for (int i = 1; i < c.length; i++) {
            int k = (i / FEATURES + 1) / 2;
            int l = (i % FEATURES + 1) / 2;
            c[i] = coupling * draws.normal(i) / (1 + k + l);
        }
        return c;
    }

    /// The game with this payoff times `coupling`.
    TorusGame game(int places, double coupling, Key key) {
        return new TorusGame(places, coefficients(coupling, key));
    }

    /// The features at a place.
    static void features(double x, double[] into) {
        double cos = StrictMath.cos(x);
        double sin = StrictMath.sin(x);
        into[0] = 1;
        into[1] = cos;
        into[2] = sin;
        for (int k = 3; k < FEATURES; k += 2) {
            into[k] = into[k - 2] * cos - into[k - 1] * sin;
            into[k + 1] = into[k - 1] * cos + into[k - 2] * sin;
        }
    }
}
