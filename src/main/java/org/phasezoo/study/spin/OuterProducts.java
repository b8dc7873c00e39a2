package org.phasezoo.study.spin;

import org.phasezoo.random.Draws;

/// W = Σ_x q(x) e_x u_{f(x)}ᵀ over drawn tokens e_x ~ N(0, 1/d) and classes u_y, uniform on the
/// unit sphere of d dimensions, f(x) = x mod M for x = 1 …, read without being written out.
final class OuterProducts {
    private final double[][] tokens;
    private final double[][] classes;

    /// @param tokenDraws e_x's component i at draw x d + i, x from 0
    /// @param classDraws the same of u_y before it is normalised
    OuterProducts(int dimension, int tokens, int classes, Draws tokenDraws, Draws classDraws) {
        this.classes = new double[classes][dimension];
        for (int y = 0; y < classes; y++) {
            double square = 0;
            for (int i = 0; i < dimension; i++) {
                this.classes[y][i] = classDraws.normal((long) y * dimension + i);
                square += this.classes[y][i] * this.classes[y][i];
            }
            for (int i = 0; i < dimension; i++) {
                this.classes[y][i] /= Math.sqrt(square);
            }
        }
        this.tokens = new double[tokens][dimension];
        for (int x = 0; x < tokens; x++) {
            for (int i = 0; i < dimension; i++) {
                this.tokens[x][i] =
                        tokenDraws.normal((long) x * dimension + i) / Math.sqrt(dimension);
            }
        }
    }

    /// For each token whether argmax_y e_xᵀ W u_y, the lowest at ties, is its class.
    boolean[] right(double[] q) {
        double[][] read = new double[classes.length][];
        for (int y = 0; y < classes.length; y++) {
            read[y] = times(q, classes[y]);
        }
        boolean[] right = new boolean[tokens.length];
        for (int x = 0; x < tokens.length; x++) {
            int best = 0;
            double top = dot(tokens[x], read[0]);
            for (int y = 1; y < classes.length; y++) {
                double score = dot(tokens[x], read[y]);
                if (score > top) {
                    top = score;
                    best = y;
                }
            }
            right[x] = best == classOf(x);
        }
        return right;
    }

    /// W u = Σ_x q(x) e_x (u_{f(x)} · u).
    private double[] times(double[] q, double[] u) {
        double[] overlap = new double[classes.length];
        for (int c = 0; c < classes.length; c++) {
            overlap[c] = dot(classes[c], u);
        }
        double[] sum = new double[u.length];
        for (int x = 0; x < tokens.length; x++) {
            double factor = q[x] * overlap[classOf(x)];
            for (int i = 0; factor != 0 && i < sum.length; i++) {
                sum[i] += factor * tokens[x][i];
            }
        }
        return sum;
    }

    private int classOf(int x) {
        return (x + 1) % classes.length;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
