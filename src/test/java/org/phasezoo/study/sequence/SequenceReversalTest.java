package org.phasezoo.study.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.phasezoo.engine.Precision;
import org.phasezoo.model.Parameter;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;
import org.phasezoo.study.Kept;
import org.phasezoo.study.Probe;
import org.phasezoo.study.Streams;
import org.phasezoo.study.sequence.NormPlacement.Placement;
import org.phasezoo.train.Learner;

class SequenceReversalTest {
    private static final int D = 4;
    private static final int SYMBOLS = 5;
    private static final int TOKENS = 3;
    private static final int TESTED = 512;

    /// Draws of every parameter, so that scales and biases tell.
    private static double[] theta(List<Parameter> parameters) {
        double[] theta = Learner.start(parameters, new Draws(new Key(3)));
        Draws draws = new Draws(new Key(4));
        for (int i = 0; i < theta.length; i++) {
            theta[i] += .3 * draws.normal(i);
        }
        return theta;
    }

    private static PlainTransformer plain(TransformerStack stack, double[] theta) {
        List<Parameter> parameters = new SequenceNet(stack, TOKENS).parameters();
        List<double[]> values = new ArrayList<>();
        int at = 0;
        for (Parameter parameter : parameters) {
            int size = parameter.shape().elements();
            values.add(java.util.Arrays.copyOfRange(theta, at, at + size));
            at += size;
        }
        return new PlainTransformer(stack, parameters, values);
    }

    @ParameterizedTest
    @EnumSource(Placement.class)
    void loss_and_accuracy_of_fresh_sequences_are_those_of_plain_loops(Placement placement) {
        SequenceReversal study = new SequenceReversal(placement, 2, D, SYMBOLS, TOKENS);
        double[] theta = theta(study.parameters());
        Kept kept = new Kept();
        study.measure(theta, Precision.FLOAT64, Kept.run(2), kept);
        PlainTransformer plain = plain(new TransformerStack(placement, 2, D, SYMBOLS, true), theta);
        Draws draws = new Draws(Kept.run(2).key("test"));
        double loss = 0;
        double right = 0;
        for (int n = 0; n < TESTED; n++) {
            int[] symbols = new int[TOKENS];
            for (int t = 0; t < TOKENS; t++) {
                symbols[t] = draws.below((long) n * TOKENS + t, SYMBOLS);
            }
            double[][] logits = plain.logits(symbols);
            for (int t = 0; t < TOKENS; t++) {
                int target = symbols[TOKENS - 1 - t];
                loss += PlainTransformer.loss(logits[t], target);
                boolean largest = true;
                for (double z : logits[t]) {
                    largest &= z <= logits[t][target];
                }
                right += largest ? 1 : 0;
            }
        }
        assertThat(kept.of("loss.test.v1")).isCloseTo(loss / (TESTED * TOKENS), within(1e-11));
        assertThat(kept.of("accuracy.test.v1")).isEqualTo(right / (TESTED * TOKENS));
    }

    @Test
    void the_stored_graph_gives_the_logits_of_one_token_after_the_other() {
        SequenceReversal study = new SequenceReversal(Placement.POST, 2, D, SYMBOLS, TOKENS);
        var training = Streams.of(study, 8, 1);
        Kept kept = Kept.finish(training, 6);
        Probe probe = training.probe().orElseThrow();
        var weights = kept.checkpoints.get("init");
        double[] told = probe.outputs(probe.inputs(), weights).reals();
        double[] theta = Learner.start(study.parameters(), new Draws(Kept.run(6).key("start")));
        PlainTransformer plain =
                plain(new TransformerStack(Placement.POST, 2, D, SYMBOLS, true), theta);
        double[] inputs = probe.inputs().reals();
        for (int n = 0; n < Probe.INPUTS; n++) {
            int[] symbols = new int[TOKENS];
            for (int t = 0; t < TOKENS; t++) {
                symbols[t] = (int) inputs[n * TOKENS + t];
            }
            double[][] logits = plain.logits(symbols);
            for (int i = 0; i < TOKENS * SYMBOLS; i++) {
                assertThat(told[n * TOKENS * SYMBOLS + i])
                        .isCloseTo(logits[i / SYMBOLS][i % SYMBOLS], within(1e-5));
            }
        }
    }

    /// Norms begin at scale 1 and the embedding at deviation 1, whatever the number of symbols; the
    /// second map of the rectifier layer has Xavier's deviation.
    @Test
    void parameters_begin_at_their_initial_values_and_deviations() {
        SequenceReversal study = new SequenceReversal(Placement.PRE, 1, 64, 50, 4);
        double[] theta = Learner.start(study.parameters(), new Draws(new Key(1)));
        int at = 0;
        for (Parameter parameter : study.parameters()) {
            double square = 0;
            int size = parameter.shape().elements();
            for (int i = 0; i < size; i++) {
                square += theta[at + i] * theta[at + i] / size;
            }
            at += size;
            switch (parameter.name()) {
                case "norm.scale" -> assertThat(square).isEqualTo(1);
                case "norm.bias", "first0.bias" -> assertThat(square).isZero();
                case "embedding" -> assertThat(square).isCloseTo(1, within(.1));
                case "second0" -> assertThat(square).isCloseTo(2.0 / 320, within(2e-4));
                default -> assertThat(square).isFinite();
            }
        }
        assertThat(at).isEqualTo(theta.length);
    }

    @Test
    void two_layers_learn_to_reverse() {
        Kept kept =
                Kept.finish(
                        Streams.of(new SequenceReversal(Placement.PRE, 2, 16, 4, 4), 16, 400), 1);
        assertThat(kept.of("accuracy.test.v1")).isGreaterThan(.95);
    }

    @Test
    void settings_out_of_range_are_refused_by_name() {
        assertThatThrownBy(() -> new SequenceReversal(Placement.PRE, 0, 8, 5, 4))
                .hasMessageStartingWith("layers is 0; choose one from 1 to 64");
        assertThatThrownBy(() -> new SequenceReversal(Placement.PRE, 1, 8, 1, 4))
                .hasMessageStartingWith("symbols is 1; choose one from 2 to 512");
        assertThatThrownBy(() -> new SequenceReversal(Placement.PRE, 1, 8, 5, 0))
                .hasMessageStartingWith("tokens is 0; choose one from 1 to 128");
    }
}
