package org.phasezoo.study.gaussian;

/// Batch normalisation of one layer: each row of a d × d matrix divided by its root mean square,
/// after subtracting its mean where it is centred.
final class BatchNorm {
    private final int d;
    private final boolean centred;

    private final double[] h;

    /// What each row was multiplied by.
    final double[] scale;

    /// @param h rows, normalised in place
    BatchNorm(double[] h, int d, boolean centred) {
        this.h = h;
        this.d = d;
        this.centred = centred;
        this.scale = new double[d];
        for (int i = 0; i < d; i++) {
            scale[i] = normalise(i);
        }
    }

    private double normalise(int row) {
        double mean = 0;
        for (int j = 0; j < d && centred; j++) {
            mean += h[row * d + j] / d;
        }
        double squares = 0;
        for (int j = 0; j < d; j++) {
            h[row * d + j] -= mean;
            squares += h[row * d + j] * h[row * d + j];
        }
        double factor = 1 / Math.sqrt(squares / d);
        for (int j = 0; j < d; j++) {
            h[row * d + j] *= factor;
        }
        return factor;
    }

    /// From the gradient in φ(gain · h) to that in the rows before they were normalised, in place.
    void backward(double[] gradient, Activation activation, double gain) {
        for (int i = 0; i < d; i++) {
            double mean = 0;
            double along = 0;
            for (int j = i * d; j < (i + 1) * d; j++) {
                gradient[j] *= gain * activation.slope(gain * h[j]);
                mean += centred ? gradient[j] / d : 0;
                along += gradient[j] * h[j] / d;
            }
            for (int j = i * d; j < (i + 1) * d; j++) {
                gradient[j] = scale[i] * (gradient[j] - mean - along * h[j]);
            }
        }
    }
}
