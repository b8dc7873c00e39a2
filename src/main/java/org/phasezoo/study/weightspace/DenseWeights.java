package org.phasezoo.study.weightspace;

import java.util.stream.IntStream;
import org.phasezoo.train.Problem;

/// The weights of a perceptron, layer after layer: a matrix (out, in), then its bias.
///
/// A *permutation* of hidden layer l is an array p: unit i of the permuted net is unit p[i] of this
/// one.
///
/// @param sizes of the input, each hidden layer and the output
/// @param values float32 numbers, not written by anybody
record DenseWeights(int[] sizes, double[] values) {
    /// Of a problem whose net is a perceptron.
    static DenseWeights of(Problem problem, double[] values) {
        IntStream units =
                problem.parameters().stream()
                        .filter(parameter -> parameter.role().equals("bias"))
                        .mapToInt(bias -> bias.shape().elements());
        IntStream inputs = IntStream.of(problem.split().inputElements());
        return new DenseWeights(IntStream.concat(inputs, units).toArray(), values);
    }

    int layers() {
        return sizes.length - 1;
    }

    /// Units of a layer's output.
    int out(int layer) {
        return sizes[layer + 1];
    }

    private int at(int layer) {
        int at = 0;
        for (int l = 0; l < layer; l++) {
            at += sizes[l + 1] * (sizes[l] + 1);
        }
        return at;
    }

    double weight(int layer, int out, int in) {
        return values[at(layer) + out * sizes[layer] + in];
    }

    double bias(int layer, int out) {
        return values[at(layer) + sizes[layer + 1] * sizes[layer] + out];
    }

    /// A layer's matrix as (in, out), row-major.
    double[] transposed(int layer) {
        int in = sizes[layer];
        int out = sizes[layer + 1];
        int at = at(layer);
        double[] matrix = new double[in * out];
        for (int o = 0; o < out; o++) {
            for (int i = 0; i < in; i++) {
                matrix[i * out + o] = values[at + o * in + i];
            }
        }
        return matrix;
    }

    /// The net with its hidden units in another order; it computes the same function.
    DenseWeights permuted(int[][] p) {
        double[] moved = new double[values.length];
        for (int layer = 0; layer < layers(); layer++) {
            int in = sizes[layer];
            int out = sizes[layer + 1];
            int at = at(layer);
            for (int o = 0; o < out; o++) {
                int from = layer < p.length ? p[layer][o] : o;
                for (int i = 0; i < in; i++) {
                    moved[at + o * in + i] =
                            values[at + from * in + (layer > 0 ? p[layer - 1][i] : i)];
                }
                moved[at + out * in + o] = values[at + out * in + from];
            }
        }
        return new DenseWeights(sizes, moved);
    }

    /// (1 − λ) this + λ other.
    DenseWeights towards(DenseWeights other, double lambda) {
        double[] between = new double[values.length];
        for (int i = 0; i < between.length; i++) {
            between[i] = (float) ((1 - lambda) * values[i] + lambda * other.values[i]);
        }
        return new DenseWeights(sizes, between);
    }

    /// The net with each unit o of a layer made `scale[o]` times itself, plus `shift[o]`.
    DenseWeights rescaled(int layer, double[] scale, double[] shift) {
        double[] mended = values.clone();
        int in = sizes[layer];
        int out = sizes[layer + 1];
        int at = at(layer);
        for (int o = 0; o < out; o++) {
            for (int i = 0; i < in; i++) {
                mended[at + o * in + i] = (float) (scale[o] * values[at + o * in + i]);
            }
            mended[at + out * in + o] = (float) (scale[o] * values[at + out * in + o] + shift[o]);
        }
        return new DenseWeights(sizes, mended);
    }

    /// The Euclidean distance to another net.
    double distance(DenseWeights other) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            double d = values[i] - other.values[i];
            sum += d * d;
        }
        return Math.sqrt(sum);
    }

    /// A layer's outputs before the rectifier, (n, out), of its inputs (n, in).
    double[] preactivations(int layer, double[] inputs) {
        int in = sizes[layer];
        int out = sizes[layer + 1];
        int n = inputs.length / in;
        double[] matrix = transposed(layer);
        double[] y = new double[n * out];
        double[] row = new double[out];
        for (int r = 0; r < n; r++) {
            for (int o = 0; o < out; o++) {
                row[o] = bias(layer, o);
            }
            for (int i = 0; i < in; i++) {
                double x = inputs[r * in + i];
                int from = i * out;
                for (int o = 0; o < out; o++) {
                    row[o] += x * matrix[from + o];
                }
            }
            System.arraycopy(row, 0, y, r * out, out);
        }
        return y;
    }

    static double[] rectified(double[] preactivations) {
        double[] y = new double[preactivations.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = Math.max(0, preactivations[i]);
        }
        return y;
    }
}
