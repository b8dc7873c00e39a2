package org.phasezoo.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Shape;

/// Adam with decoupled weight decay: m ← β₁m + (1 − β₁)g, s ← β₂s + (1 − β₂)g²,
/// θ ← θ − rate · (m̂ / (√ŝ + ε) + decay · θ) with m̂ = m/(1 − β₁ᵗ), ŝ = s/(1 − β₂ᵗ).
///
/// *Source*: Kingma and Ba, "Adam", 2015, algorithm 1; Loshchilov and Hutter, "Decoupled weight decay regularization", 2019.
///
/// @param learningRate rate before the schedule's factor
/// @param beta1 decay of the mean, in [0, 1)
/// @param beta2 decay of the square, in [0, 1)
/// @param epsilon added to the root
/// @param weightDecay decoupled, applied to all parameters; 0 is plain Adam
/// @param clipNorm largest global norm of the gradient; 0 for no clipping
public record Adam(double learningRate, double beta1, double beta2, double epsilon, double weightDecay, double clipNorm)
        implements Optimiser {
    private static final String MEAN_CORRECTION = "meanCorrection";
    private static final String SQUARE_CORRECTION = "squareCorrection";

    public Adam {
        if (!(learningRate > 0)) {
            throw new IllegalArgumentException("learningRate " + learningRate + " must be above 0");
        }
        if (!(beta1 >= 0 && beta1 < 1)) {
            throw new IllegalArgumentException("beta1 " + beta1 + " must lie in [0, 1)");
        }
        if (!(beta2 >= 0 && beta2 < 1)) {
            throw new IllegalArgumentException("beta2 " + beta2 + " must lie in [0, 1)");
        }
        if (!(epsilon > 0)) {
            throw new IllegalArgumentException("epsilon " + epsilon + " must be above 0");
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
        return List.of("mean", "square");
    }

    @Override
    public SequencedMap<String, Double> scalars(long update) {
        SequencedMap<String, Double> scalars = new LinkedHashMap<>();
        scalars.put(MEAN_CORRECTION, 1 / (1 - StrictMath.pow(beta1, update)));
        scalars.put(SQUARE_CORRECTION, 1 / (1 - StrictMath.pow(beta2, update)));
        return scalars;
    }

    @Override
    public Update update(List<Node> parameters, List<List<Node>> slots, List<Node> gradients, Node rate) {
        Graph graph = rate.graph();
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
            Node step = mean.times(meanCorrection).over(square.times(squareCorrection).sqrt().plus(graph.constant(epsilon)));
            means.add(mean);
            squares.add(square);
            moved.add(theta.minus((weightDecay > 0 ? step.plus(theta.times(weightDecay)) : step).times(rate)));
        }
        return new Update(moved, List.of(means, squares));
    }
}
