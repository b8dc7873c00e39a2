package org.phasezoo.study.spin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.phasezoo.random.Key;
import org.phasezoo.study.Arrays;
import org.phasezoo.study.Recorder;
import org.phasezoo.study.Run;

class ModernHopfieldTest {
    private static final class Kept implements Recorder {
        private final SequencedMap<String, Double> values = new LinkedHashMap<>();

        @Override
        public void series(String definition, long step, double value) {}

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

    private static Kept finish(ModernHopfield study, boolean interrupted) {
        Kept kept = new Kept();
        ModernHopfieldState state = study.start(run(1));
        while (study.advance(state, run(1), kept)) {
            state = interrupted ? study.restore(run(1), state.save()) : state;
        }
        return kept;
    }

    private static ModernHopfield study(double beta, int patterns) {
        return new ModernHopfield(16, patterns, 1, beta, .3, 16, 20);
    }

    @Test
    void an_update_is_softmax_attention() {
        double[] x = {1, 0, 0, 2, -1, 1};
        AttentionMemory memory = new AttentionMemory(x, 2, .7);
        double[] p = new double[3];
        double energy = memory.attend(new double[] {.5, -.2}, p);
        double a = Math.exp(.7 * .5);
        double b = Math.exp(.7 * -.4);
        double c = Math.exp(.7 * -.7);
        assertThat(p[0]).isCloseTo(a / (a + b + c), within(1e-15));
        assertThat(memory.mean(p)[0]).isCloseTo((a - c) / (a + b + c), within(1e-15));
        assertThat(energy).isCloseTo(-Math.log(a + b + c) / .7 + .29 / 2, within(1e-15));
    }

    @Test
    void two_opposite_patterns_are_the_curie_weiss_magnet() {
        // x and −x of length 1: ξ = x tanh(β x·ξ); at β = 2, m = .957504
        AttentionMemory memory = new AttentionMemory(new double[] {1, -1}, 1, 2);
        double[] xi = {1};
        double[] p = new double[2];
        for (int i = 0; i < 200; i++) {
            memory.attend(xi, p);
            xi = memory.mean(p);
        }
        assertThat(xi[0]).isCloseTo(.957504, within(1e-6));
    }

    @Test
    void even_attention_participates_fully() {
        assertThat(AttentionMemory.participation(new double[] {.25, .25, .25, .25}))
                .isCloseTo(4, within(1e-12));
        assertThat(AttentionMemory.participation(new double[] {0, 1, 0})).isEqualTo(1);
    }

    @Test
    void cold_retrieves_one_and_heat_averages_all() {
        assertThat(finish(study(4, 64), false).of("participation.v1")).isCloseTo(1, within(1e-3));
        assertThat(finish(study(4, 64), false).of("retrieval.failure.one-step.v1")).isEqualTo(0);
        assertThat(finish(study(.02, 64), false).of("participation.share.v1")).isGreaterThan(.99);
        assertThat(finish(study(.02, 64), false).of("retrieval.failure.settled.v1")).isEqualTo(1);
    }

    @Test
    void energy_goes_down_and_errors_keep_their_bound() {
        for (double beta : new double[] {.3, 1, 2}) {
            Kept kept = finish(study(beta, 200), false);
            assertThat(kept.of("energy.largest-change.v1")).isLessThan(1e-12);
            assertThat(kept.of("error.bound-excess.v1")).isLessThan(0);
        }
    }

    @Test
    void a_member_that_is_saved_and_restored_after_each_slice_gives_the_same_bits() {
        ModernHopfield study = new ModernHopfield(16, 4096, 1, 1, .3, 24, 20);
        assertThat(finish(study, true).values).isEqualTo(finish(study, false).values);
    }

    @Test
    void a_setting_out_of_range_is_refused_by_name() {
        assertThatThrownBy(() -> study(0, 64))
                .hasMessageStartingWith("inverseTemperature is 0; choose one from");
        assertThatThrownBy(() -> study(1, 1)).hasMessageStartingWith("patterns is 1");
    }
}
