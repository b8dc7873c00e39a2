package org.phasezoo.study.gaussian;

import org.phasezoo.kernel.SymmetricEigen;

/// How fast a residual shrinks along the principal components of Θ on the training points, over how
/// fast it does in the limit: with p its projection, ln|p(t)/p(0)| over t ln|1 − ηλ/N|, at the
/// first t where the latter is below −1, or the last step.
final class KernelDecay {
    private final double[] values;
    private final double[] vectors;
    private final int[] order;
    private final int n;
    private final double rate;
    private final int steps;

    KernelDecay(NeuralTangent limit, double[] angles, double rate, int steps) {
        this.n = angles.length;
        this.values = limit.matrix(angles, 1);
        this.vectors = new double[n * n];
        SymmetricEigen.decompose(values, n, vectors);
        this.order = descending();
        this.rate = rate;
        this.steps = steps;
    }

    private int[] descending() {
        int[] places = new int[n];
        for (int k = 0; k < n; k++) {
            int rank = 0;
            for (int j = 0; j < n; j++) {
                double a = values[j * n + j];
                double b = values[k * n + k];
                rank += a > b || (a == b && j < k) ? 1 : 0;
            }
            places[rank] = k;
        }
        return places;
    }

    /// Notes the first components of the residual before step `step`.
    ///
    /// @param projections p(0) of each component, written at step 0
    /// @param decays written at the step of each component
    void note(double[] residual, long step, double[] projections, double[] decays) {
        for (int k = 0; k < projections.length; k++) {
            double lambda = values[order[k] * n + order[k]];
            double shrink = StrictMath.log(Math.abs(1 - rate * lambda / n));
            int at = (int) Math.min(steps - 1, Math.ceil(-1 / shrink));
            double p = 0;
            for (int s = 0; s < n; s++) {
                p += residual[s] * vectors[s * n + order[k]];
            }
            if (step == 0) {
                projections[k] = p;
            }
            if (step == at) {
                decays[k] = StrictMath.log(Math.abs(p / projections[k])) / (at * shrink);
            }
        }
    }
}
