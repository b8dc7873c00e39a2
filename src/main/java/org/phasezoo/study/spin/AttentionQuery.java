package org.phasezoo.study.spin;

import org.phasezoo.random.Draws;

/// What one query of [ModernHopfield] gives; NaN where a quantity does not count.
///
/// @param failedFirst 1 where the retrieval has failed after one update, else 0
/// @param failed the same after all updates
/// @param logError log of |ξ¹ − x_i| in radii, not below log 1e-17
/// @param participation exp of the entropy of the attention at the end
/// @param energyChange the largest change of the energy by an update
/// @param boundExcess log(|ξ¹ − x_i|/bound), where the bound exceeds 1e-12 radii
/// @param margin β times the query's own margin, where the error is 1e-13 to .1 radii
record AttentionQuery(
        double failedFirst,
        double failed,
        double logError,
        double participation,
        double energyChange,
        double boundExcess,
        double margin) {
    /// Query number `query`, about pattern `query` mod N.
    static AttentionQuery of(ModernHopfield study, AttentionMemory memory, int query, Draws draws) {
        int target = query % study.patterns();
        double beta = study.inverseTemperature();
        double length = study.length();
        double[] x = memory.pattern(target);
        double[] xi = x.clone();
        for (int k = 0; k < xi.length; k++) {
            xi[k] += study.noise() * draws.normal(((long) query << 8) + k);
        }
        double away = distance(xi, x);
        double[] p = new double[study.patterns()];
        double energy = memory.attend(xi, p);
        double margin = beta * memory.margin(xi, target);
        double largest = Double.NEGATIVE_INFINITY;
        double error = 0;
        boolean first = false;
        for (int update = 0; update < study.updates(); update++) {
            xi = memory.mean(p);
            double next = memory.attend(xi, p);
            largest = Math.max(largest, next - energy);
            energy = next;
            if (update == 0) {
                error = distance(xi, x);
                first = failed(p, target, error, length);
            }
        }
        double settled = distance(xi, x);
        double exponent = memory.margin(x, target) - 2 * length * Math.max(away, settled);
        double bound = 2 * (study.patterns() - 1) * length * StrictMath.exp(-beta * exponent);
        return new AttentionQuery(
                first ? 1 : 0,
                failed(p, target, settled, length) ? 1 : 0,
                StrictMath.log(Math.max(error / length, 1e-17)),
                AttentionMemory.participation(p),
                largest,
                bound > 1e-12 * length && bound < Double.POSITIVE_INFINITY
                        ? StrictMath.log(Math.max(error, 1e-300)) - StrictMath.log(bound)
                        : Double.NaN,
                error > 1e-13 * length && error < .1 * length ? margin : Double.NaN);
    }

    private static boolean failed(double[] p, int target, double error, double length) {
        int best = 0;
        for (int j = 1; j < p.length; j++) {
            best = p[j] > p[best] ? j : best;
        }
        return best != target || error >= .1 * length;
    }

    private static double distance(double[] a, double[] b) {
        double squares = 0;
        for (int k = 0; k < a.length; k++) {
            squares += (a[k] - b[k]) * (a[k] - b[k]);
        }
        return Math.sqrt(squares);
    }
}
