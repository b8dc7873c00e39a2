package org.phasezoo.study;

import java.util.List;
import java.util.function.Function;
import org.phasezoo.engine.Precision;
import org.phasezoo.graph.Node;
import org.phasezoo.train.LimitedMemoryBfgs;

/// A last stage of training on fixed examples, by [LimitedMemoryBfgs].
///
/// @param iterations 0 to 100,000
/// @param pairs of steps and gradients remembered, 1 to 100
/// @param tolerance of the gradient's largest component, at which it ends early, at least 0
public record Polish(int iterations, int pairs, double tolerance) {
    /// Updates that an iteration is worth, by its line searches.
    private static final double TRIALS = 1.3;

    public Polish {
        Setting.within("iterations", iterations, 0, 100_000);
        Setting.within("pairs", pairs, 1, 100);
        Setting.within("tolerance", tolerance, 0, 1);
    }

    /// Refuses what it cannot polish.
    static void refuse(StreamObjective objective, int batchSize, Precision precision) {
        if (precision != Precision.FLOAT64 || objective.fixed(batchSize).isEmpty()) {
            throw new IllegalArgumentException(
                    "polish needs precision float64 and an objective with fixed examples; leave it"
                            + " out or change them");
        }
    }

    private static Function<List<Node>, Node> loss(StreamObjective objective, int batchSize) {
        return parameters -> objective.loss(parameters, batchSize);
    }

    /// Parameters after it.
    double[] of(StreamObjective objective, int batchSize, double[] parameters) {
        FixedLoss fixed =
                new FixedLoss(
                        objective.parameters(),
                        loss(objective, batchSize),
                        objective.fixed(batchSize).orElseThrow());
        return LimitedMemoryBfgs.minimise(fixed, parameters, iterations, pairs, tolerance).x();
    }

    Footprint footprint(StreamObjective objective, int batchSize) {
        return Footprint.of(
                FixedLoss.program(objective.parameters(), loss(objective, batchSize)),
                Precision.FLOAT64);
    }

    /// The updates that it is worth.
    double updates() {
        return TRIALS * iterations;
    }
}
