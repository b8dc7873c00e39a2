package org.phasezoo.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.phasezoo.data.Digits;
import org.phasezoo.data.Split;
import org.phasezoo.model.Architecture;
import org.phasezoo.model.DepthScaled;
import org.phasezoo.model.Initialisation;
import org.phasezoo.model.Parameter;
import org.phasezoo.model.VisionTransformer;
import org.phasezoo.random.Key;

/// How much one update of the blocks changes what a fixed read-out sees as the depth grows 8 times.
/// Tokens begin 400 times as large as they would, so that the stream is no sum of branches alone:
/// its size would grow with the branches, and the last norm would hide that.
class DepthScaledTest {
    private static final int SHALLOW = 4;
    private static final int DEEP = 32;
    private static final Optimiser DESCENT = new Momentum(.01, 0, 0, 0);
    private static final Optimiser ADAM = new Adam(1e-4, .9, .999, 1e-12, 0, 0);

    private static double change(int depth, double multiplier, double rate, Optimiser optimiser) {
        Architecture net =
                new DepthScaled(new VisionTransformer(4, 16, depth, 2), SHALLOW, multiplier, rate);
        Split split = new Digits(64, 64, .305, .376).split(new Key(0));
        Problem problem = new Problem(net, split, new Objective.CrossEntropy());
        Trainer trainer = new Trainer(problem, optimiser, 64, new Key(0));
        Evaluator evaluator = new Evaluator(problem);
        double sum = 0;
        for (int seed = 0; seed < 8; seed++) {
            double[] before = start(problem.parameters(), new Key(seed));
            trainer.set(
                    before,
                    optimiser.slots().stream().map(_ -> new double[before.length]).toList(),
                    0);
            trainer.update(split.train(), 0, 64, optimiser.learningRate(), 0);
            double[] after = blocksOf(trainer.weights(), before, problem.parameters());
            double[] a = evaluator.logits(before, split.inputs(), 64);
            double[] b = evaluator.logits(after, split.inputs(), 64);
            for (int i = 0; i < a.length; i++) {
                sum += (b[i] - a[i]) * (b[i] - a[i]);
            }
        }
        return Math.sqrt(sum);
    }

    private static double[] start(List<Parameter> tensors, Key key) {
        double[] start = new Initialisation.FanInNormal(1).draw(tensors, key);
        int at = 0;
        for (Parameter tensor : tensors) {
            boolean token = tensor.name().equals("token") || tensor.name().equals("positions");
            for (int end = at + tensor.shape().elements(); at < end; at++) {
                start[at] *= token ? 400 : 1;
            }
        }
        return start;
    }

    private static double[] blocksOf(double[] after, double[] before, List<Parameter> tensors) {
        double[] blocks = before.clone();
        int at = 0;
        for (Parameter tensor : tensors) {
            int size = tensor.shape().elements();
            if (tensor.name().startsWith("blocks.")) {
                System.arraycopy(after, at, blocks, at, size);
            }
            at += size;
        }
        return blocks;
    }

    private static double growth(double multiplier, double rate, Optimiser optimiser) {
        return change(DEEP, multiplier, rate, optimiser)
                / change(SHALLOW, multiplier, rate, optimiser);
    }

    @Test
    void under_descent_half_a_power_of_depth_in_the_branches_keeps_the_change() {
        assertThat(growth(.5, 0, DESCENT)).isBetween(.6, 1.7);
        assertThat(growth(0, 0, DESCENT)).isGreaterThan(4);
        assertThat(growth(.5, .5, DESCENT)).isLessThan(.5);
    }

    @Test
    void under_adam_the_rate_takes_half_a_power_too() {
        assertThat(growth(.5, .5, ADAM)).isBetween(.6, 1.7);
        assertThat(growth(.5, 0, ADAM)).isGreaterThan(2);
        assertThat(growth(0, .5, ADAM)).isGreaterThan(2);
    }
}
