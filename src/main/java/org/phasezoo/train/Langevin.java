package org.phasezoo.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Op;
import org.phasezoo.graph.Shape;

/// Stochastic gradient Langevin dynamics: θ ← θ − rate · (g + decay · θ) + √(2 · rate ·
/// temperature) · ξ, ξ independent standard normal draws at each update.
///
/// *Source*: Welling and Teh, "Bayesian learning via stochastic gradient Langevin dynamics", 2011,
/// equation 4, with the temperature explicit.
///
/// @param learningRate rate before the schedule's factor
/// @param temperature 0 is gradient descent
/// @param weightDecay applied to all parameters
public record Langevin(double learningRate, double temperature, double weightDecay)
        implements Optimiser {
    private static final String NOISE = "noise";

    public Langevin {
        Ranges.positive("learningRate", learningRate);
        Ranges.notNegative("temperature", temperature);
        Ranges.notNegative("weightDecay", weightDecay);
    }

    @Override
    public List<String> slots() {
        return List.of();
    }

    @Override
    public Optional<String> noise() {
        return Optional.of(NOISE);
    }

    @Override
    public Update update(
            List<Node> parameters, List<List<Node>> slots, List<Node> gradients, List<Node> rates) {
        Graph graph = rates.getFirst().graph();
        int size = 0;
        for (Node theta : parameters) {
            size += theta.shape().elements();
        }
        Node noise = graph.draw(NOISE, Op.Distribution.NORMAL, Shape.of(size));
        List<Node> moved = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < parameters.size(); i++) {
            Node theta = parameters.get(i);
            int to = at + theta.shape().elements();
            Node g = Optimiser.decayed(gradients.get(i), theta, weightDecay);
            moved.add(
                    theta.minus(g.times(rates.get(i)))
                            .plus(
                                    noise.slice(0, at, to)
                                            .reshape(theta.shape())
                                            .times(rates.get(i).times(2 * temperature).sqrt())));
            at = to;
        }
        return new Update(moved, List.of());
    }
}
