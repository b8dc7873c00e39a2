package org.phasezoo.study.gaussian;

import java.util.ArrayList;
import java.util.List;
import org.phasezoo.random.Draws;
import org.phasezoo.study.Saved;

/// A finite net in the parametrisation of [NeuralTangent], one input a row.
///
/// *Draws*: weight (l, i, j) at index (4096 l + i) 4096 + j, bias (l, i) at index (4096 l + i) 4096
/// + 4095.
public final class NtkPerceptron {
    private final Activation activation;
    private final int width;
    private final List<NtkLayer> layers = new ArrayList<>();
    private double[][] before = {};

    /// @param weights rows `weight0` … and `bias0` …, written in place
    NtkPerceptron(NtkCircle study, Saved weights) {
        this.activation = study.activation();
        this.width = study.width();
        int last = study.layers() - 1;
        for (int l = 0; l <= last; l++) {
            layers.add(
                    new NtkLayer(
                            l == last ? 1 : width,
                            l == 0 ? 2 : width,
                            study.bias(),
                            weights.row("weight" + l),
                            weights.row("bias" + l)));
        }
    }

    /// Rows for the weights of a net that is still to be drawn.
    static Saved undrawn(NtkCircle study) {
        Saved weights = new Saved();
        int last = study.layers() - 1;
        for (int l = 0; l <= last; l++) {
            int rows = l == last ? 1 : study.width();
            weights.with("weight" + l, new double[rows * (l == 0 ? 2 : study.width())]);
            weights.with("bias" + l, new double[rows]);
        }
        return weights;
    }

    void draw(Draws draws) {
        for (int l = 0; l < layers.size(); l++) {
            layers.get(l).draw(draws, 4096L * l);
        }
    }

    /// The outputs at angles of the unit circle, a multiple of 4 of them.
    double[] forward(double[] angles) {
        int n = angles.length;
        before = new double[layers.size()][];
        double[] x = new double[2 * n];
        for (int s = 0; s < n; s++) {
            x[2 * s] = StrictMath.cos(angles[s]);
            x[2 * s + 1] = StrictMath.sin(angles[s]);
        }
        double gain = Math.sqrt(NeuralTangent.gain(activation));
        for (int l = 0; l < layers.size(); l++) {
            before[l] = layers.get(l).forward(x, n);
            if (l + 1 < layers.size()) {
                x = new double[n * width];
                for (int i = 0; i < n * width; i++) {
                    x[i] = gain * activation.of(before[l][i]);
                }
            }
        }
        return before[layers.size() - 1].clone();
    }

    /// Each layer's derivatives of each output in the pre-activations of its own row.
    private void backward(int n) {
        double[] delta = new double[n];
        java.util.Arrays.fill(delta, 1);
        double gain = Math.sqrt(NeuralTangent.gain(activation));
        for (int l = layers.size() - 1; l >= 0; l--) {
            delta = layers.get(l).backward(delta, n);
            for (int i = 0; l > 0 && i < delta.length; i++) {
                delta[i] *= gain * activation.slope(before[l - 1][i]);
            }
        }
    }

    /// One step of gradient descent on Σ r²/(2N), r = f − y; the residuals before it.
    double[] descend(double[] angles, double[] targets, double rate) {
        double[] residual = forward(angles);
        for (int s = 0; s < residual.length; s++) {
            residual[s] -= targets[s];
        }
        backward(residual.length);
        for (NtkLayer layer : layers) {
            layer.descend(residual, rate);
        }
        return residual;
    }

    /// The empirical kernel between the first angle and each: Σ_l δ·δ' ((1 − β²)/n a·a' + β²).
    double[] kernel(double[] angles) {
        forward(angles);
        backward(angles.length);
        double[] kernel = new double[angles.length];
        for (int s = 0; s < kernel.length; s++) {
            for (NtkLayer layer : layers) {
                kernel[s] += layer.kernel(s);
            }
        }
        return kernel;
    }
}
