package org.phasezoo.study.weightspace;

/// The rescaling of the average of two nets.
///
/// *Source*: Jordan, Sedghi, Saukh, Entezari and Neyshabur, "REPAIR: renormalizing permuted
/// activations for interpolation repair", 2023.
final class Repair {
    private Repair() {}

    /// The average of two nets with each hidden unit rescaled, layer after layer, so that its mean
    /// and deviation over the inputs, before the rectifier, are the averages of its two parents'. A
    /// unit that does not vary is only shifted.
    static DenseWeights repaired(DenseWeights a, DenseWeights b, double[] inputs) {
        DenseWeights merged = a.towards(b, .5);
        double[] x = inputs;
        double[] y = inputs;
        double[] z = inputs;
        for (int layer = 0; layer < a.layers() - 1; layer++) {
            int n = a.out(layer);
            x = a.preactivations(layer, x);
            y = b.preactivations(layer, y);
            z = merged.preactivations(layer, z);
            double[][] first = moments(x, n);
            double[][] second = moments(y, n);
            double[][] own = moments(z, n);
            double[] scale = new double[n];
            double[] shift = new double[n];
            for (int i = 0; i < n; i++) {
                scale[i] = own[1][i] > 0 ? (first[1][i] + second[1][i]) / 2 / own[1][i] : 1;
                shift[i] = (first[0][i] + second[0][i]) / 2 - scale[i] * own[0][i];
            }
            merged = merged.rescaled(layer, scale, shift);
            for (int i = 0; i < z.length; i++) {
                z[i] = scale[i % n] * z[i] + shift[i % n];
            }
            x = DenseWeights.rectified(x);
            y = DenseWeights.rectified(y);
            z = DenseWeights.rectified(z);
        }
        return merged;
    }

    /// Means and deviations of the n columns.
    private static double[][] moments(double[] values, int n) {
        int rows = values.length / n;
        double[] mean = new double[n];
        double[] deviation = new double[n];
        for (int i = 0; i < values.length; i++) {
            mean[i % n] += values[i] / rows;
        }
        for (int i = 0; i < values.length; i++) {
            double d = values[i] - mean[i % n];
            deviation[i % n] += d * d / rows;
        }
        for (int i = 0; i < n; i++) {
            deviation[i] = Math.sqrt(deviation[i]);
        }
        return new double[][] {mean, deviation};
    }
}
