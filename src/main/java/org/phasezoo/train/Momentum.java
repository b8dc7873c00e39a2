package org.phasezoo.train;

import java.util.ArrayList;
import java.util.List;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;

/// Stochastic gradient descent with momentum: g ← clip(g) + decay · θ, v ← momentum · v + g, θ ← θ − rate · v.
///
/// *Source*: as PyTorch's SGD without dampening; clipping to a global norm before the decay, as Pascanu, Mikolov and
/// Bengio, "On the difficulty of training recurrent neural networks", 2013, algorithm 1.
///
/// @param learningRate rate at each update, constant
/// @param momentum in [0, 1)
/// @param weightDecay applied to all parameters
/// @param clipNorm largest global norm of the gradient; infinite (written as 0) for no clipping
public record Momentum(double learningRate, double momentum, double weightDecay, double clipNorm) {
    public Momentum {
        if (!(learningRate > 0)) {
            throw new IllegalArgumentException("learningRate " + learningRate + " must be above 0");
        }
        if (!(momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException("momentum " + momentum + " must lie in [0, 1)");
        }
        if (!(weightDecay >= 0)) {
            throw new IllegalArgumentException("weightDecay " + weightDecay + " must be at least 0");
        }
        if (!(clipNorm >= 0)) {
            throw new IllegalArgumentException("clipNorm " + clipNorm + " must be at least 0 (0: no clipping)");
        }
    }

    /// New parameters and velocities, in two lists of the given order.
    public record Update(List<Node> parameters, List<Node> velocities) {}

    /// One update as graph.
    public Update update(List<Node> parameters, List<Node> velocities, List<Node> gradients, Node rate) {
        Graph graph = rate.graph();
        Node scale = clipNorm > 0 ? scale(graph, gradients) : graph.constant(1);
        List<Node> newVelocities = new ArrayList<>();
        List<Node> newParameters = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            Node clipped = clipNorm > 0 ? gradients.get(i).times(scale) : gradients.get(i);
            Node g = weightDecay > 0 ? clipped.plus(parameters.get(i).times(weightDecay)) : clipped;
            Node v = velocities.get(i).times(momentum).plus(g);
            newVelocities.add(v);
            newParameters.add(parameters.get(i).minus(v.times(rate)));
        }
        return new Update(newParameters, newVelocities);
    }

    private Node scale(Graph graph, List<Node> gradients) {
        Node square = graph.constant(0);
        for (Node g : gradients) {
            square = square.plus(g.times(g).sumAll());
        }
        return graph.constant(clipNorm).over(square.sqrt()).minimum(graph.constant(1));
    }
}
