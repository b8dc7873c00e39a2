package org.phasezoo.study.dynamics;

/// The power of embeddings of the residues of p by frequency: Σ over dimensions of |Σ_a e_a exp(2πi
/// k a/p)|², k = 1 … (p − 1)/2.
final class FourierPower {
    private FourierPower() {}

    /// The share of the three strongest frequencies.
    ///
    /// @param embeddings (p, dimension) from 0 on, more may follow
    static double share(double[] embeddings, int p, int dimension) {
        double[] power = new double[(p - 1) / 2];
        double all = 0;
        for (int k = 1; k <= power.length; k++) {
            for (int j = 0; j < dimension; j++) {
                double re = 0;
                double im = 0;
                for (int a = 0; a < p; a++) {
                    double angle = 2 * StrictMath.PI * (k * a % p) / p;
                    re += embeddings[a * dimension + j] * StrictMath.cos(angle);
                    im += embeddings[a * dimension + j] * StrictMath.sin(angle);
                }
                power[k - 1] += re * re + im * im;
            }
            all += power[k - 1];
        }
        java.util.Arrays.sort(power);
        int n = power.length;
        return (power[n - 1] + power[n - 2] + power[n - 3]) / all;
    }
}
