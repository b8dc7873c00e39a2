package org.phasezoo.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.engine.Precision;
import org.phasezoo.engine.Program;
import org.phasezoo.engine.Workspace;
import org.phasezoo.graph.Derivatives;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;

/// Exact Hessian-vector products of the mean objective over examples, in double precision: the
/// tangent of the gradient in the parameters; buffers stay as they are.
public final class Hessian {
    /// Examples of a chunk, whose products are added in order.
    public static final int CHUNK = 64;

    private static final String PARAMETER = "parameter.";
    private static final String DIRECTION = "direction.";
    private static final String PRODUCT = "product.";

    private final Problem problem;
    private final Tensors direction;
    private final Tensors product;
    private final Workspace work;

    public Hessian(Problem problem, double[] weights) {
        this.problem = problem;
        this.direction = new Tensors(DIRECTION, problem.parameters());
        this.product = new Tensors(PRODUCT, problem.parameters());
        this.work = program(problem).workspace(Precision.FLOAT64);
        new Tensors(PARAMETER, problem.tensors()).set(work, weights);
    }

    /// The program of the product over a chunk.
    public static Program program(Problem problem) {
        Graph graph = new Graph();
        List<Node> theta = new Tensors(PARAMETER, problem.parameters()).inputs(graph);
        Tensors all = new Tensors(PARAMETER, problem.tensors());
        Node loss = problem.build(graph, CHUNK, all.inputs(graph)).losses().sumAll();
        SequencedMap<Node, Node> along = new LinkedHashMap<>();
        List<Node> v = new Tensors(DIRECTION, problem.parameters()).inputs(graph);
        for (int i = 0; i < theta.size(); i++) {
            along.put(theta.get(i), v.get(i));
        }
        List<Node> products = Derivatives.tangents(Derivatives.gradient(loss, theta), along);
        Tensors product = new Tensors(PRODUCT, problem.parameters());
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        for (int i = 0; i < theta.size(); i++) {
            outputs.put(product.name(problem.parameters().get(i)), products.get(i));
        }
        return Program.of(outputs);
    }

    /// Number of parameters.
    public int size() {
        return direction.size();
    }

    /// The product of the mean Hessian over `rows[from] … rows[from + n − 1]` with `v`, added into
    /// `into`; the sum over examples is divided by `divisor`.
    public void multiplyInto(
            double[] v, int[] rows, int from, int n, double divisor, double[] into) {
        direction.set(work, v);
        double[] chunk = new double[into.length];
        for (int at = from; at < from + n; at += CHUNK) {
            int size = Math.min(CHUNK, from + n - at);
            work.gather(Problem.X, problem.split().inputs(), rows, at, size);
            work.gather(Problem.TARGETS, problem.split().targets(), rows, at, size);
            work.run();
            product.get(work, chunk);
            for (int i = 0; i < into.length; i++) {
                into[i] += chunk[i] / divisor;
            }
        }
    }
}
