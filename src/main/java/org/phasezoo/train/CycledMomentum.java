package org.phasezoo.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Shape;

/// [Momentum] whose momentum runs against a one-cycle rate: from `high` down to `low` over the
/// first `rise` of training and back up, each along half a cosine.
///
/// *Source*: Smith and Topin, "Super-convergence", 2019; the cosines as in PyTorch's OneCycleLR.
///
/// @param learningRate rate before the schedule's factor, the peak with [Schedule.OneCycle]
/// @param low momentum at the peak of the rate
/// @param high momentum at the ends
/// @param rise share of training, in (0, 1)
/// @param weightDecay applied to all parameters
/// @param clipNorm largest global norm of the gradient, before the decay; 0 for no clipping
public record CycledMomentum(
        double learningRate,
        double low,
        double high,
        double rise,
        double weightDecay,
        double clipNorm)
        implements Optimiser {
    private static final String MOMENTUM = "momentum";

    public CycledMomentum {
        Ranges.positive("learningRate", learningRate);
        Ranges.fraction("low", low);
        Ranges.fraction("high", high);
        Ranges.positive("rise", rise);
        Ranges.fraction("rise", rise);
        Ranges.notNegative("weightDecay", weightDecay);
        Ranges.clip(clipNorm);
    }

    @Override
    public List<String> slots() {
        return Velocity.SLOTS;
    }

    @Override
    public SequencedMap<String, Double> scalars(long update, double progress) {
        SequencedMap<String, Double> scalars = new LinkedHashMap<>();
        scalars.put(
                MOMENTUM,
                progress < rise
                        ? Schedule.along(high, low, progress / rise)
                        : Schedule.along(low, high, (progress - rise) / (1 - rise)));
        return scalars;
    }

    @Override
    public Update update(
            List<Node> parameters, List<List<Node>> slots, List<Node> gradients, List<Node> rates) {
        Node momentum = rates.getFirst().graph().input(MOMENTUM, Shape.SCALAR);
        return new Velocity(v -> v.times(momentum), (g, v) -> v, weightDecay, clipNorm)
                .update(parameters, slots, gradients, rates);
    }
}
