package org.phasezoo.train;

import java.util.List;
import org.phasezoo.data.Split;
import org.phasezoo.engine.Precision;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Shape;
import org.phasezoo.model.Architecture;
import org.phasezoo.model.Forward;
import org.phasezoo.model.Parameter;

/// What is to be learned: a network, its data and its objective, and the precision in which a net
/// computes. The data are float32 numbers in either.
public record Problem(
        Architecture architecture, Split split, Objective objective, Precision precision) {
    /// Name of the bounded axis of examples.
    public static final String ROWS = "n";

    /// Input of images.
    public static final String X = "x";

    /// Input of one-hot targets.
    public static final String TARGETS = "targets";

    /// A problem in float32.
    public Problem(Architecture architecture, Split split, Objective objective) {
        this(architecture, split, objective, Precision.FLOAT32);
    }

    public Architecture.Input input() {
        return new Architecture.Input(
                split.channels(), split.height(), split.width(), split.classes());
    }

    public List<Parameter> parameters() {
        return architecture.parameters(input());
    }

    public List<Parameter> buffers() {
        return architecture.buffers(input());
    }

    /// Parameters, then buffers: what a net's weights are, in this order.
    public List<Parameter> tensors() {
        return architecture.tensors(input());
    }

    /// The graph of logits and losses for batches of at most `capacity`, and the next values of the
    /// buffers.
    public record Built(Node logits, Node targets, Node losses, List<Node> buffers) {}

    /// Builds it for a trained net; the inputs are named [#X] and [#TARGETS] and bounded by
    /// [#ROWS]. `tensors` are the parameters, then the buffers.
    public Built build(Graph graph, int capacity, List<Node> tensors) {
        return build(graph, capacity, tensors, Forward.Mode.EVALUATION);
    }

    /// As [#build(Graph, int, List)], for a mode.
    public Built build(Graph graph, int capacity, List<Node> tensors, Forward.Mode mode) {
        Node x =
                graph.input(
                        X,
                        Shape.bounded(
                                ROWS, capacity, split.channels(), split.height(), split.width()));
        Node targets = graph.input(TARGETS, Shape.bounded(ROWS, capacity, split.classes()));
        Forward forward = architecture.forward(x, tensors, input(), mode);
        Node losses = objective.losses(forward.logits(), targets);
        for (Node penalty : forward.penalties()) {
            losses = losses.plus(penalty);
        }
        return new Built(forward.logits(), targets, losses, forward.buffers());
    }
}
