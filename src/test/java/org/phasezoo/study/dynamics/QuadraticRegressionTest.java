package org.phasezoo.study.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.phasezoo.engine.Precision;
import org.phasezoo.random.Key;
import org.phasezoo.study.Checkpoint;
import org.phasezoo.study.Kept;
import org.phasezoo.study.Probe;
import org.phasezoo.study.StreamTraining;
import org.phasezoo.study.dynamics.QuadraticRegression.Model;
import org.phasezoo.train.Momentum;
import org.phasezoo.train.Schedule;

class QuadraticRegressionTest {
    private static StreamTraining training(QuadraticRegression net, int batchSize, int updates) {
        return new StreamTraining(
                net,
                new Momentum(1, 0, 0, 0),
                Optional.empty(),
                new Schedule.Constant(),
                batchSize,
                updates,
                Optional.empty(),
                List.of(Checkpoint.INIT, Checkpoint.LAST),
                1e12,
                Optional.of(Precision.FLOAT64));
    }

    private static Kept trained(QuadraticRegression net, int updates) {
        return Kept.finish(training(net, net.examples(), updates), 1);
    }

    private static double[] outputs(QuadraticRegression net, Kept kept, String checkpoint) {
        Probe probe = training(net, net.examples(), 1).probe().orElseThrow();
        return probe.outputs(probe.inputs(), kept.checkpoints.get(checkpoint)).reals();
    }

    /// So the descent of all weights is that of two moments, or of two sums where it is linearised.
    @ParameterizedTest
    @EnumSource
    void trained_nets_tell_what_the_recursion_of_moments_does(Model model) {
        QuadraticRegression net = new QuadraticRegression(model, 6, 9, 12, .7, .4);
        Kept kept = trained(net, 300);
        QuadraticExamples examples = net.task(Kept.run(1)).train();
        MomentRecursion moments = new MomentRecursion(net, examples, net.start(Kept.run(1)));
        for (int step = 0; step < 300; step++) {
            moments.step();
        }
        double[] told = outputs(net, kept, "last");
        double[] x = training(net, 12, 1).probe().orElseThrow().inputs().reals();
        double[] expected = moments.outputs(x);
        assertThat(told).hasSize(Probe.INPUTS);
        for (int e = 0; e < told.length; e++) {
            assertThat(told[e]).isCloseTo(expected[e], within(1e-9));
        }
        assertThat(outputs(net, kept, "init")).containsOnly(0);
        double[] f = moments.outputs(examples.inputs());
        double squares = 0;
        for (int e = 0; e < f.length; e++) {
            squares += (f[e] - examples.targets()[e]) * (f[e] - examples.targets()[e]);
        }
        assertThat(kept.of("loss.train.last.v1"))
                .isCloseTo(squares / f.length / examples.power(), within(1e-9));
        assertThat(kept.of("loss.train.last.v1")).isLessThan(.5);
    }

    /// The output scale falls out of a linear net whose rate is N/α².
    @Test
    void a_linearised_net_learns_alike_at_every_laziness() {
        double plain = early(1);
        assertThat(plain).isBetween(.01, .9);
        assertThat(early(.1)).isCloseTo(plain, within(1e-12));
        assertThat(early(10)).isCloseTo(plain, within(1e-12));
    }

    /// The training loss after a few updates.
    private static double early(double laziness) {
        return trained(new QuadraticRegression(Model.LINEARISED, 10, 30, 20, laziness, .3), 10)
                .of("loss.train.last.v1");
    }

    @Test
    void a_kernel_that_is_only_linear_is_not_aligned_with_even_labels() {
        QuadraticRegression net = new QuadraticRegression(Model.NET, 3, 50, 2, 1, 1);
        QuadraticAlignment alignment =
                new QuadraticAlignment(new QuadraticTask(3, 2, new Key(4)), net.start(Kept.run(2)));
        assertThat(alignment.kernel(1e-9, 1000)).isLessThan(.05);
        assertThat(alignment.kernel(5, 1000)).isGreaterThan(.2);
    }

    @Test
    void a_net_with_enough_examples_generalises_and_its_linearisation_is_worse() {
        Kept net = trained(new QuadraticRegression(Model.NET, 20, 50, 120, .5, .5), 3000);
        Kept linear = trained(new QuadraticRegression(Model.LINEARISED, 20, 50, 120, .5, .5), 3000);
        assertThat(net.of("loss.test.last.v1")).isLessThan(.15);
        assertThat(net.of("steps.test.v1")).isLessThan(3000);
        assertThat(linear.of("loss.train.last.v1")).isLessThan(.1);
        assertThat(linear.of("loss.test.last.v1")).isGreaterThan(.3);
        assertThat(linear.of("feature.alignment.v1")).isNaN();
    }

    @ParameterizedTest
    @EnumSource
    void a_member_that_is_saved_and_restored_after_each_slice_gives_the_same_bits(Model model) {
        StreamTraining study =
                training(new QuadraticRegression(model, 30, 200, 800, 4, .05), 800, 700);
        Kept whole = Kept.finish(study, 3);
        assertThat(Kept.interrupted(study, 3).values).isEqualTo(whole.values);
        assertThat(whole.of("steps.test.v1")).isGreaterThan(400);
    }

    @Test
    void settings_out_of_range_are_refused_by_name() {
        QuadraticRegression net = new QuadraticRegression(Model.NET, 20, 50, 120, .5, .5);
        assertThatThrownBy(() -> training(net, 100, 10))
                .hasMessageStartingWith("batchSize is 100; choose one from 120 to 10000");
        assertThatThrownBy(() -> new QuadraticRegression(Model.NET, 20, 50, 120, 0, .5))
                .hasMessageStartingWith("laziness is 0; choose");
    }
}
