package org.phasezoo.study.weightspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.phasezoo.data.Digits;
import org.phasezoo.model.Initialisation;
import org.phasezoo.model.Perceptron;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;
import org.phasezoo.study.Arrays;
import org.phasezoo.study.Held;
import org.phasezoo.study.NetProblem;
import org.phasezoo.study.Probe;
import org.phasezoo.study.Recorder;
import org.phasezoo.study.Run;
import org.phasezoo.train.Adam;
import org.phasezoo.train.Evaluator;
import org.phasezoo.train.Footprint;
import org.phasezoo.train.Objective;
import org.phasezoo.train.Problem;

class WeightMatchingTest {
    private static final Run RUN = Key::of;
    private static final int[] SIZES = {5, 12, 9, 3};

    private static final class Kept implements Recorder {
        final SequencedMap<String, Double> values = new LinkedHashMap<>();
        final SequencedMap<String, Arrays> checkpoints = new LinkedHashMap<>();

        @Override
        public void series(String definition, long step, double value) {
            values.put(definition + "@" + step, value);
        }

        @Override
        public void scalar(String definition, double value, double seSample, long nSample) {
            values.put(definition, value);
        }

        @Override
        public void checkpoint(String name, long update, Arrays weights) {
            checkpoints.put(name, weights);
        }

        @Override
        public void updates(long updates) {}

        @Override
        public void diverged(String reason) {
            values.put("diverged", 1.0);
        }
    }

    private static DenseWeights drawn(String name) {
        Draws draws = new Draws(Key.of(name));
        double[] values = new double[12 * 6 + 9 * 13 + 3 * 10];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) draws.normal(i);
        }
        return new DenseWeights(SIZES, values);
    }

    private static int[][] shuffle() {
        Draws draws = new Draws(Key.of("shuffle"));
        return new int[][] {draws.permutation(0, 12), draws.permutation(1, 9)};
    }

    private static double[] inputs(int rows) {
        Draws draws = new Draws(Key.of("inputs"));
        double[] inputs = new double[rows * 5];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = draws.normal(i);
        }
        return inputs;
    }

    private static double[] outputs(DenseWeights net, double[] x) {
        double[] h = x;
        for (int layer = 0; layer < 2; layer++) {
            h = DenseWeights.rectified(net.preactivations(layer, h));
        }
        return net.preactivations(2, h);
    }

    private static double bestByTrial(double[] similarity, int n, int row, int used) {
        double best = row == n ? 0 : Double.NEGATIVE_INFINITY;
        for (int j = 0; j < n && row < n; j++) {
            if ((used >> j & 1) == 0) {
                best =
                        Math.max(
                                best,
                                similarity[row * n + j]
                                        + bestByTrial(similarity, n, row + 1, used | 1 << j));
            }
        }
        return best;
    }

    @Test
    void assignments_are_as_good_as_the_best_of_all() {
        Draws draws = new Draws(Key.of("similarity"));
        for (int trial = 0; trial < 60; trial++) {
            int n = 1 + trial % 7;
            double[] similarity = new double[n * n];
            for (int i = 0; i < n * n; i++) {
                // whole numbers, so that there are ties
                similarity[i] = draws.below(trial * 100 + i, 9) - 4;
            }
            int[] columns = Assignment.largest(similarity, n);
            assertThat(columns).doesNotHaveDuplicates();
            assertThat(Assignment.sum(similarity, columns))
                    .isEqualTo(bestByTrial(similarity, n, 0, 0));
        }
    }

    @Test
    void a_net_with_its_units_in_another_order_computes_the_same() {
        double[] x = inputs(20);
        double[] before = outputs(drawn("a"), x);
        double[] after = outputs(drawn("a").permuted(shuffle()), x);
        for (int i = 0; i < before.length; i++) {
            assertThat(after[i]).isCloseTo(before[i], within(1e-12 * (1 + Math.abs(before[i]))));
        }
    }

    @Test
    void weight_matching_undoes_a_shuffle() {
        DenseWeights a = drawn("a");
        DenseWeights b = a.permuted(shuffle());
        int[][] p = Alignment.identity(b);
        int sweep = 0;
        while (Alignment.sweep(a, b, p, new Draws(Key.of("order")), sweep)) {
            sweep++;
        }
        assertThat(b.permuted(p).values()).isEqualTo(a.values());
        assertThat(a.distance(b.permuted(p))).isZero();
    }

    @Test
    void activation_matching_undoes_a_shuffle() {
        DenseWeights a = drawn("a");
        DenseWeights b = a.permuted(shuffle());
        assertThat(b.permuted(Alignment.byActivations(a, b, inputs(400))).values())
                .isEqualTo(a.values());
    }

    @Test
    void repair_gives_units_the_mean_and_deviation_of_their_parents() {
        DenseWeights a = drawn("a");
        DenseWeights b = drawn("b");
        double[] x = inputs(300);
        DenseWeights repaired = Repair.repaired(a, b, x);
        double[] of = repaired.preactivations(0, x);
        double[] first = a.preactivations(0, x);
        double[] second = b.preactivations(0, x);
        for (int unit = 0; unit < 12; unit++) {
            assertThat(mean(of, unit))
                    .isCloseTo((mean(first, unit) + mean(second, unit)) / 2, within(1e-5));
            assertThat(deviation(of, unit))
                    .isCloseTo(
                            (deviation(first, unit) + deviation(second, unit)) / 2, within(1e-5));
        }
    }

    private static double mean(double[] values, int unit) {
        double sum = 0;
        for (int i = unit; i < values.length; i += 12) {
            sum += values[i];
        }
        return sum / (values.length / 12);
    }

    private static double deviation(double[] values, int unit) {
        double sum = 0;
        for (int i = unit; i < values.length; i += 12) {
            sum += (values[i] - mean(values, unit)) * (values[i] - mean(values, unit));
        }
        return Math.sqrt(sum / (values.length / 12));
    }

    @Test
    void repair_leaves_a_net_that_is_merged_with_itself_as_it_is() {
        DenseWeights a = drawn("a");
        double[] x = inputs(50);
        double[] expected = outputs(a, x);
        double[] found = outputs(Repair.repaired(a, a, x), x);
        for (int i = 0; i < expected.length; i++) {
            assertThat(found[i]).isCloseTo(expected[i], within(1e-4 * (1 + Math.abs(expected[i]))));
        }
    }

    @Test
    void a_straight_path_has_no_barrier_and_a_hump_has_its_height() {
        assertThat(Barrier.of(new double[] {1, 2, 3})).isZero();
        assertThat(Barrier.of(new double[] {1, 5, 3})).isEqualTo(3);
        assertThat(Barrier.of(new double[] {3, 0, 1})).isZero();
    }

    private static PermutedPair pair(int width, int epochs) {
        return new PermutedPair(
                new Digits(256, 200, .305, .376),
                width,
                2,
                new Initialisation.FanInNormal(1),
                new Adam(.001, .9, .999, 1e-8, 0, 0),
                64,
                epochs);
    }

    @Test
    void matching_never_changes_what_a_net_computes_and_brings_it_closer() {
        Kept kept = new Kept();
        PermutedPair pair = pair(24, 6);
        PairState state = pair.start(RUN);
        while (pair.advance(state, RUN, kept)) {}
        assertThat(kept.values.get("invariance.error.v1")).isLessThan(1e-5);
        assertThat(kept.values.get("matching.distance.v1")).isBetween(.1, .999);
        assertThat(kept.values.get("path.naive.v1@10"))
                .isCloseTo(kept.values.get("path.weights.v1@10"), within(1e-5));
        pair.observables().stream()
                .filter(o -> !o.series())
                .forEach(o -> assertThat(kept.values).containsKey(o.definition()));
    }

    /// The second net and itself permuted are one function of different weights.
    @Test
    void both_nets_and_the_aligned_one_are_kept() {
        Kept kept = new Kept();
        PermutedPair pair = pair(24, 3);
        PairState state = pair.start(RUN);
        while (pair.advance(state, RUN, kept)) {}
        assertThat(kept.checkpoints.sequencedKeySet())
                .containsExactly("first", "second", "aligned");
        Probe probe = pair.probe().orElseThrow();
        double[][] told = new double[3][];
        double[][] weights = new double[3][];
        int at = 0;
        for (Arrays each : kept.checkpoints.sequencedValues()) {
            told[at] = probe.outputs(probe.inputs(), each).reals();
            weights[at++] = each.get("layers.0.weight").reals();
        }
        for (int i = 0; i < told[1].length; i++) {
            assertThat(told[2][i]).isCloseTo(told[1][i], within(1e-5));
        }
        assertThat(told[0]).isNotEqualTo(told[1]);
        assertThat(weights[2]).isNotEqualTo(weights[1]);
        java.util.Arrays.sort(weights[1]);
        java.util.Arrays.sort(weights[2]);
        assertThat(weights[2]).isEqualTo(weights[1]);
    }

    @Test
    void a_pair_goes_on_bit_for_bit_where_it_was_stopped() {
        PermutedPair pair = pair(24, 3);
        Kept straight = new Kept();
        PairState state = pair.start(RUN);
        while (pair.advance(state, RUN, straight)) {}
        Kept stopped = new Kept();
        PairState other = pair.restore(RUN, pair.start(RUN).save());
        while (pair.advance(other, RUN, stopped)) {
            other = pair.restore(RUN, other.save());
        }
        assertThat(stopped.values).isEqualTo(straight.values);
    }

    @Test
    void settings_outside_their_range_are_refused_with_the_range() {
        assertThatThrownBy(() -> pair(0, 1)).hasMessage("width is 0; choose one from 1 to 512");
        assertThatThrownBy(() -> pair(8, 0)).hasMessage("epochs is 0; choose one from 1 to 10000");
        assertThatThrownBy(() ->
                        new PermutationCounterexample(1, PermutationCounterexample.Exchange.BOTH))
                .hasMessage("slope is 1.0; choose one from 0 to below 1");
    }

    @Test
    void the_counterexample_has_faultless_ends_and_errors_on_each_of_its_four_lines() {
        for (PermutationCounterexample.Exchange exchange :
                PermutationCounterexample.Exchange.values()) {
            Kept kept = new Kept();
            new PermutationCounterexample(0, exchange).solve(kept);
            assertThat(kept.values.get("error.parents.v1")).isZero();
            assertThat(kept.values.get("barrier.error.v1")).isBetween(.24, .26);
            assertThat(kept.values.get("path.error.v1@5")).isBetween(.24, .26);
            assertThat(kept.values.get("barrier.error.least.v1")).isBetween(.24, .26);
        }
    }

    @Test
    void
            with_the_authors_slope_the_ends_err_on_the_area_between_the_axis_and_a_line_of_that_slope() {
        Kept kept = new Kept();
        new PermutationCounterexample(.01, PermutationCounterexample.Exchange.NEITHER).solve(kept);
        // a triangle of height .01 on a base of 1, and one of .0001, of an area of 4
        assertThat(kept.values.get("error.parents.v1")).isCloseTo(.01 / 8, within(2e-4));
    }

    @Test
    void the_planned_memory_is_that_of_a_real_members_arrays() {
        PermutedPair pair = pair(24, 6);
        PairState state = pair.start(RUN);
        Problem problem =
                new NetProblem(
                                pair.data(),
                                new Perceptron(List.of(24, 24), Perceptron.Activation.RELU),
                                new Objective.CrossEntropy())
                        .of(RUN);
        long arenas = Held.arenas(state, new Evaluator(problem));
        assertThat(pair.footprint(RUN)).isEqualTo(new Footprint(arenas, Held.splits(state)));
    }
}
