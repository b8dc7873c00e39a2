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
import org.phasezoo.train.Tensors;

/// A mean flow that is trained, at up to [#POINTS] points at once.
final class TrainedFlow {
    static final int POINTS = 2000;

    private final Workspace work;
    private final boolean instantaneous;

    /// @param instantaneous whether steps take u(z, t, t) in place of u(z, r, t)
    TrainedFlow(int width, double[] theta, Precision precision, boolean instantaneous) {
        this.instantaneous = instantaneous;
        this.work = program(width).workspace(precision);
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
}
