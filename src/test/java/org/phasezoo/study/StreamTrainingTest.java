package org.phasezoo.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.phasezoo.engine.Precision;
import org.phasezoo.random.Draws;
import org.phasezoo.study.field.MeanFlow;
import org.phasezoo.study.field.ResidualPath;
import org.phasezoo.study.graphs.Aggregation;
import org.phasezoo.study.sequence.NormPlacement;
import org.phasezoo.study.sequence.SequenceReversal;
import org.phasezoo.train.Learner;
import org.phasezoo.train.LimitedMemoryBfgs;
import org.phasezoo.train.Momentum;
import org.phasezoo.train.Schedule;

class StreamTrainingTest {
    private static final MeanFlow FLOW = new MeanFlow(.5, MeanFlow.Tangent.PATH, 8);
    private static final ResidualPath PATH =
            new ResidualPath(ResidualPath.Activation.SILU, 1, 3, 4);
    private static final Aggregation TREES =
            new Aggregation(Aggregation.Task.TREES, Aggregation.Aggregator.BOTH, 3, 4);
    private static final SequenceReversal REVERSAL =
            new SequenceReversal(NormPlacement.Placement.POST, 2, 4, 3, 3);

    private static List<StreamTraining> trainings() {
        return List.of(
                Streams.of(FLOW, 16, 600),
                Streams.polished(PATH, 600, 20),
                Streams.of(TREES, 8, 600),
                Streams.of(REVERSAL, 4, 600));
    }

    @ParameterizedTest
    @MethodSource("trainings")
    void a_member_that_is_saved_and_restored_after_each_slice_gives_the_same_bits(
            StreamTraining training) {
        Kept whole = Kept.finish(training, 3);
        Kept again = Kept.interrupted(training, 3);
        assertThat(again.values).isEqualTo(whole.values);
        assertThat(numbers(again, "last")).containsExactly(numbers(whole, "last"));
    }

    private static double[] numbers(Kept kept, String checkpoint) {
        return kept.checkpoints.get(checkpoint).tensors().sequencedValues().stream()
                .flatMapToDouble(tensor -> java.util.Arrays.stream(tensor.reals()))
                .toArray();
    }

    /// The weights kept at the start are the draws; those at the end lower the loss of fresh
    /// examples.
    @Test
    void checkpoints_are_the_weights_before_and_after_training() {
        StreamTraining training = Streams.polished(PATH, 300, 20);
        Kept kept = Kept.finish(training, 5);
        assertThat(numbers(kept, "init"))
                .containsExactly(
                        Learner.start(PATH.parameters(), new Draws(Kept.run(5).key("start"))));
        assertThat(loss(numbers(kept, "last"))).isLessThan(loss(numbers(kept, "init")) / 100);
    }

    private static double loss(double[] parameters) {
        FixedLoss loss =
                new FixedLoss(
                        PATH.parameters(), p -> PATH.loss(p, 64), PATH.examples(Kept.run(99), 64));
        return loss.of(parameters, new double[parameters.length]);
    }

    /// The polish sees the middles of equal parts of the span, whoever the member is.
    @Test
    void without_iterations_of_the_polish_weights_are_those_of_the_last_update() {
        Kept bare =
                Kept.finish(Streams.with(PATH, 200, 300, Optional.empty(), Precision.FLOAT64), 5);
        Kept still = Kept.finish(Streams.polished(PATH, 300, 0), 5);
        Kept moved = Kept.finish(Streams.polished(PATH, 300, 1), 5);
        assertThat(numbers(still, "last")).containsExactly(numbers(bare, "last"));
        assertThat(numbers(moved, "last")).isNotEqualTo(numbers(bare, "last"));
    }

    @Test
    void a_loss_over_the_bound_is_divergence_and_ends_the_member() {
        StreamTraining training =
                new StreamTraining(
                        FLOW,
                        new Momentum(1e6, 0, 0, 0),
                        Optional.empty(),
                        new Schedule.Constant(),
                        16,
                        600,
                        Optional.empty(),
                        List.of(Checkpoint.LAST),
                        1e3,
                        Optional.empty());
        Kept kept = Kept.finish(training, 3);
        assertThat(kept.of("diverged")).isEqualTo(1);
        assertThat(kept.checkpoints).isEmpty();
    }

    /// What a probe tells of points is what the net's own program tells of them.
    @Test
    void the_stored_graph_computes_what_the_trained_net_does() {
        StreamTraining training = Streams.of(FLOW, 16, 250);
        Kept kept = Kept.finish(training, 4);
        Probe probe = training.probe().orElseThrow();
        Tensor inputs = probe.inputs();
        double[] x = inputs.reals();
        assertThat(inputs.shape()).containsExactly(Probe.INPUTS, 4);
        double[] told = probe.outputs(inputs, kept.checkpoints.get("last")).reals();
        double[] moved = x.clone();
        moved[0] += 1;
        double[] other =
                probe.outputs(
                                Tensor.reals(Precision.FLOAT32, inputs.shape(), moved),
                                kept.checkpoints.get("last"))
                        .reals();
        assertThat(told).hasSize(2 * Probe.INPUTS).isNotEqualTo(other);
        assertThat(java.util.Arrays.copyOfRange(told, 2, told.length))
                .containsExactly(java.util.Arrays.copyOfRange(other, 2, other.length));
    }

    @Test
    void a_model_names_its_inputs_and_every_tensor() {
        JsonNode graph = Streams.of(TREES, 8, 1).model().path("graph");
        List<String> inputs = new java.util.ArrayList<>();
        for (JsonNode node : graph) {
            if (node.path("op").asText().equals("input")) {
                inputs.add(node.path("name").asText());
            }
        }
        assertThat(inputs).contains("values", "parents", "roots", "message", "out.bias");
        assertThat(Streams.of(TREES, 8, 1).probe()).isEmpty();
        assertThat(Streams.of(TREES, 8, 1).architectureId()).isEqualTo("message-net-both-4");
        assertThat(Streams.polished(PATH, 1, 1).architectureId())
                .isEqualTo("path-net-silu-4-float64");
    }

    @Test
    void a_member_hangs_on_the_line_search_only_where_it_is_polished() {
        assertThat(Streams.polished(PATH, 1, 1).revisions())
                .containsEntry("l-bfgs", LimitedMemoryBfgs.REVISION);
        assertThat(Streams.of(PATH, 200, 1).revisions()).doesNotContainKey("l-bfgs");
    }

    @Test
    void settings_out_of_range_are_refused_by_name() {
        assertThatThrownBy(() -> Streams.of(FLOW, 0, 1))
                .hasMessageStartingWith("batchSize is 0; choose one from 1 to 10000");
        Optional<Polish> polish = Optional.of(new Polish(1, 10, 0));
        assertThatThrownBy(() -> Streams.with(PATH, 200, 1, polish, Precision.FLOAT32))
                .hasMessageStartingWith("polish needs precision float64");
        assertThatThrownBy(() -> Streams.with(FLOW, 200, 1, polish, Precision.FLOAT64))
                .hasMessageStartingWith("polish needs precision float64");
    }
}
