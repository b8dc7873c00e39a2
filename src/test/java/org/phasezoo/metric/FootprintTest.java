package org.phasezoo.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.phasezoo.data.Digits;
import org.phasezoo.data.Split;
import org.phasezoo.model.ConvolutionalNet;
import org.phasezoo.random.Key;
import org.phasezoo.study.Held;
import org.phasezoo.train.Evaluator;
import org.phasezoo.train.Footprint;
import org.phasezoo.train.Hessian;
import org.phasezoo.train.Momentum;

class FootprintTest {
    private static final Split SPLIT = new Digits(128, 64, .3053, .376).split(Key.of("split"));
    private static final TrainedNet SMALL =
            Trained.net(new ConvolutionalNet(2, .1), SPLIT, new Momentum(.1, 0, 0, 0), 1, 1);
    private static final TrainedNet LARGE =
            Trained.net(new ConvolutionalNet(5, .1), SPLIT, new Momentum(.1, 0, 0, 0), 1, 2);
    private static final long DATA = Held.splits(List.of(SMALL));

    @Test
    void the_planned_memory_of_a_metric_is_that_of_the_programs_it_runs() {
        assertThat(new Evaluation().footprint(List.of(SMALL)))
                .isEqualTo(new Footprint(Held.arenas(new Evaluator(SMALL.problem())), DATA));
        assertThat(new HessianSpectrum(64, 4, .1, 2).footprint(List.of(SMALL)))
                .isEqualTo(
                        new Footprint(
                                Held.arenas(new Hessian(SMALL.problem(), SMALL.weights())), DATA));
        assertThat(new Distance().footprint(List.of(SMALL, SMALL)))
                .isEqualTo(new Footprint(0, 2 * DATA));
    }

    /// Nets are evaluated one after the other, so that the larger counts.
    @Test
    void similarity_holds_one_evaluator_at_a_time() {
        Footprint both = new Cka(24, 16).footprint(List.of(LARGE, SMALL));
        assertThat(both)
                .isEqualTo(new Footprint(Held.arenas(new Evaluator(LARGE.problem())), 2 * DATA));
    }

    /// The curve is trained on batches of any size, then points on it are evaluated.
    @Test
    void mode_connectivity_holds_the_larger_of_training_and_evaluation() {
        Footprint evaluation = LARGE.evaluation();
        assertThat(connectivity(1).arenaBytes()).isEqualTo(evaluation.arenaBytes());
        assertThat(connectivity(128).arenaBytes()).isGreaterThan(2 * evaluation.arenaBytes());
    }

    private static Footprint connectivity(int batchSize) {
        return new ModeConnectivity(new BezierCurve(1, batchSize, .1, .9, 0))
                .footprint(List.of(LARGE, LARGE));
    }
}
