package org.phasezoo.study.field;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.engine.Precision;
import org.phasezoo.engine.Program;
import org.phasezoo.engine.Workspace;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Shape;
import org.phasezoo.random.Draws;
import org.phasezoo.study.Recorder;
import org.phasezoo.train.Tensors;

/// What a trained mean flow generates, beside data and beside the exact flow.
final class FlowMeasures {
    private static final int POINTS = 2000;
    private static final int EXACT = 256;
    private static final int EXACT_STEPS = 200;

    private final Workspace work;
    private final boolean instantaneous;
    private final Draws draws;

    /// @param theta parameters, and what may follow them
    FlowMeasures(int width, double[] theta, boolean instantaneous, Draws draws) {
        this.instantaneous = instantaneous;
        this.draws = draws;
        this.work = program(width).workspace(Precision.FLOAT32);
        new Tensors("", VelocityNet.parameters(width)).set(work, theta);
    }

    /// The program that tells the velocities of all points.
    static Program program(int width) {
        Tensors tensors = new Tensors("", VelocityNet.parameters(width));
        Graph graph = new Graph();
        List<Node> p = tensors.inputs(graph);
        Shape times = Shape.bounded(VelocityNet.ROWS, POINTS, 1);
        Node u =
                VelocityNet.velocity(
                        p,
                        graph.input("z", Shape.bounded(VelocityNet.ROWS, POINTS, 2)),
                        graph.input("r", times),
                        graph.input("t", times));
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("u", u);
        return Program.of(outputs);
    }

    /// u at points (x, y) one after the other, with the same times for all or one for each.
    double[] velocity(double[] z, double[] r, double[] t) {
        int n = z.length / 2;
        work.count(VelocityNet.ROWS, n);
        work.set("z", z);
        work.set("r", r.length == 1 ? repeated(r[0], n) : r);
        work.set("t", t.length == 1 ? repeated(t[0], n) : t);
        work.run();
        double[] u = new double[2 * n];
        work.get("u", u, 0);
        return u;
    }

    private static double[] repeated(double value, int n) {
        double[] values = new double[n];
        java.util.Arrays.fill(values, value);
        return values;
    }

    /// Points carried from time 1 to 0 in equal steps.
    double[] generated(double[] from, int steps) {
        double[] z = from.clone();
        for (int i = 0; i < steps; i++) {
            double t = 1 - (double) i / steps;
            double r = 1 - (i + 1.0) / steps;
            double[] u = velocity(z, new double[] {instantaneous ? t : r}, new double[] {t});
            for (int j = 0; j < z.length; j++) {
                z[j] -= (t - r) * u[j];
            }
        }
        return z;
    }

    void record(Recorder out) {
        double[] noise = new double[2 * POINTS];
        double[] data = new double[2 * POINTS];
        double[] more = new double[2 * POINTS];
        for (int i = 0; i < POINTS; i++) {
            noise[2 * i] = draws.normal(2L * i);
            noise[2 * i + 1] = draws.normal(2L * i + 1);
            Ring.point(draws, 2L * POINTS + i, data, 2 * i);
            Ring.point(draws, 4L * POINTS + i, more, 2 * i);
        }
        double one = SlicedDistance.between(generated(noise, 1), data);
        double two = SlicedDistance.between(generated(noise, 2), data);
        out.scalar("sw2.steps1.v1", one);
        out.scalar("sw2.steps2.v1", two);
        out.scalar("sw2.steps32.v1", SlicedDistance.between(generated(noise, 32), data));
        out.scalar("sw2.floor.v1", SlicedDistance.between(more, data));
        out.scalar("sw2.second.gain.v1", two - one);
        double[] first = java.util.Arrays.copyOf(noise, 2 * EXACT);
        double[] moved = generated(first, 1);
        double error = 0;
        double size = 0;
        for (int i = 0; i < EXACT; i++) {
            double[] exact = Ring.carried(first[2 * i], first[2 * i + 1], EXACT_STEPS);
            for (int axis = 0; axis < 2; axis++) {
                double shift = exact[axis] - first[2 * i + axis];
                double d = moved[2 * i + axis] - exact[axis];
                error += d * d;
                size += shift * shift;
            }
        }
        out.scalar("error.average.v1", Math.sqrt(error / size));
        out.scalar("error.velocity.v1", velocityError(noise, data));
    }

    private double velocityError(double[] noise, double[] data) {
        double[] z = new double[2 * EXACT];
        double[] t = new double[EXACT];
        for (int i = 0; i < EXACT; i++) {
            t[i] = .05 + .95 * draws.uniform(10L * 2 * POINTS + i);
            for (int axis = 2 * i; axis < 2 * i + 2; axis++) {
                z[axis] = (1 - t[i]) * data[axis] + t[i] * noise[axis];
            }
        }
        double[] u = velocity(z, t, t);
        double error = 0;
        double size = 0;
        for (int i = 0; i < EXACT; i++) {
            double[] v = Ring.velocity(z[2 * i], z[2 * i + 1], t[i]);
            for (int axis = 0; axis < 2; axis++) {
                double d = u[2 * i + axis] - v[axis];
                error += d * d;
                size += v[axis] * v[axis];
            }
        }
        return Math.sqrt(error / size);
    }
}
