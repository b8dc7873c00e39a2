package org.phasezoo.study.weightspace;

import org.phasezoo.random.Draws;

/// Permutations of net b's hidden units that bring it close to net a.
///
/// *Source*: Ainsworth, Hayase and Srinivasa, "Git Re-Basin", 2023, sections 3.1 and 3.2 and their
/// code.
final class Alignment {
    /// A sweep that gains no more than this is the last, as in the authors' code.
    private static final double GAIN = 1e-12;

    private Alignment() {}

    static int[][] identity(DenseWeights net) {
        int[][] p = new int[net.layers() - 1][];
        for (int layer = 0; layer < p.length; layer++) {
            p[layer] = new int[net.out(layer)];
            for (int i = 0; i < p[layer].length; i++) {
                p[layer][i] = i;
            }
        }
        return p;
    }

    /// One sweep of weight matching: in a drawn order, each hidden layer gets the permutation that
    /// makes the sum of the products of a's and b's weights and biases largest given the other
    /// layers'. Writes `p`; whether it gained anything.
    static boolean sweep(DenseWeights a, DenseWeights b, int[][] p, Draws draws, int sweep) {
        boolean gained = false;
        for (int layer : draws.permutation(sweep, p.length)) {
            int n = a.out(layer);
            double[] similarity = similarity(a, b.permuted(withIdentity(b, p, layer)), layer);
            int[] best = Assignment.largest(similarity, n);
            if (Assignment.sum(similarity, best) > Assignment.sum(similarity, p[layer]) + GAIN) {
                gained = true;
                p[layer] = best;
            }
        }
        return gained;
    }

    private static int[][] withIdentity(DenseWeights net, int[][] p, int layer) {
        int[][] others = p.clone();
        others[layer] = identity(net)[layer];
        return others;
    }

    /// Products of what goes into and out of unit i of a and unit j of b.
    private static double[] similarity(DenseWeights a, DenseWeights b, int layer) {
        int n = a.out(layer);
        double[] sum = new double[n * n];
        outer(sum, a.transposed(layer), b.transposed(layer), n);
        double[] aBias = new double[n];
        double[] bBias = new double[n];
        for (int i = 0; i < n; i++) {
            aBias[i] = a.bias(layer, i);
            bBias[i] = b.bias(layer, i);
        }
        outer(sum, aBias, bBias, n);
        outer(sum, rows(a, layer + 1), rows(b, layer + 1), n);
        return sum;
    }

    private static double[] rows(DenseWeights net, int layer) {
        int in = net.sizes()[layer];
        double[] rows = new double[net.out(layer) * in];
        for (int o = 0; o < net.out(layer); o++) {
            for (int i = 0; i < in; i++) {
                rows[o * in + i] = net.weight(layer, o, i);
            }
        }
        return rows;
    }

    /// Adds Σ_r x[r]ᵀ y[r] over rows of n.
    private static void outer(double[] sum, double[] x, double[] y, int n) {
        for (int r = 0; r < x.length / n; r++) {
            for (int i = 0; i < n; i++) {
                double factor = x[r * n + i];
                if (factor == 0) {
                    continue;
                }
                int to = i * n;
                int from = r * n;
                for (int j = 0; j < n; j++) {
                    sum[to + j] += factor * y[from + j];
                }
            }
        }
    }

    /// Activation matching: each layer gets the permutation that makes the mean product of
    /// rectified units largest.
    static int[][] byActivations(DenseWeights a, DenseWeights b, double[] inputs) {
        int[][] p = identity(a);
        double[] x = inputs;
        double[] y = inputs;
        for (int layer = 0; layer < p.length; layer++) {
            x = DenseWeights.rectified(a.preactivations(layer, x));
            y = DenseWeights.rectified(b.preactivations(layer, y));
            int n = a.out(layer);
            double[] similarity = new double[n * n];
            outer(similarity, x, y, n);
            p[layer] = Assignment.largest(similarity, n);
        }
        return p;
    }
}
