package org.phasezoo.study.particle;

/// An entropy-regularised zero-sum game of two laws on n places of the circle.
///
/// *Definition*: L(µ, ν) = Σ µ K ν + τ KL(µ | uniform) − τ KL(ν | uniform); µ minimises, ν
/// maximises. The best response to ν is µ ∝ exp(−Kν/τ), that to µ is ν ∝ exp(µK/τ). The error of
/// Nikaidô and Isoda, max_ν' L(µ, ν') − min_µ' L(µ', ν), is τ (KL(µ | best response) + KL(ν | best
/// response)), which is how it is computed: without cancellation, and not below 1e-18. Without
/// entropy it is max (µK) − min (Kν).
final class TorusGame {
    final int places;
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

    /// ∝ exp(−u/τ).
    static double[] gibbs(double[] u, double temperature) {
        double low = Double.POSITIVE_INFINITY;
        for (double v : u) {
            low = Math.min(low, v);
        }
        double[] law = new double[u.length];
        for (int i = 0; i < u.length; i++) {
            law[i] = StrictMath.exp((low - u[i]) / temperature);
        }
        return normalised(law);
    }

    static double[] normalised(double[] law) {
        double sum = 0;
        for (double p : law) {
            sum += p;
        }
        for (int i = 0; i < law.length; i++) {
            law[i] /= sum;
        }
        return law;
    }

    double[] response(boolean first, double[] othersMoments, double temperature) {
        return gibbs(onPlaces(potential(first, othersMoments)), temperature);
    }

    double error(double[] mu, double[] nu, double temperature) {
        double error =
                temperature
                        * (divergence(mu, response(true, moments(nu), temperature))
                                + divergence(nu, response(false, moments(mu), temperature)));
        return Math.max(error, 1e-18);
    }

    private static double divergence(double[] p, double[] q) {
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            // p log(p/q) − p + q: no term is negative
            sum +=
                    p[i] > 0
                            ? p[i] * StrictMath.log(p[i] / Math.max(q[i], 1e-300)) - p[i] + q[i]
                            : q[i];
        }
        return Math.max(sum, 0);
    }

    double unregularisedError(double[] mu, double[] nu) {
        double most = Double.NEGATIVE_INFINITY;
        double least = Double.POSITIVE_INFINITY;
        double[] u = onPlaces(potential(true, moments(nu)));
        double[] v = onPlaces(potential(false, moments(mu)));
        for (int i = 0; i < places; i++) {
            least = Math.min(least, u[i]);
            most = Math.max(most, -v[i]);
        }
        return most - least;
    }

    /// The equilibrium, by steps of a fiftieth towards the best responses until they move by less
    /// than 1e-13, at most 20,000. Its error says whether it was reached.
    double[][] equilibrium(double temperature) {
        double[] mu = uniform();
        double[] nu = uniform();
        for (int round = 0; round < 20_000; round++) {
            double[] a = response(true, moments(nu), temperature);
            double[] b = response(false, moments(mu), temperature);
            if (mix(mu, a, .02) + mix(nu, b, .02) < 1e-13) {
                break;
            }
        }
        return new double[][] {mu, nu};
    }

    double[] uniform() {
        double[] law = new double[places];
        java.util.Arrays.fill(law, 1.0 / places);
        return law;
    }

    /// Moves `law` by a share of the way to `target`; how far it went, in L¹.
    static double mix(double[] law, double[] target, double share) {
        double moved = 0;
        for (int i = 0; i < law.length; i++) {
            double change = share * (target[i] - law[i]);
            law[i] += change;
            moved += Math.abs(change);
        }
        return moved;
    }

    static double distance(double[] p, double[] q) {
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            sum += Math.abs(p[i] - q[i]);
        }
        return sum;
    }

    /// One implicit step of ∂µ = ∇·(µ∇u) + τ Δµ on the circle, with Scharfetter and Gummel's
    /// fluxes: laws stay laws, and exp(−u/τ) stands still, whatever the step.
    ///
    /// *Source*: Scharfetter, Gummel, IEEE Transactions on Electron Devices 16 (1969) 64–77.
    void flow(double[] law, double[] u, double temperature, double time) {
        int n = places;
        double width = 2 * StrictMath.PI / n;
        double scale = time * temperature / (width * width);
        double[] lower = new double[n];
        double[] diagonal = new double[n];
        double[] upper = new double[n];
        java.util.Arrays.fill(diagonal, 1);
        for (int i = 0; i < n; i++) {
            int next = i + 1 == n ? 0 : i + 1;
            double delta = (u[next] - u[i]) / temperature;
            double out = scale * bernoulli(delta);
            double back = scale * bernoulli(-delta);
            diagonal[i] += out;
            upper[i] -= back;
            diagonal[next] += back;
            lower[next] -= out;
        }
        solveCyclic(lower, diagonal, upper, law);
        for (int i = 0; i < n; i++) {
            law[i] = Math.max(law[i], 0);
        }
        normalised(law);
    }

    private static double bernoulli(double z) {
        return Math.abs(z) < 1e-8 ? 1 - z / 2 : z / StrictMath.expm1(z);
    }

    /// Thomas' elimination with Sherman and Morrison's correction for the two corners.
    static void solveCyclic(double[] lower, double[] diagonal, double[] upper, double[] b) {
        int n = b.length;
        double corner = -diagonal[0];
        double bottom = upper[n - 1];
        double top = lower[0];
        double[] d = diagonal.clone();
        d[0] -= corner;
        d[n - 1] -= bottom * top / corner;
        double[] z = new double[n];
        z[0] = corner;
        z[n - 1] = bottom;
        double[] ratio = new double[n];
        for (int i = 0; i < n; i++) {
            double pivot = i == 0 ? d[0] : d[i] - lower[i] * ratio[i - 1];
            ratio[i] = i + 1 < n ? upper[i] / pivot : 0;
            b[i] = (b[i] - (i == 0 ? 0 : lower[i] * b[i - 1])) / pivot;
            z[i] = (z[i] - (i == 0 ? 0 : lower[i] * z[i - 1])) / pivot;
        }
        for (int i = n - 2; i >= 0; i--) {
            b[i] -= ratio[i] * b[i + 1];
            z[i] -= ratio[i] * z[i + 1];
        }
        double factor = (b[0] + top * b[n - 1] / corner) / (1 + z[0] + top * z[n - 1] / corner);
        for (int i = 0; i < n; i++) {
            b[i] -= factor * z[i];
        }
    }

    /// A random smooth law: ∝ exp(2 Σ g_k φ_k) over the features but the constant.
    double[] drawn(org.phasezoo.random.Draws draws, long index) {
        double[] potential = new double[Payoff.FEATURES];
        for (int k = 1; k < potential.length; k++) {
            potential[k] = -2 * draws.normal(index + k);
        }
        return gibbs(onPlaces(potential), 1);
    }
}
