package org.phasezoo.study.gaussian;

import org.phasezoo.random.Draws;

/// The mean cross-entropy of 10 classes, logits A x with A of independent N(0, 1/d), entry (c, i)
/// at draw c d + i; example j is of class j mod 10.
final class SoftmaxHead {
    private static final int CLASSES = 10;

    private SoftmaxHead() {}

    /// The loss's gradient in x, whose d columns are the examples.
    static double[] gradient(double[] x, int d, Draws draws) {
        double[] a = new double[CLASSES * d];
        for (int i = 0; i < a.length; i++) {
            a[i] = draws.normal(i) / Math.sqrt(d);
        }
        double[] logits = new double[CLASSES * d];
        Product.into(a, x, CLASSES, d, d, logits);
        for (int j = 0; j < d; j++) {
            double most = logits[j];
            for (int c = 1; c < CLASSES; c++) {
                most = Math.max(most, logits[c * d + j]);
            }
            double sum = 0;
            for (int c = 0; c < CLASSES; c++) {
                logits[c * d + j] = StrictMath.exp(logits[c * d + j] - most);
                sum += logits[c * d + j];
            }
            for (int c = 0; c < CLASSES; c++) {
                logits[c * d + j] = (logits[c * d + j] / sum - (c == j % CLASSES ? 1 : 0)) / d;
            }
        }
        double[] gradient = new double[d * d];
        Product.transposedInto(a, logits, d, CLASSES, d, gradient);
        return gradient;
    }
}
