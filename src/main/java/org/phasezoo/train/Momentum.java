package org.phasezoo.train;

import java.util.List;
import org.phasezoo.graph.Node;

/// Stochastic gradient descent with momentum: g ← clip(g) + decay · θ, v ← momentum · v + g, θ ← θ
/// − rate · v.
///
/// *Source*: as PyTorch's SGD without dampening.
///
/// @param learningRate rate before the schedule's factor
/// @param momentum in [0, 1)
/// @param weightDecay applied to all parameters
/// @param clipNorm largest global norm of the gradient, before the decay; 0 for no clipping
public record Momentum(double learningRate, double momentum, double weightDecay, double clipNorm)
        implements Optimiser {
    public Momentum {
        Ranges.positive("learningRate", learningRate);
        Ranges.fraction("momentum", momentum);
        Ranges.notNegative("weightDecay", weightDecay);
        Ranges.clip(clipNorm);
    }

    @Override
    public List<String> slots() {
        return Velocity.SLOTS;
    }

    @Override
    public Update update(
            List<Node> parameters, List<List<Node>> slots, List<Node> gradients, List<Node> rates) {
        return new Velocity(v -> v.times(momentum), (g, v) -> v, weightDecay, clipNorm)
                .update(parameters, slots, gradients, rates);
    }
}
