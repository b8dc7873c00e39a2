package org.phasezoo.train;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.phasezoo.graph.Node;

/// Descent along a velocity, the one slot of its optimisers: v ← `slowed`(v) + g, θ ← θ − rate ·
/// `along`(g, v), with g the gradient after clipping and decay.
record Velocity(
        UnaryOperator<Node> slowed,
        BinaryOperator<Node> along,
        double weightDecay,
        double clipNorm) {
    static final List<String> SLOTS = List.of("velocity");

    Optimiser.Update update(
            List<Node> parameters, List<List<Node>> slots, List<Node> gradients, List<Node> rates) {
        List<Node> clipped = Optimiser.clipped(gradients, clipNorm);
        List<Node> velocities = new ArrayList<>();
        List<Node> moved = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            Node theta = parameters.get(i);
            Node g = Optimiser.decayed(clipped.get(i), theta, weightDecay);
            Node v = slowed.apply(slots.getFirst().get(i)).plus(g);
            velocities.add(v);
            moved.add(theta.minus(along.apply(g, v).times(rates.get(i))));
        }
        return new Optimiser.Update(moved, List.of(velocities));
    }
}
