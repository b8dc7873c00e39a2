package org.phasezoo.study.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;
import org.phasezoo.study.Checkpoint;
import org.phasezoo.study.Held;
import org.phasezoo.study.Kept;
import org.phasezoo.study.StreamTraining;
import org.phasezoo.study.Tensor;
import org.phasezoo.train.Adam;
import org.phasezoo.train.Footprint;
import org.phasezoo.train.Learner;
import org.phasezoo.train.Schedule;

class ModularArithmeticTest {
    private static ModularTable table(ModularOperation operation, double fraction) {
        return new ModularTable(operation, 7, fraction, new Key(1), new Key(2));
    }

    private static final List<Checkpoint> ENDS = List.of(Checkpoint.INIT, Checkpoint.LAST);

    private static StreamTraining study(int modulus, int updates) {
        return training(
                new ModularArithmetic(ModularOperation.ADD, modulus, .9, 16, 32), 1, updates);
    }

    private static StreamTraining training(ModularArithmetic objective, double decay, int updates) {
        return new StreamTraining(
                objective,
                new Adam(.01, .9, .98, 1e-8, decay, 0),
                Optional.of(new Adam(.01, .9, .98, 1e-8, 0, 0)),
                new Schedule.Constant(),
                200,
                updates,
                Optional.empty(),
                ENDS,
                1e12,
                Optional.empty());
    }

    @Test
    void a_table_holds_each_pair_once_and_division_undoes_multiplication() {
        ModularTable table = table(ModularOperation.DIVIDE, .5);
        TreeSet<Integer> pairs = new TreeSet<>();
        for (int row = 0; row < table.size(); row++) {
            int a = table.pair(row) / 7;
            int b = table.pair(row) % 7;
            assertThat(table.answer(row) * b % 7).isEqualTo(a);
            pairs.add(table.pair(row));
        }
        assertThat(pairs).hasSize(42);
        assertThat(table.trainings()).isEqualTo(21);
    }

    @Test
    void accuracies_count_the_two_parts_apart() {
        ModularTable table = table(ModularOperation.ADD, .5);
        double[] logits = new double[49 * 7];
        for (int row = 0; row < 49; row++) {
            boolean right = row < 24 || row % 5 == 0;
            logits[row * 7 + (table.answer(row) + (right ? 0 : 1)) % 7] = 1;
        }
        assertThat(table.accuracies(logits)).containsExactly(1, 5.0 / 25);
    }

    /// The loss by its definition, in double precision.
    private static double loss(double[] theta, ModularTable table, int d, int width) {
        int p = 7;
        int left = p * d;
        int right = left + d * width;
        int readout = right + d * width;
        int shift = readout + width * p;
        int last = shift + width;
        double loss = 0;
        for (int row = 0; row < table.trainings(); row++) {
            int a = table.pair(row) / p;
            int b = table.pair(row) % p;
            double[] z = new double[p];
            System.arraycopy(theta, last, z, 0, p);
            for (int j = 0; j < width; j++) {
                double h = theta[shift + j];
                for (int i = 0; i < d; i++) {
                    h += theta[a * d + i] * theta[left + i * width + j];
                    h += theta[b * d + i] * theta[right + i * width + j];
                }
                for (int c = 0; c < p; c++) {
                    z[c] += Math.max(0, h) * theta[readout + j * p + c];
                }
            }
            double sum = 0;
            for (double logit : z) {
                sum += Math.exp(logit);
            }
            loss += (Math.log(sum) - z[table.answer(row)]) / table.trainings();
        }
        return loss;
    }

    @Test
    void an_update_is_adams_on_the_loss_with_decay_of_the_matrices() {
        ModularTable table = table(ModularOperation.CUBIC, .6);
        ModularArithmetic objective = new ModularArithmetic(ModularOperation.CUBIC, 7, .6, 4, 5);
        Learner learner = training(objective, 2, 100).learner();
        new TableExamples(table).begin(learner.work());
        double[] theta = Learner.start(objective.parameters(), new Draws(new Key(3)));
        int size = theta.length;
        learner.restore(theta, 0);
        assertThat(learner.update(1, 0)).isCloseTo(loss(theta, table, 4, 5), within(1e-6));
        double[] state = learner.state();
        int matrices = 7 * 4 + 2 * 4 * 5 + 5 * 7;
        for (int i = 0; i < theta.length; i++) {
            double kept = theta[i];
            theta[i] = kept + 1e-5;
            double high = loss(theta, table, 4, 5);
            theta[i] = kept - 1e-5;
            double slope = (high - loss(theta, table, 4, 5)) / 2e-5;
            theta[i] = kept;
            assertThat(state[size + i]).isCloseTo(.1 * slope, within(1e-6));
            // the first step of Adam is the sign of the slope
            double decay = i < matrices ? 2 * kept : 0;
            if (Math.abs(slope) > 1e-4) {
                assertThat(state[i])
                        .isCloseTo(kept - .01 * (Math.signum(slope) + decay), within(1e-5));
            }
        }
    }

    /// The stored graph gathers embeddings where training multiplies all of them by one-hot rows.
    @Test
    void the_stored_net_answers_the_pairs_that_were_learned() {
        StreamTraining study = study(7, 1000);
        Kept kept = Kept.finish(study, 1);
        ModularTable table =
                new ModularTable(
                        ModularOperation.ADD,
                        7,
                        .9,
                        Kept.run(1).key("labels"),
                        Kept.run(1).key("split"));
        double[] pairs = new double[64];
        for (int row = 0; row < 32; row++) {
            pairs[2 * row] = table.pair(row) / 7;
            pairs[2 * row + 1] = table.pair(row) % 7;
        }
        double[] logits =
                study.probe()
                        .orElseThrow()
                        .outputs(
                                new Tensor.Float64(List.of(32, 2), pairs),
                                kept.checkpoints.get("last"))
                        .reals();
        for (int row = 0; row < 32; row++) {
            double[] told = java.util.Arrays.copyOfRange(logits, 7 * row, 7 * row + 7);
            double top = java.util.Arrays.stream(told).max().orElseThrow();
            assertThat(told[table.answer(row)]).isEqualTo(top);
        }
        assertThat(kept.checkpoints.sequencedKeySet()).containsExactly("init", "last");
    }

    @Test
    void an_addition_table_is_memorised() {
        Kept kept = Kept.finish(study(7, 1000), 1);
        assertThat(kept.of("accuracy.train.last.v1")).isEqualTo(1);
        assertThat(kept.of("steps.train99.v1")).isLessThan(1000);
    }

    @Test
    void a_member_that_is_saved_and_restored_after_each_slice_gives_the_same_bits() {
        assertThat(Kept.interrupted(study(11, 1200), 3).values)
                .isEqualTo(Kept.finish(study(11, 1200), 3).values);
    }

    @Test
    void settings_out_of_range_are_refused_by_name() {
        assertThatThrownBy(() -> study(9, 100))
                .hasMessageStartingWith("modulus is 9; choose a prime");
        assertThatThrownBy(() -> study(7, 150))
                .hasMessageStartingWith("updates is 150; choose a multiple");
        ModularArithmetic all = new ModularArithmetic(ModularOperation.ADD, 23, .9, 16, 32);
        assertThatThrownBy(() -> training(all, 1, 100))
                .hasMessageStartingWith("batchSize is 200; choose one from 476");
    }

    @Test
    void the_planned_memory_is_that_of_a_real_members_arrays() {
        ModularTable table = table(ModularOperation.ADD, .9);
        long data =
                Held.bytes(table.first())
                        + Held.bytes(table.second())
                        + Held.bytes(table.training())
                        + Held.bytes(table.targets());
        StreamTraining study = study(7, 100);
        assertThat(study.footprint(Kept.run(1)))
                .isEqualTo(new Footprint(Held.arenas(study.start(Kept.run(1))), data));
    }
}
