package org.phasezoo.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.phasezoo.graph.Derivatives;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;

/// A first-order optimiser as settings and one update as graph. What it remembers of a parameter
/// stands in named slots of the parameter's shape, zero at the start: state is a value that goes in
/// and comes out.
public sealed interface Optimiser
        permits Momentum,
                Nesterov,
                CycledMomentum,
                Adam,
                RmsProp,
                Muon,
                SharpnessAware,
                Langevin,
                Averaged {
    /// The rate that a schedule's factor multiplies.
    double learningRate();

    /// Names of the slots of each parameter.
    List<String> slots();

    /// Scalar inputs of the update, besides the rate, at the n-th update (from 1), before which
    /// `progress`, in [0, 1), of all updates were done.
    default SequencedMap<String, Double> scalars(long update, double progress) {
        return new LinkedHashMap<>();
    }

    /// The name of the draws that an update takes, if it takes any: a row of them at each update.
    default Optional<String> noise() {
        return Optional.empty();
    }

    /// The gradient that the update follows.
    default List<Node> gradient(Node objective, List<Node> parameters) {
        return Derivatives.gradient(objective, parameters);
    }

    /// New parameters, and new values of each slot, in the given order.
    record Update(List<Node> parameters, List<List<Node>> slots) {}

    /// One update as graph; `slots` holds, for each slot, a node for each parameter, `rates` the
    /// learning rate of each parameter.
    Update update(
            List<Node> parameters, List<List<Node>> slots, List<Node> gradients, List<Node> rates);

    /// Gradients scaled down to a global norm of at most `norm`; 0 leaves them as they are.
    ///
    /// *Source*: Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural
    /// networks", 2013, algorithm 1.
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

    /// The gradient of an objective with half of `decay` times the squared norm added.
    static Node decayed(Node gradient, Node parameter, double decay) {
        return decay > 0 ? gradient.plus(parameter.times(decay)) : gradient;
    }
}
