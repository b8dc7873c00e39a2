package org.phasezoo.study.gaussian;

import org.phasezoo.random.Draws;

/// A layer √(1 − β²)/√n W a + β b of [NtkPerceptron] with what passed through it last: inputs a,
/// and the derivatives δ of each output of the net in the layer's own outputs; one input of the net
/// a row.
final class NtkLayer {
    private final int rows;
    private final int columns;
    private final double bias;
    private final double scale;
    private final double[] weights;
    private final double[] biases;
    private double[] inputs = {};
    private double[] deltas = {};

    /// @param weights row-major, written in place
    /// @param biases written in place
    NtkLayer(int rows, int columns, double bias, double[] weights, double[] biases) {
        this.rows = rows;
        this.columns = columns;
        this.bias = bias;
        this.scale = Math.sqrt((1 - bias * bias) / columns);
        this.weights = weights;
        this.biases = biases;
    }

    /// Row i's weights at index (first + i) 4096 on, its bias at the last of these.
    void draw(Draws draws, long first) {
        for (int i = 0; i < rows; i++) {
            long row = (first + i) * 4096;
            for (int j = 0; j < columns; j++) {
                weights[i * columns + j] = draws.normal(row + j);
            }
            biases[i] = draws.normal(row + 4095);
        }
    }

    /// Outputs for inputs of n rows, four at once, each summed in index order; n is a multiple of
    /// 4.
    double[] forward(double[] x, int n) {
        inputs = x;
        double[] y = new double[n * rows];
        for (int s = 0; s < n; s += 4) {
            for (int i = 0; i < rows; i++) {
                double a = 0;
                double b = 0;
                double c = 0;
                double d = 0;
                for (int j = 0; j < columns; j++) {
                    double v = weights[i * columns + j];
                    a += v * x[s * columns + j];
                    b += v * x[(s + 1) * columns + j];
                    c += v * x[(s + 2) * columns + j];
                    d += v * x[(s + 3) * columns + j];
                }
                double shift = bias * biases[i];
                y[s * rows + i] = scale * a + shift;
                y[(s + 1) * rows + i] = scale * b + shift;
                y[(s + 2) * rows + i] = scale * c + shift;
                y[(s + 3) * rows + i] = scale * d + shift;
            }
        }
        return y;
    }

    /// Keeps δ; the derivatives in the layer's inputs.
    double[] backward(double[] delta, int n) {
        deltas = delta;
        double[] d = new double[n * columns];
        for (int s = 0; s < n; s++) {
            for (int i = 0; i < rows; i++) {
                double g = scale * delta[s * rows + i];
                for (int j = 0; j < columns; j++) {
                    d[s * columns + j] += g * weights[i * columns + j];
                }
            }
        }
        return d;
    }

    /// One step of gradient descent on Σ r²/(2N).
    void descend(double[] residual, double rate) {
        int n = residual.length;
        for (int i = 0; i < rows; i++) {
            for (int s = 0; s < n; s++) {
                double g = rate * residual[s] / n * deltas[s * rows + i];
                biases[i] -= bias * g;
                g *= scale;
                for (int j = 0; j < columns; j++) {
                    weights[i * columns + j] -= g * inputs[s * columns + j];
                }
            }
        }
    }

    /// δ·δ' ((1 − β²)/n a·a' + β²) between the first input of the net and the s-th.
    double kernel(int s) {
        double product = dot(inputs, s, columns);
        return dot(deltas, s, rows) * (scale * scale * product + bias * bias);
    }

    private static double dot(double[] rows, int s, int size) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += rows[i] * rows[s * size + i];
        }
        return sum;
    }
}
