package org.phasezoo.study.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.phasezoo.engine.Precision;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;
import org.phasezoo.study.Checkpoint;
import org.phasezoo.study.Kept;
import org.phasezoo.study.StreamTraining;
import org.phasezoo.study.Tensor;
import org.phasezoo.train.Learner;
import org.phasezoo.train.Momentum;
import org.phasezoo.train.Schedule;

class TeacherStudentTest {
    private static StreamTraining study(double disorder, double temperature, int epochs) {
        return study(new TeacherStudent(disorder, 100, 3, 32, 16), temperature, 4, 100 * epochs);
    }

    private static StreamTraining study(
            TeacherStudent student, double temperature, int batchSize, int updates) {
        return new StreamTraining(
                student,
                new Momentum(temperature, 0, 0, 0),
                Optional.empty(),
                new Schedule.Constant(),
                batchSize,
                updates,
                Optional.empty(),
                List.of(Checkpoint.INIT, Checkpoint.LAST),
                400,
                Optional.of(Precision.FLOAT64));
    }

    private static double[] weight(Kept kept, String checkpoint) {
        return kept.checkpoints.get(checkpoint).get("weight").reals();
    }

    /// Updates go down Σ (f − y)²/2 of their batches, of which there are two.
    @Test
    void updates_follow_the_slope_of_the_loss_of_the_batches_in_turn() {
        TeacherStudent student = new TeacherStudent(2, 2, 3, 5, 4);
        FrozenEnds ends = student.ends(Kept.run(1));
        double[] a = ends.entered(3, 6);
        double[] w = Learner.start(student.parameters(), new Draws(Kept.run(1).key("start")));
        for (int update = 0; update < 5; update++) {
            int from = update % 2 * 3;
            double[] batch = Arrays.copyOfRange(a, from * 5, (from + 3) * 5);
            double[] slope = new double[w.length];
            for (int i = 0; i < w.length; i++) {
                double[] high = w.clone();
                double[] low = w.clone();
                high[i] += 1e-5;
                low[i] -= 1e-5;
                slope[i] = (loss(ends, high, batch) - loss(ends, low, batch)) / 2e-5;
            }
            for (int i = 0; i < w.length; i++) {
                w[i] -= .3 * slope[i];
            }
        }
        double[] trained = weight(Kept.finish(study(student, .3, 3, 5), 1), "last");
        for (int i = 0; i < w.length; i++) {
            assertThat(trained[i]).isCloseTo(w[i], within(1e-8));
        }
    }

    private static double loss(FrozenEnds ends, double[] w, double[] a) {
        double[] f = ends.outputs(ends.hidden(w, a));
        double[] y = ends.taught(a);
        double sum = 0;
        for (int e = 0; e < f.length; e++) {
            sum += (f[e] - y[e]) * (f[e] - y[e]) / 2;
        }
        return sum;
    }

    @Test
    void singular_values_of_a_diagonal_matrix_are_its_entries() {
        FrozenEnds ends = new FrozenEnds(1, 3, 2, new Key(1));
        assertThat(ends.singularValues(new double[] {3, 0, 0, 0, -5, 0}).values())
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

    @Test
    void it_is_looked_at_twenty_times_and_at_the_end() {
        Kept kept = Kept.finish(study(1, .1, 2), 1);
        List<String> looks =
                kept.values.sequencedKeySet().stream()
                        .filter(name -> name.startsWith("memory.initial.step.v1@"))
                        .toList();
        assertThat(looks)
                .hasSize(21)
                .startsWith("memory.initial.step.v1@0", "memory.initial.step.v1@10")
                .endsWith("memory.initial.step.v1@200");
        assertThat(kept.of("memory.initial.step.v1@0"))
                .isCloseTo(kept.of("memory.initial.v1") / kept.of("memory.kept.v1"), within(1e-12));
        assertThat(kept.of("loss.test.v1")).isEqualTo(kept.of("loss.test.step.v1@200"));
    }

    /// The stored net gives the outputs whose squared distance from the teacher's is the test loss.
    @Test
    void the_stored_net_is_the_student() {
        StreamTraining study = study(2, .1, 20);
        Kept kept = Kept.finish(study, 1);
        double[] entry = kept.checkpoints.get("last").get("entry").reals();
        double[] w = weight(kept, "last");
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
        assertThat(weight(kept, "init")).isNotEqualTo(w);
        assertThat(kept.checkpoints.get("init").get("entry").reals()).isEqualTo(entry);
        assertThat(study.architectureId()).isEqualTo("frozen-ends-3-32-16-float64");
    }

    @Test
    void a_member_that_is_saved_and_restored_after_each_slice_gives_the_same_bits() {
        StreamTraining study = study(4, 1, 250);
        Kept whole = Kept.finish(study, 3);
        Kept again = Kept.interrupted(study, 3);
        assertThat(again.values).isEqualTo(whole.values);
        assertThat(weight(again, "last")).containsExactly(weight(whole, "last"));
    }

    @Test
    void settings_out_of_range_are_refused_by_name() {
        assertThatThrownBy(() -> study(0, 1, 5)).hasMessageStartingWith("disorder is 0; choose");
        TeacherStudent student = new TeacherStudent(1, 1000, 3, 32, 16);
        assertThatThrownBy(() -> study(student, 1, 256, 100))
                .hasMessageStartingWith("batches · batchSize is 256000; choose");
    }
}
