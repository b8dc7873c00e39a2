package org.phasezoo.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.phasezoo.data.Digits;
import org.phasezoo.data.Split;
import org.phasezoo.model.Architecture;
import org.phasezoo.model.Initialisation;
import org.phasezoo.model.Perceptron;
import org.phasezoo.model.Scaled;
import org.phasezoo.model.Scaled.Exponents;
import org.phasezoo.random.Key;

/// How much ten updates change the outputs of a two-hidden-layer net as its width grows 8 times.
class ScaledTest {
    private static final Exponents NONE = new Exponents(0, 0, 0);

    private static double change(int width, boolean maximalUpdate) {
        Architecture net = new Perceptron(List.of(width, width), Perceptron.Activation.TANH);
        Architecture used =
                maximalUpdate
                        ? new Scaled(
                                net,
                                128,
                                new Exponents(-.5, .5, 0),
                                NONE,
                                new Exponents(.5, 0, 0),
                                new Exponents(-.5, .5, 0))
                        : net;
        Split split = new Digits(512, 64, .305, .376).split(new Key(0));
        Problem problem = new Problem(used, split, new Objective.CrossEntropy());
        double sum = 0;
        for (int seed = 0; seed < 3; seed++) {
            double[] weights =
                    new Initialisation.FanInNormal(1).draw(problem.parameters(), new Key(seed));
            Trainer trainer = new Trainer(problem, new Momentum(.02, 0, 0, 0), 64, new Key(0));
            trainer.set(weights, List.of(), 0);
            Evaluator evaluator = new Evaluator(problem);
            double[] before = evaluator.logits(weights, split.inputs(), 64);
            for (int i = 0; i < 10; i++) {
                trainer.update(split.train(), 0, 64, .02, 0);
            }
            double[] after = evaluator.logits(trainer.weights(), split.inputs(), 64);
            for (int i = 0; i < after.length; i++) {
                sum += (after[i] - before[i]) * (after[i] - before[i]);
            }
        }
        return Math.sqrt(sum);
    }

    @Test
    void maximal_update_exponents_keep_the_outputs_change_where_the_standard_ones_let_it_grow() {
        assertThat(change(1024, true) / change(128, true)).isBetween(.6, 1.7);
        assertThat(change(1024, false) / change(128, false)).isGreaterThan(2.5);
    }
}
