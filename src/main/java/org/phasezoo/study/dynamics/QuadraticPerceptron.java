package org.phasezoo.study.dynamics;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.phasezoo.document.Binder;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Shape;
import org.phasezoo.model.Parameter;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;
import org.phasezoo.study.Probe;
import org.phasezoo.study.StoredNet;
import org.phasezoo.study.dynamics.QuadraticRegression.Model;

/// h(x) = (α/N) Σ_k (w_k · x + ε (w_k · x)²/2), the read-outs fixed, centred by its value at the
/// start s: f = h(w) − h(s). Or the first two terms of its Taylor series in w about s: f = (α/N)
/// Σ_k (1 + ε s_k · x)(w_k − s_k) · x.
///
/// Both are α (w̄ · x + κ xᵀ M x), less that at w = s: w̄ = Σ w_k/N; for the net M = Σ w_k w_kᵀ/N
/// and κ = ε/2, for its linearisation M = Σ s_k w_kᵀ/N and κ = ε. So an update costs D² (N + P)
/// multiply-adds in place of D N P.
///
/// Stored as `quadratic-perceptron-<D>-<N>`, from x to f, neuron by neuron, with the tensors
/// `weight`, w, and `start`, s, both `(N, D)`.
final class QuadraticPerceptron {
    /// Input: x of each example, `(n, D)`.
    static final String X = "x";

    /// Input: y of each example, and the part of f that does not change, h(s), `(n)`.
    static final String TARGETS = "targets";

    /// Input of the linearised net: s, `(N, D)`.
    static final String START = "start";

    private QuadraticPerceptron() {}

    /// κ.
    static double curvature(QuadraticRegression of) {
        return of.model() == Model.NET ? of.alignment() / 2 : of.alignment();
    }

    /// N/α² ⟨(f − y)²⟩ over n examples.
    static Node loss(QuadraticRegression of, Node weight, int n) {
        Graph graph = weight.graph();
        Node x = graph.input(X, Shape.of(n, of.dimension()));
        Node targets = graph.input(TARGETS, Shape.of(n));
        Node with = of.model() == Model.NET ? weight : graph.input(START, weight.shape());
        Node second = with.contract(true, weight, false).times(curvature(of) / of.width());
        Node mean = weight.sum(0).times(1.0 / of.width()).broadcast(x.shape(), 1);
        Node f = x.contract(false, second, false).plus(mean).times(x).sum(1).times(of.laziness());
        Node residual = f.minus(targets);
        return residual.times(residual).sumAll().times(1 / (unit(of) * n));
    }

    /// α²/N: the mean squared error whose loss is 1.
    static double unit(QuadraticRegression of) {
        return of.laziness() * of.laziness() / of.width();
    }

    static StoredNet stored(QuadraticRegression of) {
        int dimension = of.dimension();
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.put("kind", "quadratic-perceptron");
        settings.put("model", Binder.kebab(of.model().name()));
        settings.put("dimension", dimension).put("width", of.width());
        settings.put("laziness", of.laziness()).put("alignment", of.alignment());
        Shape shape = Shape.of(of.width(), dimension);
        Draws draws = new Draws(Key.of("quadratic-perceptron"));
        double[] probe = Normals.of(draws, 0, Probe.INPUTS * dimension, 1 / Math.sqrt(dimension));
        return StoredNet.ofRows(
                "quadratic-perceptron-" + dimension + "-" + of.width(),
                settings,
                List.of(
                        new Parameter("weight", shape, "weight", dimension, 1),
                        new Parameter("start", shape, "buffer", dimension, 1)),
                new StoredNet.Rows(dimension, probe),
                (p, x) -> outputs(of, p, x));
    }

    private static Node outputs(QuadraticRegression of, List<Node> p, Node x) {
        Graph graph = x.graph();
        Node now = x.contract(false, p.get(0), true);
        Node before = x.contract(false, p.get(1), true);
        Node middle = of.model() == Model.NET ? now.plus(before).times(.5) : before;
        Node slope = middle.times(of.alignment()).plus(graph.constant(1));
        Node readout = graph.constant(of.laziness() / of.width(), Shape.of(of.width(), 1));
        return now.minus(before).times(slope).contract(false, readout, false);
    }
}
