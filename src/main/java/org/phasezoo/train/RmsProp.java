package org.phasezoo.train;

import java.util.ArrayList;
import java.util.List;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;

/// Gradients divided by a running root mean square: g ← clip(g) + decay · θ, s ← α · s + (1 − α) ·
/// g², v ← momentum · v + g / (√s + ε), θ ← θ − rate · v.
///
/// *Source*: Tieleman and Hinton, "Neural networks for machine learning", 2012, lecture 6.5, in the
/// form of PyTorch's RMSprop.
///
/// @param learningRate rate before the schedule's factor
/// @param alpha decay of the square, in [0, 1)
/// @param epsilon added to the root
/// @param momentum in [0, 1)
/// @param weightDecay applied to all parameters
/// @param clipNorm largest global norm of the gradient, before the decay; 0 for no clipping
public record RmsProp(
        double learningRate,
        double alpha,
        double epsilon,
        double momentum,
        double weightDecay,
        double clipNorm)
        implements Optimiser {
    public RmsProp {
        Ranges.positive("learningRate", learningRate);
        Ranges.fraction("alpha", alpha);
        Ranges.positive("epsilon", epsilon);
        Ranges.fraction("momentum", momentum);
        Ranges.notNegative("weightDecay", weightDecay);
        Ranges.clip(clipNorm);
    }

    @Override
    public List<String> slots() {
        return List.of("square", "velocity");
    }

    @Override
    public Update update(
            List<Node> parameters, List<List<Node>> slots, List<Node> gradients, List<Node> rates) {
        Graph graph = rates.getFirst().graph();
        List<Node> clipped = Optimiser.clipped(gradients, clipNorm);
        List<Node> squares = new ArrayList<>();
        List<Node> velocities = new ArrayList<>();
        List<Node> moved = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            Node theta = parameters.get(i);
            Node g = Optimiser.decayed(clipped.get(i), theta, weightDecay);
            Node s = slots.get(0).get(i).times(alpha).plus(g.times(g).times(1 - alpha));
            Node v =
                    slots.get(1)
                            .get(i)
                            .times(momentum)
                            .plus(g.over(s.sqrt().plus(graph.constant(epsilon))));
            squares.add(s);
            velocities.add(v);
            moved.add(theta.minus(v.times(rates.get(i))));
        }
        return new Update(moved, List.of(squares, velocities));
    }
}
