package org.phasezoo.train;

import java.util.List;
import org.phasezoo.data.Split;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Shape;
import org.phasezoo.model.Architecture;
import org.phasezoo.model.Parameter;

/// What is to be learned: a network, its data and its objective.
public record Problem(Architecture architecture, Split split, Objective objective) {
    /// Name of the bounded axis of examples.
    public static final String ROWS = "n";

    /// Input of images.
    public static final String X = "x";

    /// Input of one-hot targets.
    public static final String TARGETS = "targets";

    public Architecture.Input input() {
        return new Architecture.Input(
                split.channels(), split.height(), split.width(), split.classes());
    }

    public List<Parameter> parameters() {
        return architecture.parameters(input());
    }

    /// The graph of logits and losses for batches of at most `capacity`.
    public record Built(Node logits, Node targets, Node losses) {}

    /// Builds it; the inputs are named [#X] and [#TARGETS] and bounded by [#ROWS].
    public Built build(Graph graph, int capacity, List<Node> parameters) {
        Node x =
                graph.input(
                        X,
                        Shape.bounded(
                                ROWS, capacity, split.channels(), split.height(), split.width()));
        Node targets = graph.input(TARGETS, Shape.bounded(ROWS, capacity, split.classes()));
        Node logits = architecture.logits(x, parameters, input());
        return new Built(logits, targets, objective.losses(logits, targets));
    }
}
