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

    private final Problem problem;
    private final Tensors parameters;
    private final Tensors direction;
    private final Tensors product;
    private final Workspace work;

    public Hessian(Problem problem, double[] weights) {
        this.problem = problem;
        this.parameters = new Tensors("parameter.", problem.parameters());
        this.direction = new Tensors("direction.", problem.parameters());
        this.product = new Tensors("product.", problem.parameters());
        Graph graph = new Graph();
        List<Node> theta = parameters.inputs(graph);
        Tensors all = new Tensors("parameter.", problem.tensors());
        Node loss = problem.build(graph, CHUNK, all.inputs(graph)).losses().sumAll();
        SequencedMap<Node, Node> along = new LinkedHashMap<>();
        List<Node> v = direction.inputs(graph);
        for (int i = 0; i < theta.size(); i++) {
            along.put(theta.get(i), v.get(i));
        }
        List<Node> products = Derivatives.tangents(Derivatives.gradient(loss, theta), along);
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        for (int i = 0; i < theta.size(); i++) {
            outputs.put(product.name(problem.parameters().get(i)), products.get(i));
        }
        this.work = Program.of(outputs).workspace(Precision.FLOAT64);
        all.set(work, weights);
    }

    /// Number of parameters.
    public int size() {
        return parameters.size();
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
