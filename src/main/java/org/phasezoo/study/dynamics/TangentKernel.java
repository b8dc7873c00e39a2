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
import org.phasezoo.kernel.TridiagonalEigen;
import org.phasezoo.train.Footprint;
import org.phasezoo.train.Tensors;

/// The tangent kernel K_jl = ∂f_j/∂θ · ∂f_l/∂θ of a [TaylorModel] of a [TwoLayerNet] on n examples,
/// in double precision.
final class TangentKernel {
    private static final String KERNEL = "kernel";

    private final int n;
    private final Tensors tensors;
    private final Workspace work;

    /// @param x examples (n, d)
    TangentKernel(TaylorModel model, TwoLayerNet net, double[] x) {
        this.n = x.length / net.inputs();
        this.tensors = new Tensors("", net.withStart());
        this.work = program(model, net, n).workspace(Precision.FLOAT64);
        work.set("x", x);
        work.set("byHidden", new double[n * net.width()]);
        work.set("byReadout", new double[n * net.width()]);
    }

    /// The kernel (n, n) from parameters and their start. With a_ji and g_ji the derivatives of f_j
    /// by its own shifts of v_i and of u_i · x/√d it is Σ_i (a_ji a_li + g_ji g_li x_j · x_l/d).
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
        Node hidden = slopes.get(0).contract(false, slopes.get(0), true);
        Node readout = slopes.get(1).contract(false, slopes.get(1), true);
        Node gram = x.contract(false, x, true).times(1.0 / net.inputs());
        outputs.put(KERNEL, readout.plus(hidden.times(gram)));
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
        tensors.set(work, TwoLayerNet.withStart(parameters, start));
        work.run();
        double[] kernel = new double[n * n];
        work.get(KERNEL, kernel, 0);
        if (!Arrays.stream(kernel).allMatch(Double::isFinite)) {
            return Double.NaN;
        }
        double[] values = new double[n];
        TridiagonalEigen.decompose(kernel, n, new double[n], values);
        return Arrays.stream(values).max().orElseThrow() / n;
    }
}
