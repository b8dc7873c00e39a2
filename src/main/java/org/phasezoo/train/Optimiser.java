package org.phasezoo.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;

/// A first-order optimiser as settings and one update as graph. What it remembers of a parameter stands in named slots of
/// the parameter's shape, zero at the start: state is a value that goes in and comes out.
public sealed interface Optimiser permits Momentum, Adam {
    /// The rate that a schedule's factor multiplies.
    double learningRate();

    /// Names of the slots of each parameter.
    List<String> slots();

    /// Scalar inputs of the update, besides the rate, at the n-th update (from 1).
    default SequencedMap<String, Double> scalars(long update) {
        return new LinkedHashMap<>();
    }

    /// New parameters, and new values of each slot, in the given order.
    record Update(List<Node> parameters, List<List<Node>> slots) {}

    /// One update as graph; `slots` holds, for each slot, a node for each parameter.
    Update update(List<Node> parameters, List<List<Node>> slots, List<Node> gradients, Node rate);

    /// Gradients scaled down to a global norm of at most `norm`; 0 leaves them as they are.
    ///
    /// *Source*: Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural networks", 2013, algorithm 1.
    static List<Node> clipped(List<Node> gradients, double norm) {
        if (norm == 0) {
            return gradients;
        }
        Graph graph = gradients.getFirst().graph();
        Node square = graph.constant(0);
        for (Node g : gradients) {
            square = square.plus(g.times(g).sumAll());
        }
        Node scale = graph.constant(norm).over(square.sqrt()).minimum(graph.constant(1));
        return gradients.stream().map(g -> g.times(scale)).toList();
    }
}
