package org.phasezoo.study.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.phasezoo.random.Key;
import org.phasezoo.study.Checkpoint;
import org.phasezoo.study.Kept;
import org.phasezoo.study.Tensor;

class TeacherStudentSgdTest {
    private static final List<Checkpoint> ENDS = List.of(Checkpoint.INIT, Checkpoint.LAST);

    private static TeacherStudentSgd study(double disorder, double temperature, int epochs) {
        return new TeacherStudentSgd(disorder, temperature, 4, 100, epochs, 3, 32, 16, ENDS);
    }

    @Test
    void a_step_follows_the_slope_of_the_loss() {
        FrozenEnds net = new FrozenEnds(3, 5, 4, 8, new Key(1));
        double[] w = net.drawn(new Key(2), 2);
        double[] moved = w.clone();
        net.descend(moved, 2, 3, 1);
        for (int i = 0; i < w.length; i++) {
            double[] high = w.clone();
            double[] low = w.clone();
            high[i] += 1e-5;
            low[i] -= 1e-5;
            double slope = (net.descend(high, 2, 3, 0) - net.descend(low, 2, 3, 0)) / 2e-5;
            assertThat(w[i] - moved[i]).isCloseTo(3 * slope, within(1e-9));
        }
    }

    @Test
    void singular_values_of_a_diagonal_matrix_are_its_entries() {
        FrozenEnds net = new FrozenEnds(1, 3, 2, 1, new Key(1));
        assertThat(net.singularValues(new double[] {3, 0, 0, 0, -5, 0}).values())
                .containsExactly(5, 3);
    }

    @Test
    void a_student_that_starts_cold_and_disordered_stays_and_one_in_order_learns() {
        Kept glass = Kept.finish(study(1000, 1e-3, 5), 1);
        assertThat(glass.of("memory.kept.v1")).isGreaterThan(.99);
        assertThat(glass.of("weights.growth.v1")).isCloseTo(1, within(1e-3));
        Kept learner = Kept.finish(study(1, .1, 200), 1);
        assertThat(learner.of("loss.relative.v1")).isLessThan(.02);
        assertThat(learner.of("loss.relative.v1"))
                .isLessThan(Kept.finish(study(1, .1, 20), 1).of("loss.relative.v1"));
    }

    /// The stored net gives the outputs whose squared distance from the teacher's is the test loss.
    @Test
    void the_stored_net_is_the_student() {
        TeacherStudentSgd study = study(2, .1, 20);
        Kept kept = Kept.finish(study, 1);
        double[] entry = kept.checkpoints.get("last").get("entry").reals();
        double[] w = kept.checkpoints.get("last").get("weight").reals();
        double[] readout = kept.checkpoints.get("last").get("readout").reals();
        Tensor inputs = study.probe().orElseThrow().inputs();
        double[] told =
                study.probe().orElseThrow().outputs(inputs, kept.checkpoints.get("last")).reals();
        for (int e = 0; e < 32; e++) {
            double f = 0;
            for (int k = 0; k < 16; k++) {
                double u = 0;
                for (int l = 0; l < 32; l++) {
                    double a = 0;
                    for (int i = 0; i < 3; i++) {
                        a += entry[3 * l + i] * inputs.reals()[3 * e + i];
                    }
                    u += w[32 * k + l] * Math.tanh(a);
                }
                f += readout[k] * Math.tanh(u);
            }
            assertThat(told[e]).isCloseTo(f, within(1e-12));
        }
        assertThat(kept.checkpoints.get("init").get("weight").reals()).isNotEqualTo(w);
        assertThat(kept.checkpoints.get("init").get("entry").reals()).isEqualTo(entry);
    }

    @Test
    void a_member_that_is_saved_and_restored_after_each_slice_gives_the_same_bits() {
        TeacherStudentSgd study = study(4, 1, 450);
        assertThat(Kept.interrupted(study, 3).values).isEqualTo(Kept.finish(study, 3).values);
    }

    @Test
    void settings_out_of_range_are_refused_by_name() {
        assertThatThrownBy(() -> study(0, 1, 5)).hasMessageStartingWith("disorder is 0; choose");
        assertThatThrownBy(() -> new TeacherStudentSgd(1, 1, 256, 1000, 5, 3, 32, 16, ENDS))
                .hasMessageStartingWith("batches · batchSize is 256000; choose");
    }
}
