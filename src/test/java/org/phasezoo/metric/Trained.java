package org.phasezoo.metric;

import java.util.Arrays;
import java.util.List;
import org.phasezoo.data.Digits;
import org.phasezoo.data.Split;
import org.phasezoo.model.Architecture;
import org.phasezoo.model.Initialisation;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;
import org.phasezoo.train.Momentum;
import org.phasezoo.train.Objective;
import org.phasezoo.train.Problem;
import org.phasezoo.train.Trainer;

/// Nets trained on the digits for tests.
final class Trained {
    private Trained() {}

    static Split split(int train, int test) {
        return new Digits(train, test, .305, .376).split(new Key(1));
    }

    static TrainedNet net(
            Architecture architecture, Split split, Momentum optimiser, int epochs, long seed) {
        Problem problem = new Problem(architecture, split, new Objective.CrossEntropy());
        double[] weights =
                new Initialisation.FanInUniform(1).draw(problem.parameters(), new Key(seed));
        int batch = Math.min(64, split.train().length);
        Trainer trainer = new Trainer(problem, optimiser, batch, new Key(0));
        trainer.set(weights, List.of(), 0);
        Draws order = new Draws(new Key(seed + 1000));
        for (int epoch = 0; epoch < epochs; epoch++) {
            int[] shuffled =
                    Arrays.stream(order.permutation(epoch, split.train().length))
                            .map(i -> split.train()[i])
                            .toArray();
            for (int at = 0; at + batch <= shuffled.length; at += batch) {
                trainer.update(shuffled, at, batch, optimiser.learningRate(), 0);
            }
        }
        return new TrainedNet(problem, trainer.weights());
    }
}
