package org.phasezoo.study.dynamics;

import org.phasezoo.study.Saved;

/// Points at which a [TwoLayerExpansion] is computed, with what does not change at them.
final class ExpansionPoints {
    private final Activation activation;
    private final int m;
    private final int count;
    private final double[] gram;
    private final double[] z0;
    private final double[] value0;
    private final double[] slope0;
    private final double[] curvature0;

    /// @param examples x of training, row-major of d columns
    /// @param points the same
    /// @param u0 weights at the start (m, d)
    ExpansionPoints(Activation activation, double[] examples, double[] points, double[] u0, int d) {
        this.activation = activation;
        this.m = u0.length / d;
        this.count = points.length / d;
        this.gram = gram(examples, points, d);
        this.z0 = new double[m * count];
        this.value0 = new double[m * count];
        this.slope0 = new double[m * count];
        this.curvature0 = new double[m * count];
        for (int i = 0; i < m; i++) {
            for (int p = 0; p < count; p++) {
                int at = i * count + p;
                for (int j = 0; j < d; j++) {
                    z0[at] += u0[i * d + j] * points[p * d + j] / Math.sqrt(d);
                }
                value0[at] = activation.of(z0[at]);
                slope0[at] = activation.slope(z0[at]);
                curvature0[at] = activation.curvature(z0[at]);
            }
        }
    }

    private static double[] gram(double[] x, double[] points, int d) {
        int n = x.length / d;
        int count = points.length / d;
        double[] k = new double[n * count];
        for (int l = 0; l < n; l++) {
            for (int p = 0; p < count; p++) {
                double dot = 0;
                for (int i = 0; i < d; i++) {
                    dot += x[l * d + i] * points[p * d + i];
                }
                k[l * count + p] = dot / d;
            }
        }
        return k;
    }

    int count() {
        return count;
    }

    /// x_l · p/d of example l and point p.
    double gram(int l, int p) {
        return gram[l * count + p];
    }

    /// The outputs of a model at the points.
    ///
    /// @param v0 read-outs at the start
    /// @param byReadout gets ∂f_p/∂v_i (m, points)
    /// @param byHidden gets ∂f_p/∂z_ip (m, points)
    double[] outputs(
            TaylorModel model, double[] v0, Saved at, double[] byReadout, double[] byHidden) {
        double[] readout = at.row("readout");
        double[] span = at.row("span");
        int n = span.length / m;
        double unit = 1 / Math.sqrt(m);
        double[] f = new double[count];
        double[] moved = new double[count];
        for (int i = 0; i < m; i++) {
            java.util.Arrays.fill(moved, 0);
            for (int l = 0; l < n; l++) {
                double c = span[i * n + l];
                for (int p = 0; p < count; p++) {
                    moved[p] += c * gram[l * count + p];
                }
            }
            for (int p = 0; p < count; p++) {
                int place = i * count + p;
                double v = v0[i];
                double delta = readout[i];
                double dz = moved[p];
                double s0 = value0[place];
                double s1 = slope0[place];
                double s2 = curvature0[place];
                switch (model) {
                    case NET -> {
                        double z = z0[place] + dz;
                        double s = activation.of(z);
                        f[p] += unit * (v + delta) * s;
                        byReadout[place] = unit * s;
                        byHidden[place] = unit * (v + delta) * activation.slope(z);
                    }
                    case QUADRATIC -> {
                        double s = s0 + s1 * dz;
                        f[p] += unit * (v * s + delta * s + v * s2 * dz * dz / 2);
                        byReadout[place] = unit * s;
                        byHidden[place] = unit * ((v + delta) * s1 + v * s2 * dz);
                    }
                    case LINEARISED -> {
                        f[p] += unit * (v * (s0 + s1 * dz) + delta * s0);
                        byReadout[place] = unit * s0;
                        byHidden[place] = unit * v * s1;
                    }
                }
            }
        }
        return f;
    }
}
