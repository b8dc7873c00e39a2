package org.phasezoo.study.particle;

import org.phasezoo.random.Draws;

/// An entropy-regularised zero-sum game of two laws on n places of the circle.
///
/// *Definition*: L(µ, ν) = Σ µ K ν + τ KL(µ | uniform) − τ KL(ν | uniform); µ minimises, ν
/// maximises. The best response to ν is µ ∝ exp(−Kν/τ), that to µ is ν ∝ exp(µK/τ). The error of
/// Nikaidô and Isoda, max_ν' L(µ, ν') − min_µ' L(µ', ν), is τ (KL(µ | best response) + KL(ν | best
/// response)), which is how it is computed: without cancellation, and not below 1e-18. Without
/// entropy it is max (µK) − min (Kν).
final class TorusGame {
    private final int places;
    private final double[][] feature;
    private final double[] c;

    TorusGame(int places, double[] coefficients) {
        this.places = places;
        this.c = coefficients;
        this.feature = new double[places][Payoff.FEATURES];
        for (int i = 0; i < places; i++) {
            Payoff.features(2 * StrictMath.PI * i / places, feature[i]);
        }
    }

    /// The mean features of a law.
    double[] moments(double[] law) {
        double[] m = new double[Payoff.FEATURES];
        for (int i = 0; i < places; i++) {
            for (int k = 0; k < m.length; k++) {
                m[k] += law[i] * feature[i][k];
            }
        }
        return m;
    }

    /// The coefficients of the potential that a player descends, given the other's moments: Kν for
    /// the first, −µK for the second.
    double[] potential(boolean first, double[] moments) {
        int f = Payoff.FEATURES;
        double[] p = new double[f];
        for (int k = 0; k < f; k++) {
            for (int l = 0; l < f; l++) {
                p[k] += first ? c[k * f + l] * moments[l] : -c[l * f + k] * moments[l];
            }
        }
        return p;
    }

    /// A potential on the places.
    double[] onPlaces(double[] potential) {
        double[] u = new double[places];
        for (int i = 0; i < places; i++) {
            for (int k = 0; k < potential.length; k++) {
                u[i] += potential[k] * feature[i][k];
            }
        }
        return u;
    }

    /// On the places, the potential that each player descends given the other's law.
    Players potentials(Players laws) {
        return new Players(
                onPlaces(potential(true, moments(laws.second()))),
                onPlaces(potential(false, moments(laws.first()))));
    }

    /// The best responses to laws of these moments.
    Players responses(Players moments, double temperature) {
        return new Players(
                Laws.gibbs(onPlaces(potential(true, moments.second())), temperature),
                Laws.gibbs(onPlaces(potential(false, moments.first())), temperature));
    }

    Players moments(Players laws) {
        return new Players(moments(laws.first()), moments(laws.second()));
    }

    double error(Players laws, double temperature) {
        Players best = responses(moments(laws), temperature);
        double error =
                temperature
                        * (Laws.divergence(laws.first(), best.first())
                                + Laws.divergence(laws.second(), best.second()));
        return Math.max(error, 1e-18);
    }

    double unregularisedError(Players laws) {
        double most = Double.NEGATIVE_INFINITY;
        double least = Double.POSITIVE_INFINITY;
        Players potentials = potentials(laws);
        for (int i = 0; i < places; i++) {
            least = Math.min(least, potentials.first()[i]);
            most = Math.max(most, -potentials.second()[i]);
        }
        return most - least;
    }

    /// The equilibrium, by steps of a fiftieth towards the best responses until they move by less
    /// than 1e-13, at most 20,000. Its error says whether it was reached.
    Players equilibrium(double temperature) {
        Players laws = new Players(Laws.uniform(places), Laws.uniform(places));
        for (int round = 0; round < 20_000; round++) {
            if (laws.mix(responses(moments(laws), temperature), .02) < 1e-13) {
                break;
            }
        }
        return laws;
    }

    /// Random smooth laws: ∝ exp(2 Σ g_k φ_k) over the features but the constant, g_k the draw at
    /// index + k, for the second 2³² later.
    Players drawn(Draws draws, long index) {
        return new Players(smooth(draws, index), smooth(draws, (1L << 32) + index));
    }

    private double[] smooth(Draws draws, long index) {
        double[] potential = new double[Payoff.FEATURES];
        for (int k = 1; k < potential.length; k++) {
            potential[k] = -2 * draws.normal(index + k);
        }
        return Laws.gibbs(onPlaces(potential), 1);
    }
}
