package org.phasezoo.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.phasezoo.graph.Node;

/// Another optimiser that also keeps an exponential moving average of the parameters: a ← decay · a
/// + (1 − decay) · θ after each update, from 0; [#corrected] undoes the start.
///
/// *Source*: Polyak and Juditsky, "Acceleration of stochastic approximation by averaging", 1992;
/// the correction as in Kingma and Ba, "Adam", 2015, section 3.
///
/// @param decay in [0, 1)
/// @param base what moves the parameters
public record Averaged(double decay, Optimiser base) implements Optimiser {
    /// Name of the slot that holds the average; the last one.
    public static final String SLOT = "average";

    public Averaged {
        Ranges.fraction("decay", decay);
        if (base instanceof Averaged) {
            throw new IllegalArgumentException("base is averaged itself; one average is enough");
        }
    }

    /// The average of `updates` parameters from what the slot holds.
    public double[] corrected(double[] slot, long updates) {
        double scale = 1 / (1 - StrictMath.pow(decay, updates));
        double[] average = new double[slot.length];
        for (int i = 0; i < slot.length; i++) {
            average[i] = slot[i] * scale;
        }
        return average;
    }

    @Override
    public double learningRate() {
        return base.learningRate();
    }

    @Override
    public List<String> slots() {
        List<String> slots = new ArrayList<>(base.slots());
        slots.add(SLOT);
        return slots;
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
        return base.gradient(objective, parameters);
    }

    @Override
    public Update update(
            List<Node> parameters, List<List<Node>> slots, List<Node> gradients, List<Node> rates) {
        Update moved =
                base.update(parameters, slots.subList(0, slots.size() - 1), gradients, rates);
        List<Node> averages = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            averages.add(
                    slots.getLast()
                            .get(i)
                            .times(decay)
                            .plus(moved.parameters().get(i).times(1 - decay)));
        }
        List<List<Node>> all = new ArrayList<>(moved.slots());
        all.add(averages);
        return new Update(moved.parameters(), all);
    }
}
