package org.phasezoo.study.gaussian;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.random.Draws;
import org.phasezoo.study.Arrays;
import org.phasezoo.study.State;
import org.phasezoo.study.Tensor;

/// A finite net in the parametrisation of [NeuralTangent], one input a row; also what its run has found so far.
///
/// *Draws*: weight (l, i, j) at index (4096 l + i) 4096 + j, bias (l, i) at index (4096 l + i) 4096 + 4095.
public final class NtkPerceptron implements State {
    private final Activation activation;
    private final int layers;
    private final int width;
    private final double bias;
    private final double[][] weights;
    private final double[][] biases;
    private double[][] before = {};
    private double[][] after = {};
    private double[][] deltas = {};
    double[] found;
    int step;

    NtkPerceptron(NtkCircle study, double[] found) {
        this.activation = study.activation();
        this.layers = study.layers();
        this.width = study.width();
        this.bias = study.bias();
        this.found = found.clone();
        this.weights = new double[layers][];
        this.biases = new double[layers][];
        for (int l = 0; l < layers; l++) {
            weights[l] = new double[rows(l) * columns(l)];
            biases[l] = new double[rows(l)];
        }
    }

    private int rows(int l) {
        return l == layers - 1 ? 1 : width;
    }

    private int columns(int l) {
        return l == 0 ? 2 : width;
    }

    void draw(Draws draws) {
        for (int l = 0; l < layers; l++) {
            for (int i = 0; i < rows(l); i++) {
                long row = (4096L * l + i) * 4096;
                for (int j = 0; j < columns(l); j++) {
                    weights[l][i * columns(l) + j] = draws.normal(row + j);
                }
                biases[l][i] = draws.normal(row + 4095);
            }
        }
    }

    @Override
    public Arrays save() {
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("step", new Tensor.Int32(List.of(1), new int[] {step}));
        tensors.put("found", new Tensor.Float64(List.of(found.length), found.clone()));
        for (int l = 0; l < layers; l++) {
            tensors.put("weight" + l, new Tensor.Float64(List.of(weights[l].length), weights[l].clone()));
            tensors.put("bias" + l, new Tensor.Float64(List.of(biases[l].length), biases[l].clone()));
        }
        return new Arrays(tensors);
    }

    void load(Arrays saved) {
        found = doubles(saved, "found").clone();
        for (int l = 0; l < layers; l++) {
            System.arraycopy(doubles(saved, "weight" + l), 0, weights[l], 0, weights[l].length);
            System.arraycopy(doubles(saved, "bias" + l), 0, biases[l], 0, biases[l].length);
        }
        if (!(saved.get("step") instanceof Tensor.Int32(_, int[] value))) {
            throw new IllegalArgumentException("array \"step\" is not int32");
        }
        step = value[0];
    }

    private static double[] doubles(Arrays saved, String name) {
        if (saved.get(name) instanceof Tensor.Float64(_, double[] values)) {
            return values;
        }
        throw new IllegalArgumentException("array \"" + name + "\" is not float64");
    }

    /// The outputs at angles of the unit circle.
    double[] forward(double[] angles) {
        int n = angles.length;
        before = new double[layers][];
        after = new double[layers][];
        after[0] = new double[2 * n];
        for (int s = 0; s < n; s++) {
            after[0][2 * s] = StrictMath.cos(angles[s]);
            after[0][2 * s + 1] = StrictMath.sin(angles[s]);
        }
        double gain = Math.sqrt(NeuralTangent.gain(activation));
        for (int l = 0; l < layers; l++) {
            before[l] = new double[n * rows(l)];
            multiply(l, n);
            if (l + 1 < layers) {
                after[l + 1] = new double[n * width];
                for (int i = 0; i < n * width; i++) {
                    after[l + 1][i] = gain * activation.of(before[l][i]);
                }
            }
        }
        return before[layers - 1].clone();
    }

    private double scale(int l) {
        return Math.sqrt((1 - bias * bias) / columns(l));
    }

    /// Four inputs at once, each summed in index order; n is a multiple of 4.
    private void multiply(int l, int n) {
        int rows = rows(l);
        int columns = columns(l);
        double[] w = weights[l];
        double[] x = after[l];
        for (int s = 0; s < n; s += 4) {
            for (int i = 0; i < rows; i++) {
                double a = 0;
                double b = 0;
                double c = 0;
                double d = 0;
                for (int j = 0; j < columns; j++) {
                    double v = w[i * columns + j];
                    a += v * x[s * columns + j];
                    b += v * x[(s + 1) * columns + j];
                    c += v * x[(s + 2) * columns + j];
                    d += v * x[(s + 3) * columns + j];
                }
                double shift = bias * biases[l][i];
                before[l][s * rows + i] = scale(l) * a + shift;
                before[l][(s + 1) * rows + i] = scale(l) * b + shift;
                before[l][(s + 2) * rows + i] = scale(l) * c + shift;
                before[l][(s + 3) * rows + i] = scale(l) * d + shift;
            }
        }
    }

    /// The derivatives of each output in the pre-activations of its own row.
    private void backward(int n) {
        deltas = new double[layers][];
        deltas[layers - 1] = new double[n];
        java.util.Arrays.fill(deltas[layers - 1], 1);
        double gain = Math.sqrt(NeuralTangent.gain(activation));
        for (int l = layers - 1; l > 0; l--) {
            double[] d = new double[n * width];
            for (int s = 0; s < n; s++) {
                for (int i = 0; i < rows(l); i++) {
                    double g = scale(l) * deltas[l][s * rows(l) + i];
                    for (int j = 0; j < width; j++) {
                        d[s * width + j] += g * weights[l][i * width + j];
                    }
                }
            }
            for (int i = 0; i < n * width; i++) {
                d[i] *= gain * activation.slope(before[l - 1][i]);
            }
            deltas[l - 1] = d;
        }
    }

    /// One step of gradient descent on Σ r²/(2N), r = f − y; the residuals before it.
    double[] descend(double[] angles, double[] targets, double rate) {
        int n = angles.length;
        double[] residual = forward(angles);
        for (int s = 0; s < n; s++) {
            residual[s] -= targets[s];
        }
        backward(n);
        for (int l = 0; l < layers; l++) {
            int columns = columns(l);
            for (int i = 0; i < rows(l); i++) {
                for (int s = 0; s < n; s++) {
                    double g = rate * residual[s] / n * deltas[l][s * rows(l) + i];
                    biases[l][i] -= bias * g;
                    g *= scale(l);
                    for (int j = 0; j < columns; j++) {
                        weights[l][i * columns + j] -= g * after[l][s * columns + j];
                    }
                }
            }
        }
        return residual;
    }

    /// The empirical kernel between the first angle and each: Σ_l δ·δ' ((1 − β²)/n a·a' + β²).
    double[] kernel(double[] angles) {
        int n = angles.length;
        forward(angles);
        backward(n);
        double[] kernel = new double[n];
        for (int s = 0; s < n; s++) {
            for (int l = 0; l < layers; l++) {
                double inputs = dot(after[l], s, columns(l));
                kernel[s] += dot(deltas[l], s, rows(l)) * (scale(l) * scale(l) * inputs + bias * bias);
            }
        }
        return kernel;
    }

    private static double dot(double[] rows, int s, int size) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += rows[i] * rows[s * size + i];
        }
        return sum;
    }
}
