package org.phasezoo.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.phasezoo.graph.Derivatives;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Substitution;

/// Sharpness-aware minimisation: another optimiser with the gradient taken at θ + radius · g / ‖g‖,
/// which is held fixed.
///
/// *Source*: Foret, Kleiner, Mobahi and Neyshabur, "Sharpness-aware minimization", 2021, algorithm
/// 1.
///
/// @param radius of the neighbourhood, in the Euclidean norm over all parameters
/// @param base what moves the parameters
public record SharpnessAware(double radius, Optimiser base) implements Optimiser {
    private static final double TINY = 1e-12;

    public SharpnessAware {
        Ranges.positive("radius", radius);
    }

    @Override
    public double learningRate() {
        return base.learningRate();
    }

    @Override
    public List<String> slots() {
        return base.slots();
    }

    @Override
    public SequencedMap<String, Double> scalars(long update, double progress) {
        return base.scalars(update, progress);
    }

    @Override
    public Optional<String> noise() {
        return base.noise();
    }

    @Override
    public List<Node> gradient(Node objective, List<Node> parameters) {
        Graph graph = objective.graph();
        List<Node> here = Derivatives.gradient(objective, parameters);
        Node square = graph.constant(0);
        for (Node g : here) {
            square = square.plus(g.times(g).sumAll());
        }
        Node scale = graph.constant(radius).over(square.sqrt().plus(graph.constant(TINY)));
        SequencedMap<Node, Node> there = new LinkedHashMap<>();
        List<Node> moved = new ArrayList<>();
        for (int i = 0; i < here.size(); i++) {
            Node theta = parameters.get(i);
            moved.add(theta.plus(here.get(i).times(scale)).stopGradient());
            there.put(theta, moved.getLast());
        }
        return Derivatives.gradient(Substitution.of(objective, there), moved);
    }

    @Override
    public Update update(
            List<Node> parameters, List<List<Node>> slots, List<Node> gradients, List<Node> rates) {
        return base.update(parameters, slots, gradients, rates);
    }
}
