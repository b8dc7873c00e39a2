package org.phasezoo.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.phasezoo.data.Digits;
import org.phasezoo.document.InvalidDocument;
import org.phasezoo.document.Json;
import org.phasezoo.metric.Distance;
import org.phasezoo.metric.TrainedNet;
import org.phasezoo.model.Architecture;
import org.phasezoo.model.Initialisation;
import org.phasezoo.model.Resnet;
import org.phasezoo.model.VisionTransformer;
import org.phasezoo.random.Key;
import org.phasezoo.suite.Suite;
import org.phasezoo.train.Averaged;
import org.phasezoo.train.Hessian;
import org.phasezoo.train.Length;
import org.phasezoo.train.Momentum;
import org.phasezoo.train.Objective;
import org.phasezoo.train.Schedule;

/// Batch norm's running statistics: trained, stored and restored, and no parameters.
class RunningStatisticsTest {
    private static Training training(Architecture net, int batchSize) {
        return new Training(
                new Digits(64, 64, .305, .376),
                net,
                new Objective.CrossEntropy(),
                new Initialisation.FanInUniform(1),
                new Averaged(.9, new Momentum(.05, .9, 5e-4, 0)),
                new Schedule.Constant(),
                batchSize,
                new Length.Epochs(2),
                List.of(Checkpoint.LAST, Checkpoint.AVERAGE),
                1e4,
                Optional.empty(),
                Optional.empty());
    }

    private static final Training TRAINING = training(new Resnet(18, 1), 16);

    private static SequencedMap<String, Arrays> checkpoints() {
        SequencedMap<String, Arrays> kept = new LinkedHashMap<>();
        Recorder recorder =
                new Recorder() {
                    @Override
                    public void series(String definition, long step, double value) {}

                    @Override
                    public void scalar(
                            String definition, double value, double seSample, long nSample) {}

                    @Override
                    public void checkpoint(String name, long update, Arrays weights) {
                        kept.put(name, weights);
                    }

                    @Override
                    public void updates(long updates) {}

                    @Override
                    public void diverged(String reason) {}
                };
        TRAINING.advance(TRAINING.start(Key::of), Key::of, recorder);
        return kept;
    }

    @Test
    void they_are_stored_with_the_weights_and_their_average_is_the_last() {
        SequencedMap<String, Arrays> kept = checkpoints();
        Tensor mean = kept.get("last").get("layer2.0.bn1.running_mean");
        assertThat(mean.reals()).doesNotContain(0);
        assertThat(kept.get("average").get("layer2.0.bn1.running_mean").reals())
                .isEqualTo(mean.reals());
        assertThat(kept.get("average").get("conv1.weight").reals())
                .isNotEqualTo(kept.get("last").get("conv1.weight").reals());
    }

    @Test
    void the_model_lists_them_as_buffers_behind_the_parameters() {
        JsonNode tensors = TRAINING.model().get("tensors");
        assertThat(tensors.get(1).get("role").textValue()).isEqualTo("scale");
        JsonNode last = tensors.get(tensors.size() - 1);
        assertThat(last.get("name").textValue()).isEqualTo("layer4.1.bn2.running_var");
        assertThat(last.get("role").textValue()).isEqualTo("buffer");
    }

    @Test
    void a_restored_member_goes_on_with_the_same_ones() {
        TrainingState state = TRAINING.start(Key::of);
        int[] rows = IntStream.range(0, 16).toArray();
        state.trainer.update(rows, 0, 16, .05, 0);
        state.updates++;
        TrainingState restored = TRAINING.restore(Key::of, state.save());
        state.trainer.update(rows, 0, 16, .05, .5);
        restored.trainer.update(rows, 0, 16, .05, .5);
        assertThat(restored.trainer.weights()).isEqualTo(state.trainer.weights());
    }

    @Test
    void distance_and_hessian_are_those_of_the_parameters() {
        TrainedNet net = (TrainedNet) TRAINING.untrained(Key::of);
        int parameters = net.problem().architecture().size(net.problem().input());
        double[] moved = net.weights().clone();
        for (int i = parameters; i < moved.length; i++) {
            moved[i] += 1;
        }
        moved[0] += 3;
        TrainedNet other = new TrainedNet(net.problem(), moved);
        assertThat(new Distance().measure(List.of(net, other), Key::of).values().getFirst().value())
                .isBetween(2.999, 3.001);
        Hessian hessian = new Hessian(net.problem(), net.weights());
        assertThat(hessian.size()).isEqualTo(parameters).isLessThan(moved.length);
        double[] v = new double[parameters];
        v[0] = 1;
        double[] into = new double[parameters];
        hessian.multiplyInto(v, IntStream.range(0, 64).toArray(), 0, 64, 64, into);
        assertThat(into[0]).isFinite().isNotZero();
    }

    @Test
    void a_batch_of_one_is_refused_and_so_is_an_image_that_does_not_fit() {
        assertThatThrownBy(() -> training(new Resnet(18, 1), 1))
                .hasMessage("batchSize 1 has no variance for batch norm; take at least 2");
        assertThatThrownBy(() -> training(new VisionTransformer(3, 4, 1, 1), 16))
                .hasMessage("architecture patch 3 must divide the image's height 8");
    }

    @Test
    void mode_connectivity_of_such_nets_is_refused_in_the_suite() {
        String text =
                """
                {"id": "norms", "version": 1, "title": "Norms", "papers": ["112"],
                 "populations": {"nets": {"study": {"kind": "training",
                   "data": {"kind": "digits", "train": 64, "test": 64, "mean": 0.3, "deviation": 0.4},
                   "architecture": {"kind": "resnet", "depth": 18, "width": 1},
                   "objective": {"kind": "cross-entropy"},
                   "initialisation": {"kind": "fan-in-uniform", "gain": 1},
                   "optimiser": {"kind": "momentum", "learningRate": 0.05, "momentum": 0.9,
                     "weightDecay": 0, "clipNorm": 0},
                   "schedule": {"kind": "constant"}, "batchSize": 16,
                   "length": {"kind": "epochs", "count": 1}, "checkpoints": ["last"],
                   "divergesAt": 1000}, "axes": [], "seeds": [0, 1]}},
                 "measures": [
                  {"population": "nets", "checkpoint": "last", "metric": {"kind": "distance"}},
                  {"population": "nets", "checkpoint": "last", "metric": {"kind": "mode-connectivity",
                    "curve": {"epochs": 1, "batchSize": 16, "learningRate": 0.01, "momentum": 0.9,
                      "weightDecay": 0}}}],
                 "figures": []}
                """;
        assertThatThrownBy(() ->
                        Suite.parse("suite.json", Json.parse("suite.json", text), Kinds.binder()))
                .isInstanceOfSatisfying(
                        InvalidDocument.class,
                        refused ->
                                assertThat(refused.problems())
                                        .singleElement()
                                        .satisfies(problem -> {
                                            assertThat(problem.pointer())
                                                    .isEqualTo("/measures/1/metric");
                                            assertThat(problem.problem())
                                                    .isEqualTo(
                                                            "the metric is not defined for the"
                                                                    + " nets of \"nets\", which"
                                                                    + " keep running statistics"
                                                                    + " (batch norm)");
                                        }));
    }
}
