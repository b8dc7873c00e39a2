package org.phasezoo.study.dynamics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.engine.Precision;
import org.phasezoo.engine.Program;
import org.phasezoo.engine.Workspace;
import org.phasezoo.graph.Derivatives;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Shape;
import org.phasezoo.kernel.SymmetricEigen;
import org.phasezoo.train.Footprint;
import org.phasezoo.train.Tensors;

/// The tangent kernel K_jl = ∂f_j/∂θ · ∂f_l/∂θ of a [TaylorModel] of a [TwoLayerNet] on n examples,
/// in double precision.
final class TangentKernel {
    private final TwoLayerNet net;
    private final double[] x;
    private final int n;
    private final Tensors tensors;
    private final Workspace work;

    /// @param x examples (n, d)
    TangentKernel(TaylorModel model, TwoLayerNet net, double[] x) {
        this.net = net;
        this.x = x;
        this.n = x.length / net.inputs();
        this.tensors = new Tensors("", net.withStart());
        this.work = program(model, net, n).workspace(Precision.FLOAT64);
        work.set("x", x);
        work.set("byHidden", new double[n * net.width()]);
        work.set("byReadout", new double[n * net.width()]);
    }

    /// From parameters and their start to the derivatives of each f_j by the pre-activations and
    /// the read-outs, (n, m) each.
    private static Program program(TaylorModel model, TwoLayerNet net, int n) {
        Graph graph = new Graph();
        List<Node> theta = new Tensors("", net.withStart()).inputs(graph);
        Node x = graph.input("x", Shape.of(n, net.inputs()));
        Shape each = Shape.of(n, net.width());
        List<Node> shifts = List.of(graph.input("byHidden", each), graph.input("byReadout", each));
        Node none = graph.constant(0, each);
        List<Node> at = new ArrayList<>(theta.subList(0, 2));
        at.addAll(shifts);
        List<Node> start = new ArrayList<>(theta.subList(2, 4));
        start.addAll(List.of(none, none));
        Node f = model.of(all -> net.shiftedOutputs(all, x), at, start);
        List<Node> slopes = Derivatives.gradient(f.sumAll(), shifts);
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("hidden", slopes.get(0));
        outputs.put("readout", slopes.get(1));
        Tensors.keep(theta, outputs);
        Tensors.keep(shifts, outputs);
        return Program.of(outputs);
    }

    static Footprint footprint(TaylorModel model, TwoLayerNet net, int n) {
        return Footprint.of(program(model, net, n), Precision.FLOAT64);
    }

    /// Its largest eigenvalue over n: that of the Gauss–Newton matrix of Σ (f − y)²/(2n). NaN where
    /// the kernel is not finite.
    ///
    /// @param parameters u and v
    /// @param start the same at the start
    double sharpness(double[] parameters, double[] start) {
        double[] kernel = of(parameters, start);
        if (!Arrays.stream(kernel).allMatch(Double::isFinite)) {
            return Double.NaN;
        }
        SymmetricEigen.decompose(kernel, n, new double[n * n]);
        double largest = 0;
        for (int j = 0; j < n; j++) {
            largest = Math.max(largest, kernel[j * n + j] / n);
        }
        return largest;
    }

    private double[] of(double[] parameters, double[] start) {
        tensors.set(work, TwoLayerNet.withStart(parameters, start));
        work.run();
        int m = net.width();
        double[] hidden = new double[n * m];
        double[] readout = new double[n * m];
        work.get("hidden", hidden, 0);
        work.get("readout", readout, 0);
        double[] kernel = new double[n * n];
        for (int j = 0; j < n; j++) {
            for (int l = 0; l < n; l++) {
                double gram = 0;
                for (int i = 0; i < net.inputs(); i++) {
                    gram += x[j * net.inputs() + i] * x[l * net.inputs() + i] / net.inputs();
                }
                double sum = 0;
                for (int i = 0; i < m; i++) {
                    sum += readout[j * m + i] * readout[l * m + i];
                    sum += hidden[j * m + i] * hidden[l * m + i] * gram;
                }
                kernel[j * n + l] = sum;
            }
        }
        return kernel;
    }
}
