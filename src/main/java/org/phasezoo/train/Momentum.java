package org.phasezoo.train;

import java.util.ArrayList;
import java.util.List;
import org.phasezoo.graph.Node;

/// Stochastic gradient descent with momentum: g ← clip(g) + decay · θ, v ← momentum · v + g, θ ← θ − rate · v.
///
/// *Source*: as PyTorch's SGD without dampening.
///
/// @param learningRate rate before the schedule's factor
/// @param momentum in [0, 1)
/// @param weightDecay applied to all parameters
/// @param clipNorm largest global norm of the gradient, before the decay; 0 for no clipping
public record Momentum(double learningRate, double momentum, double weightDecay, double clipNorm) implements Optimiser {
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

    @Override
    public List<String> slots() {
        return List.of("velocity");
    }

    @Override
    public Update update(List<Node> parameters, List<List<Node>> slots, List<Node> gradients, Node rate) {
        List<Node> clipped = Optimiser.clipped(gradients, clipNorm);
        List<Node> velocities = new ArrayList<>();
        List<Node> moved = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            Node theta = parameters.get(i);
            Node g = weightDecay > 0 ? clipped.get(i).plus(theta.times(weightDecay)) : clipped.get(i);
            Node v = slots.getFirst().get(i).times(momentum).plus(g);
            velocities.add(v);
            moved.add(theta.minus(v.times(rate)));
        }
        return new Update(moved, List.of(velocities));
    }
}
