package org.phasezoo.study.field;

import org.phasezoo.random.Draws;

/// A mixture of eight normal laws of deviation .15 on a circle of radius 2, and the exact flow that
/// carries the standard normal law (time 1) to it (time 0) along z = (1 − t) x + t e.
///
/// The velocity is E[e − x | z], in closed form: given mode k, z is normal around (1 − t) μ_k with
/// variance (1 − t)² s² + t².
final class Ring {
    static final int MODES = 8;
    private static final double RADIUS = 2;
    private static final double DEVIATION = .15;

    private Ring() {}

    private static double centre(int mode, int axis) {
        double angle = 2 * StrictMath.PI * mode / MODES;
        return RADIUS * (axis == 0 ? StrictMath.cos(angle) : StrictMath.sin(angle));
    }

    /// Point i, from draws 3 i … 3 i + 2.
    static void point(Draws draws, long i, double[] to, int at) {
        int mode = draws.below(3 * i, MODES);
        for (int axis = 0; axis < 2; axis++) {
            to[at + axis] = centre(mode, axis) + DEVIATION * draws.normal(3 * i + 1 + axis);
        }
    }

    /// The velocity at (x, y) and time t in (0, 1].
    static double[] velocity(double x, double y, double t) {
        double rest = 1 - t;
        double variance = rest * rest * DEVIATION * DEVIATION + t * t;
        double[] exponents = new double[MODES];
        double top = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < MODES; k++) {
            double dx = x - rest * centre(k, 0);
            double dy = y - rest * centre(k, 1);
            exponents[k] = -(dx * dx + dy * dy) / (2 * variance);
            top = Math.max(top, exponents[k]);
        }
        double sum = 0;
        double[] v = new double[2];
        for (int k = 0; k < MODES; k++) {
            double share = StrictMath.exp(exponents[k] - top);
            sum += share;
            for (int axis = 0; axis < 2; axis++) {
                double centre = centre(k, axis);
                double off = (axis == 0 ? x : y) - rest * centre;
                double noise = t / variance * off;
                double data = centre + rest * DEVIATION * DEVIATION / variance * off;
                v[axis] += share * (noise - data);
            }
        }
        v[0] /= sum;
        v[1] /= sum;
        return v;
    }

    /// Where the flow carries (x, y) from time 1 to time .002, by `steps` steps of the classical
    /// Runge–Kutta method.
    static double[] carried(double x, double y, int steps) {
        double end = .002;
        double h = (end - 1) / steps;
        for (int i = 0; i < steps; i++) {
            double t = 1 + i * h;
            double[] a = velocity(x, y, t);
            double[] b = velocity(x + h / 2 * a[0], y + h / 2 * a[1], t + h / 2);
            double[] c = velocity(x + h / 2 * b[0], y + h / 2 * b[1], t + h / 2);
            double[] d = velocity(x + h * c[0], y + h * c[1], t + h);
            x += h / 6 * (a[0] + 2 * b[0] + 2 * c[0] + d[0]);
            y += h / 6 * (a[1] + 2 * b[1] + 2 * c[1] + d[1]);
        }
        return new double[] {x, y};
    }
}
