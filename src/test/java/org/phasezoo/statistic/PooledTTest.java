package org.phasezoo.statistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;

class PooledTTest {
    private static CellMean cell(double... values) {
        return CellMean.ofMembers(values);
    }

    @Test
    void the_difference_of_two_cells_is_students_two_sample_t() {
        Estimate e = PooledT.difference(List.of(cell(1, 2, 3)), List.of(cell(4, 6, 8)));
        // means 2 and 6, pooled variance (2 + 8)/4 = 2.5, se = √(2.5 · 2/3)
        assertThat(e.value()).isEqualTo(-4);
        double half = 2.776445 * Math.sqrt(2.5 * 2 / 3);
        assertThat(e.interval(.95).low()).isCloseTo(-4 - half, within(1e-5));
    }

    @Test
    void sleep_data_give_the_published_paired_result() {
        // Student 1908, differences of two drugs: t = 4.0621, 9 degrees of freedom, two-sided p =
        // .00283
        Estimate e = PooledT.mean(List.of(cell(1.2, 2.4, 1.3, 1.3, 0, 1.0, 1.8, .8, 4.6, 1.4)));
        assertThat(e.value()).isCloseTo(1.58, within(1e-12));
        assertThat(2 * e.pAtMost(0)).isCloseTo(.002833, within(1e-6));
    }

    @Test
    void the_mean_of_pairs_has_the_jackknifes_error_over_members() {
        CellMean three =
                CellMean.ofPairs(
                        new double[] {1, 2, 6},
                        List.of(new int[] {0, 1}, new int[] {0, 2}, new int[] {1, 2}));
        // leaving out one member leaves one pair: 6, 2, 1; the jackknife's squared error is 2/3 ·
        // 14
        assertThat(three.mean()).isEqualTo(3);
        assertThat(three.unitVariance() / three.units()).isCloseTo(2.0 / 3 * 14, within(1e-12));
        assertThat(CellMean.ofPairs(new double[] {5}, List.of(new int[] {0, 1})).units())
                .isEqualTo(1);
    }

    @Test
    void the_jackknife_of_a_mean_is_its_t_interval() {
        double[] x = {2, 3, 5, 9};
        double[] left = {17 / 3.0, 16 / 3.0, 14 / 3.0, 10 / 3.0};
        Interval whole = PooledT.mean(List.of(cell(x))).interval(.95);
        assertThat(PooledT.jackknife(4.75, left).interval(.95).low())
                .isCloseTo(whole.low(), within(1e-10));
    }

    @Test
    void welch_gives_the_published_degrees_of_freedom() {
        // a fixed example: n = 3 and 5, variances 1 and 10
        Estimate e =
                PooledT.differenceOverCells(new double[] {1, 2, 3}, new double[] {2, 5, 6, 10, 7});
        assertThat(((Estimate.Tee) e).df())
                .isCloseTo(
                        Math.pow(1 / 3.0 + 8.5 / 5, 2) / (1 / 9.0 / 2 + 8.5 * 8.5 / 25 / 4),
                        within(1e-9));
    }

    @Test
    void what_does_not_vary_is_undefined_whatever_the_rounding() {
        assertThat(PooledT.mean(List.of(cell(.1, .1, .1), cell(.1, .1))))
                .isInstanceOf(Estimate.Undefined.class);
        assertThat(PooledT.meanOverCells(new double[] {.3, .3, .3}))
                .isInstanceOf(Estimate.Undefined.class);
    }

    @Test
    void pooled_intervals_of_three_seeds_cover_the_truth_as_often_as_they_say() {
        Draws draws = new Draws(new Key(20261124));
        int covered = 0;
        for (int trial = 0; trial < 2000; trial++) {
            List<CellMean> cells = new ArrayList<>();
            for (int c = 0; c < 5; c++) {
                double[] x = new double[3];
                for (int s = 0; s < 3; s++) {
                    x[s] = c + draws.normal((trial * 5L + c) * 3 + s);
                }
                cells.add(cell(x));
            }
            covered += PooledT.mean(cells).interval(.95).contains(2) ? 1 : 0;
        }
        // 95 % ± three standard errors of 2,000 trials
        assertThat(covered / 2000.0).isBetween(.935, .965);
    }
}
