package org.phasezoo.study.dynamics;

import org.phasezoo.random.Draws;

/// A perceptron f(z) of two tanh layers as the right side of dz/dt = f(z), with its products from
/// the left with a vector. Parameters: three weight matrices (out, in), each followed by its bias.
final class VectorField {
    private final int dimension;
    private final int width;
    private final int[] at = new int[7];
    private final double[] theta;
    private final double[] first;
    private final double[] second;
    private final double[] toSecond;
    private final double[] toFirst;

    VectorField(int dimension, int width, double[] theta) {
        this.dimension = dimension;
        this.width = width;
        this.theta = theta;
        int[] sizes = {
            width * dimension, width, width * width, width, dimension * width, dimension
        };
        for (int i = 0; i < sizes.length; i++) {
            at[i + 1] = at[i] + sizes[i];
        }
        first = new double[width];
        second = new double[width];
        toSecond = new double[width];
        toFirst = new double[width];
    }

    /// N(0, gain² / inputs) for weights, N(0, .01) for biases; element i at draw i.
    static double[] draw(int dimension, int width, double gain, Draws draws) {
        VectorField shape = new VectorField(dimension, width, new double[0]);
        double[] theta = new double[shape.parameters()];
        for (int i = 0; i < theta.length; i++) {
            double deviation =
                    i < shape.at[1]
                            ? gain / Math.sqrt(dimension)
                            : i >= shape.at[2] && i < shape.at[3]
                                            || i >= shape.at[4] && i < shape.at[5]
                                    ? gain / Math.sqrt(width)
                                    : .1;
            theta[i] = deviation * draws.normal(i);
        }
        return theta;
    }

    int parameters() {
        return at[6];
    }

    int dimension() {
        return dimension;
    }

    private void layer(int w, int b, double[] x, int in, int from, double[] y) {
        for (int o = 0; o < y.length; o++) {
            double sum = theta[b + o];
            for (int i = 0; i < in; i++) {
                sum += theta[w + o * in + i] * x[from + i];
            }
            y[o] = StrictMath.tanh(sum);
        }
    }

    /// f at z (from `z[from]` on), into `out` from `to` on.
    void value(double[] z, int from, double[] out, int to) {
        layer(at[0], at[1], z, dimension, from, first);
        layer(at[2], at[3], first, width, 0, second);
        for (int o = 0; o < dimension; o++) {
            double sum = theta[at[5] + o];
            for (int i = 0; i < width; i++) {
                sum += theta[at[4] + o * width + i] * second[i];
            }
            out[to + o] = sum;
        }
    }

    /// After [#value] at z: adds factor · aᵀ ∂f/∂z to `toState` and factor · aᵀ ∂f/∂θ to
    /// `toParameters`, each from its place on.
    void pullBack(
            double[] z,
            int from,
            double[] a,
            int aFrom,
            double factor,
            double[] toState,
            int stateAt,
            double[] toParameters,
            int parametersAt) {
        for (int i = 0; i < width; i++) {
            double sum = 0;
            for (int o = 0; o < dimension; o++) {
                sum += theta[at[4] + o * width + i] * a[aFrom + o];
                toParameters[parametersAt + at[4] + o * width + i] +=
                        factor * a[aFrom + o] * second[i];
            }
            toSecond[i] = sum * (1 - second[i] * second[i]);
        }
        for (int o = 0; o < dimension; o++) {
            toParameters[parametersAt + at[5] + o] += factor * a[aFrom + o];
        }
        for (int i = 0; i < width; i++) {
            double sum = 0;
            for (int o = 0; o < width; o++) {
                sum += theta[at[2] + o * width + i] * toSecond[o];
                toParameters[parametersAt + at[2] + o * width + i] +=
                        factor * toSecond[o] * first[i];
            }
            toFirst[i] = sum * (1 - first[i] * first[i]);
            toParameters[parametersAt + at[3] + i] += factor * toSecond[i];
        }
        for (int i = 0; i < dimension; i++) {
            double sum = 0;
            for (int o = 0; o < width; o++) {
                sum += theta[at[0] + o * dimension + i] * toFirst[o];
                toParameters[parametersAt + at[0] + o * dimension + i] +=
                        factor * toFirst[o] * z[from + i];
            }
            toState[stateAt + i] += factor * sum;
        }
        for (int o = 0; o < width; o++) {
            toParameters[parametersAt + at[1] + o] += factor * toFirst[o];
        }
    }
}
