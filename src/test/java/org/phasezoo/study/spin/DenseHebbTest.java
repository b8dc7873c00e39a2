package org.phasezoo.study.spin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;
import org.phasezoo.study.Arrays;
import org.phasezoo.study.Recorder;
import org.phasezoo.study.Run;

class DenseHebbTest {
    private static final class Kept implements Recorder {
        private final SequencedMap<String, Double> values = new LinkedHashMap<>();

        @Override
        public void series(String definition, long step, double value) {
            values.put(definition + "@" + step, value);
        }

        @Override
        public void scalar(String definition, double value, double seSample, long nSample) {
            values.put(definition, value);
        }

        @Override
        public void checkpoint(String name, long update, Arrays weights) {}

        @Override
        public void updates(long updates) {}

        @Override
        public void diverged(String reason) {}

        double of(String definition) {
            return values.getOrDefault(definition, Double.NaN);
        }
    }

    private static Run run(long seed) {
        return purpose -> Key.of(purpose + seed);
    }

    private static Kept finish(DenseHebb study, long seed) {
        Kept kept = new Kept();
        DenseHebbState state = study.start(run(seed));
        while (study.advance(state, run(seed), kept)) {}
        return kept;
    }

    private static DenseHebb study(
            int order, double load, double temperature, double quality, int examples) {
        return new DenseHebb(24, order, load, temperature, quality, examples, 4, 4, 6);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6})
    void the_field_is_the_sum_over_examples_without_the_spins_own_term(int order) {
        double load = 8 / Math.pow(24, order - 1);
        DenseHebb study = study(order, load, 0, .6, 5);
        DenseHebbMemory memory =
                DenseHebbMemory.draw(study, new Draws(new Key(1)), new Draws(new Key(2)));
        byte[] spin = memory.archetype(3);
        int[] overlap = memory.overlaps(spin);
        byte[] example = memory.firstExample(3);
        long slow = 0;
        for (int c = 0; c < overlap.length; c++) {
            // the example's spin i is read back from what turning spin 7 does to the overlaps
            byte[] turned = spin.clone();
            turned[7] = (byte) -turned[7];
            int eta = (overlap[c] - memory.overlaps(turned)[c]) / 2 * spin[7];
            long others = overlap[c] - (long) eta * spin[7];
            long power = 1;
            for (int k = 1; k < order; k++) {
                power *= others;
            }
            slow += eta * power;
        }
        assertThat(memory.field(7, spin, overlap)).isEqualTo(slow);
        assertThat(example).hasSize(24);
    }

    @Test
    void turning_a_spin_brings_the_overlaps_up_to_date() {
        DenseHebbMemory memory =
                DenseHebbMemory.draw(
                        study(4, .001, 0, .7, 3), new Draws(new Key(1)), new Draws(new Key(2)));
        byte[] spin = memory.archetype(0);
        int[] overlap = memory.overlaps(spin);
        spin[5] = (byte) -spin[5];
        memory.turn(5, spin[5], overlap);
        assertThat(overlap).isEqualTo(memory.overlaps(spin));
    }

    @Test
    void pure_examples_of_few_archetypes_are_kept_without_an_error() {
        Kept kept = finish(study(4, .0006, 0, 1, 1), 0);
        assertThat(kept.of("mattis.archetype.v1")).isEqualTo(1);
        assertThat(kept.of("mattis.one-step.v1")).isEqualTo(1);
        assertThat(kept.of("energy.v1")).isBetween(-.40, -.25);
    }

    @Test
    void heat_far_above_the_signal_leaves_nothing() {
        assertThat(Math.abs(finish(study(4, .0006, 50, 1, 1), 0).of("mattis.archetype.v1")))
                .isLessThan(.3);
    }

    @Test
    void a_member_that_is_saved_and_restored_after_each_slice_gives_the_same_bits() {
        DenseHebb study = study(4, .002, .1, .7, 8);
        Kept kept = new Kept();
        DenseHebbState state = study.start(run(3));
        while (study.advance(state, run(3), kept)) {
            state = study.restore(run(3), state.save());
        }
        assertThat(kept.values).isEqualTo(finish(study, 3).values);
    }

    @Test
    void more_examples_leave_the_draws_of_the_first_alone() {
        DenseHebbMemory few =
                DenseHebbMemory.draw(
                        study(4, .001, 0, .7, 2), new Draws(new Key(1)), new Draws(new Key(2)));
        DenseHebbMemory more =
                DenseHebbMemory.draw(
                        study(4, .002, 0, .7, 9), new Draws(new Key(1)), new Draws(new Key(2)));
        assertThat(more.firstExample(4)).isEqualTo(few.firstExample(4));
        assertThat(more.archetype(4)).isEqualTo(few.archetype(4));
    }

    @Test
    void one_step_agrees_with_the_theory_in_a_large_network() {
        // N = 400, P = 2: the central limit holds; 32 starts of 400 spins
        DenseHebb study = new DenseHebb(400, 2, .2, 0, .8, 4, 32, 1, 1);
        double theory = new DenseHebbTheory(2, .2, 0, .8, 4).oneStep();
        assertThat(finish(study, 1).of("mattis.one-step.v1")).isCloseTo(theory, within(.03));
    }

    @Test
    void a_setting_out_of_range_is_refused_by_name() {
        assertThatThrownBy(() -> study(7, .01, 0, 1, 1))
                .hasMessageStartingWith("order is 7")
                .hasMessageContaining(";");
        assertThatThrownBy(() -> study(4, 0, 0, 1, 1)).hasMessageStartingWith("load is 0;");
        assertThatThrownBy(() -> study(4, .00001, 0, 1, 1))
                .hasMessageStartingWith("load 1.0E-5 means 0 archetypes");
        assertThatThrownBy(() -> study(4, .001, -1, 1, 1))
                .hasMessageStartingWith("temperature is -1;");
    }
}
