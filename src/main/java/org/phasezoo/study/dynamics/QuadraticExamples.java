package org.phasezoo.study.dynamics;

/// Examples of y = (β · x)²/2.
///
/// @param inputs x, `(n, D)`
/// @param targets y, `(n)`
/// @param power ⟨y²⟩
record QuadraticExamples(double[] inputs, double[] targets, double power) {
    static QuadraticExamples of(double[] x, double[] beta) {
        double[] y = new double[x.length / beta.length];
        double power = 0;
        for (int e = 0; e < y.length; e++) {
            double dot = 0;
            for (int i = 0; i < beta.length; i++) {
                dot += beta[i] * x[e * beta.length + i];
            }
            y[e] = dot * dot / 2;
            power += y[e] * y[e] / y.length;
        }
        return new QuadraticExamples(x, y, power);
    }
}
