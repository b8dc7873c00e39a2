package org.phasezoo.study.particle;

/// Laws on finitely many places: what each has of the whole.
final class Laws {
    private Laws() {}

    static double[] uniform(int places) {
        double[] law = new double[places];
        java.util.Arrays.fill(law, 1.0 / places);
        return law;
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

    /// KL(p | q).
    static double divergence(double[] p, double[] q) {
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
}
