package org.phasezoo.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.phasezoo.data.Augmentation;
import org.phasezoo.data.Digits;
import org.phasezoo.engine.Precision;
import org.phasezoo.model.ConvolutionalNet;
import org.phasezoo.model.Initialisation;
import org.phasezoo.random.Key;
import org.phasezoo.train.Adam;
import org.phasezoo.train.Averaged;
import org.phasezoo.train.Footprint;
import org.phasezoo.train.Langevin;
import org.phasezoo.train.Length;
import org.phasezoo.train.Momentum;
import org.phasezoo.train.Muon;
import org.phasezoo.train.Objective;
import org.phasezoo.train.Schedule;
import org.phasezoo.train.SharpnessAware;
import org.phasezoo.train.Trainer;

class TrainingTest {
    private static final class Notes implements Recorder {
        final List<String> lines = new ArrayList<>();

        @Override
        public void series(String definition, long step, double value) {
            lines.add(definition + " " + step + " " + value);
        }

        @Override
        public void scalar(String definition, double value, double seSample, long nSample) {
            lines.add(definition + " " + value);
        }

        @Override
        public void checkpoint(String name, long update, Arrays weights) {
            lines.add(
                    name
                            + " "
                            + update
                            + " "
                            + java.util.Arrays.toString(weights.get("conv2.weight").reals()));
        }

        @Override
        public void updates(long updates) {}

        @Override
        public void diverged(String reason) {
            lines.add("diverged " + reason);
        }
    }

    private static Training training(int batchSize, Length length, double rate) {
        return new Training(
                new Digits(128, 128, .305, .376),
                new ConvolutionalNet(2, .1),
                new Objective.CrossEntropy(),
                new Initialisation.FanInUniform(Math.sqrt(2)),
                new Momentum(rate, .9, 5e-4, 0),
                new Schedule.Constant(),
                batchSize,
                length,
                List.of(Checkpoint.INIT, Checkpoint.BEST, Checkpoint.LAST),
                1e4,
                Optional.empty(),
                Optional.empty());
    }

    /// Every draw that training can take, and every slot.
    private static Training noisy(Length length, Optional<Precision> precision) {
        return new Training(
                new Digits(128, 128, .305, .376),
                new ConvolutionalNet(2, .1),
                new Objective.CrossEntropy(),
                new Initialisation.FanInUniform(Math.sqrt(2)),
                new Averaged(
                        .9,
                        new SharpnessAware(
                                .05, new Muon(.02, .9, 1e-3, new Adam(.01, .9, .99, 1e-8, 0, 0)))),
                new Schedule.Constant(),
                16,
                length,
                List.of(Checkpoint.LAST, Checkpoint.AVERAGE),
                1e4,
                Optional.of(new Augmentation(.1, 1, .5, 10, 2)),
                precision);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void a_member_with_augmentation_and_wrapped_optimisers_is_restored_with_the_same_bits(
            Precision precision) {
        Notes first = new Notes();
        Training half = noisy(new Length.Epochs(3), Optional.of(precision));
        TrainingState state = half.start(Key::of);
        assertThat(half.advance(state, Key::of, first)).isFalse();
        Notes second = new Notes();
        Training whole = noisy(new Length.Epochs(6), Optional.of(precision));
        whole.advance(whole.restore(Key::of, state.save()), Key::of, second);
        List<String> expected = run(whole);
        assertThat(expected.getLast()).startsWith("average 48 ");
        assertThat(second.lines).isEqualTo(expected.subList(3, expected.size()));
    }

    @Test
    void langevin_noise_is_restored_with_the_same_bits() {
        Function<Length, Training> at =
                length ->
                        new Training(
                                new Digits(64, 64, .305, .376),
                                new ConvolutionalNet(2, .1),
                                new Objective.CrossEntropy(),
                                new Initialisation.FanInUniform(1),
                                new Langevin(.05, 1e-4, 0),
                                new Schedule.WarmUp(.2, .5, new Schedule.Constant()),
                                16,
                                length,
                                List.of(Checkpoint.LAST),
                                1e4,
                                Optional.empty(),
                                Optional.empty());
        // the schedule knows the share that is done, so both halves belong to one length
        Training whole = at.apply(new Length.Updates(8));
        Run other = purpose -> Key.of(purpose.equals("noise") ? "other" : purpose);
        assertThat(after(whole, Key::of, 8)).isNotEqualTo(after(whole, other, 8));
        assertThat(after(whole, Key::of, 4)).isEqualTo(after(whole, Key::of, 8));
    }

    /// The weights of a net that is saved and restored after `updates` of 8 updates.
    private static double[] after(Training training, Run run, int updates) {
        TrainingState state = training.start(run);
        Trainer trainer = state.trainer;
        int[] rows = IntStream.range(0, 16).toArray();
        for (int i = 0; i < 8; i++) {
            if (i == updates) {
                trainer = training.restore(run, state.save()).trainer;
            }
            trainer.update(rows, 0, 16, .05, i / 8.0);
            state.updates++;
        }
        return trainer.weights();
    }

    @Test
    void an_average_that_nobody_keeps_is_refused() {
        assertThatThrownBy(() ->
                        new Training(
                                new Digits(64, 64, .305, .376),
                                new ConvolutionalNet(2, .1),
                                new Objective.CrossEntropy(),
                                new Initialisation.FanInUniform(1),
                                new Langevin(.05, 1e-4, 0),
                                new Schedule.Constant(),
                                16,
                                new Length.Epochs(1),
                                List.of(Checkpoint.AVERAGE),
                                1e4,
                                Optional.empty(),
                                Optional.empty()))
                .hasMessageStartingWith("checkpoints name average");
    }

    private static List<String> run(Training training) {
        Notes notes = new Notes();
        TrainingState state = training.start(Key::of);
        while (training.advance(state, Key::of, notes)) {
            continue;
        }
        return notes.lines;
    }

    @Test
    void a_member_restored_from_its_state_goes_on_with_the_same_bits() {
        Training whole = training(16, new Length.Epochs(6), .1);
        Training half = training(16, new Length.Epochs(3), .1);
        Notes first = new Notes();
        TrainingState state = half.start(Key::of);
        assertThat(half.advance(state, Key::of, first)).isFalse();
        Notes second = new Notes();
        TrainingState restored = whole.restore(Key::of, state.save());
        assertThat(whole.advance(restored, Key::of, second)).isFalse();
        List<String> expected = run(whole);
        assertThat(second.lines).isEqualTo(expected.subList(4, expected.size()));
    }

    /// From the same draws the same net: weights, probe and model of the precision that was named,
    /// and the float32 numbers are the float64 ones up to what rounding does in 8 updates.
    @Test
    void in_float64_weights_and_probe_are_float64_and_near_those_of_float32() {
        Training training = noisy(new Length.Updates(8), Optional.of(Precision.FLOAT64));
        Training single = noisy(new Length.Updates(8), Optional.empty());
        Arrays weights = last(training);
        Arrays rounded = last(single);
        assertThat(weights.tensors().values()).hasOnlyElementsOfType(Tensor.Float64.class);
        assertThat(rounded.tensors().values()).hasOnlyElementsOfType(Tensor.Float32.class);
        boolean finer = false;
        for (String name : weights.tensors().keySet()) {
            double[] numbers = weights.get(name).reals();
            assertThat(numbers).containsExactly(rounded.get(name).reals(), within(2e-5));
            finer |= java.util.Arrays.stream(numbers).anyMatch(x -> x != (float) x);
        }
        assertThat(finer).isTrue();
        Probe probe = training.probe().orElseThrow();
        assertThat(probe.inputs()).isInstanceOf(Tensor.Float64.class);
        assertThat(probe.inputs().reals()).isEqualTo(single.probe().orElseThrow().inputs().reals());
        Tensor outputs = probe.outputs(probe.inputs(), weights);
        assertThat(outputs).isInstanceOf(Tensor.Float64.class);
        assertThat(outputs.reals())
                .containsExactly(
                        single.probe()
                                .orElseThrow()
                                .outputs(single.probe().orElseThrow().inputs(), rounded)
                                .reals(),
                        within(1e-4));
        assertThat(training.architectureId()).isEqualTo(single.architectureId() + "-float64");
    }

    private static Arrays last(Training training) {
        return Objects.requireNonNull(Kept.finish(training, 1).checkpoints.get("last"));
    }

    @Test
    void updates_end_training_inside_an_epoch_and_only_whole_epochs_can_be_best() {
        List<String> lines = run(training(16, new Length.Updates(20), .1));
        assertThat(lines).filteredOn(line -> line.startsWith("loss")).hasSize(3);
        assertThat(lines.getLast()).startsWith("last 20 ");
        assertThat(lines.get(lines.size() - 2)).matches("best (8|16) .*");
    }

    @Test
    void a_member_whose_loss_explodes_has_diverged() {
        assertThat(run(training(8, new Length.Epochs(20), 500)).getLast())
                .startsWith("diverged batch loss");
    }

    @Test
    void a_batch_larger_than_the_training_set_is_refused() {
        assertThatThrownBy(() -> training(129, new Length.Epochs(1), .1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("batchSize 129 must lie in 1 … 128");
    }

    /// Where all weights are 0 the logits are the last layer's biases; the probe's images are the
    /// data set's first.
    @Test
    void the_probe_of_a_net_without_weights_gives_its_last_biases_on_the_first_images() {
        Training training = training(16, new Length.Epochs(1), .1);
        var tensors = new java.util.LinkedHashMap<String, Tensor>();
        String last = "";
        for (var tensor : training.model().path("tensors")) {
            List<Integer> shape = new ArrayList<>();
            tensor.path("shape").forEach(n -> shape.add(n.intValue()));
            int size = shape.stream().reduce(1, (a, b) -> a * b);
            last = tensor.path("name").asText();
            tensors.put(last, new Tensor.Float32(shape, new float[size]));
        }
        assertThat(last).endsWith("bias");
        float[] biases = {0, 1, -2, 3, -4, 5, -6, 7, -8, 9};
        tensors.put(last, new Tensor.Float32(List.of(10), biases));
        Probe probe = training.probe().orElseThrow();
        double[] outputs = probe.outputs(probe.inputs(), new Arrays(tensors)).reals();
        assertThat(outputs).hasSize(320);
        for (int i = 0; i < 320; i++) {
            assertThat(outputs[i]).isEqualTo(biases[i % 10]);
        }
        assertThat(probe.inputs().shape()).containsExactly(32, 1, 8, 8);
        assertThat(probe.inputs().reals()[2]).isEqualTo((float) ((5 / 16.0 - .305) / .376));
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void the_planned_memory_is_that_of_a_real_members_arrays(Precision precision) {
        Training study = noisy(new Length.Epochs(1), Optional.of(precision));
        TrainingState state = study.start(Key::of);
        long changed = 4L * 16 * (64 + 10);
        assertThat(study.footprint(Key::of))
                .isEqualTo(new Footprint(Held.arenas(state), Held.splits(state) + changed));
        assertThat(Held.arenas(state)).isGreaterThan(precision.bytes() * 16L * 64);

        Training plain = training(32, new Length.Epochs(1), .1);
        TrainingState other = plain.start(Key::of);
        assertThat(plain.footprint(Key::of))
                .isEqualTo(new Footprint(Held.arenas(other), Held.splits(other)));
    }
}
