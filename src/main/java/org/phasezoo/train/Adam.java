package org.phasezoo.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Shape;

/// Adam with decoupled weight decay: m ← β₁m + (1 − β₁)g, s ← β₂s + (1 − β₂)g², θ ← θ − rate · (m̂
/// / (√ŝ + ε) + decay · θ) with m̂ = m/(1 − β₁ᵗ), ŝ = s/(1 − β₂ᵗ).
///
/// *Source*: Kingma and Ba, "Adam", 2015, algorithm 1; Loshchilov and Hutter, "Decoupled weight
/// decay regularization", 2019.
///
/// @param learningRate rate before the schedule's factor
/// @param beta1 decay of the mean, in [0, 1)
/// @param beta2 decay of the square, in [0, 1)
/// @param epsilon added to the root
/// @param weightDecay decoupled, applied to all parameters; 0 is plain Adam
/// @param clipNorm largest global norm of the gradient; 0 for no clipping
public record Adam(
        double learningRate,
        double beta1,
        double beta2,
        double epsilon,
        double weightDecay,
        double clipNorm)
        implements Optimiser {
    private static final String MEAN_CORRECTION = "meanCorrection";
    private static final String SQUARE_CORRECTION = "squareCorrection";

    public Adam {
        Ranges.positive("learningRate", learningRate);
        Ranges.fraction("beta1", beta1);
        Ranges.fraction("beta2", beta2);
        Ranges.positive("epsilon", epsilon);
        Ranges.notNegative("weightDecay", weightDecay);
        Ranges.clip(clipNorm);
    }

    @Override
    public List<String> slots() {
        return List.of("mean", "square");
    }

    @Override
    public SequencedMap<String, Double> scalars(long update, double progress) {
        SequencedMap<String, Double> scalars = new LinkedHashMap<>();
        scalars.put(MEAN_CORRECTION, 1 / (1 - StrictMath.pow(beta1, update)));
        scalars.put(SQUARE_CORRECTION, 1 / (1 - StrictMath.pow(beta2, update)));
        return scalars;
    }

    @Override
    public Update update(
            List<Node> parameters, List<List<Node>> slots, List<Node> gradients, List<Node> rates) {
        Graph graph = rates.getFirst().graph();
        Node meanCorrection = graph.input(MEAN_CORRECTION, Shape.SCALAR);
        Node squareCorrection = graph.input(SQUARE_CORRECTION, Shape.SCALAR);
        List<Node> clipped = Optimiser.clipped(gradients, clipNorm);
        List<Node> means = new ArrayList<>();
        List<Node> squares = new ArrayList<>();
        List<Node> moved = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            Node theta = parameters.get(i);
            Node g = clipped.get(i);
            Node mean = slots.get(0).get(i).times(beta1).plus(g.times(1 - beta1));
            Node square = slots.get(1).get(i).times(beta2).plus(g.times(g).times(1 - beta2));
            Node step =
                    mean.times(meanCorrection)
                            .over(
                                    square.times(squareCorrection)
                                            .sqrt()
                                            .plus(graph.constant(epsilon)));
            means.add(mean);
            squares.add(square);
            moved.add(
                    theta.minus(
                            (weightDecay > 0 ? step.plus(theta.times(weightDecay)) : step)
                                    .times(rates.get(i))));
        }
        return new Update(moved, List.of(means, squares));
    }
}
