package org.phasezoo.statistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;

class RankStatisticsTest {
    private static final Key KEY = new Key(7);

    @Test
    void spearman_is_one_minus_six_sums_of_squares() {
        Estimate e =
                RankCorrelation.spearman(
                        new double[] {1, 2, 3, 4, 5}, new double[] {2, 1, 4, 3, 5}, KEY);
        assertThat(e.value()).isCloseTo(1 - 6 * 4 / (5 * 24.0), within(1e-12));
    }

    @Test
    void spearmans_exact_p_is_the_published_one() {
        // published table, n = 5: P(ρ ≥ .9) = 5/120, P(ρ ≥ 1) = 1/120
        double[] x = {1, 2, 3, 4, 5};
        assertThat(RankCorrelation.spearman(x, new double[] {1, 2, 3, 5, 4}, KEY).pAtMost(0))
                .isCloseTo(5 / 120.0, within(1e-12));
        assertThat(RankCorrelation.spearman(x, x, KEY).pAtMost(0))
                .isCloseTo(1 / 120.0, within(1e-12));
        assertThat(RankCorrelation.spearman(x, x, KEY).attainableAtMost(0))
                .isCloseTo(1 / 120.0, within(1e-12));
    }

    @Test
    void a_map_of_pure_row_and_column_effects_has_no_partial_correlation() {
        double[] x = new double[30];
        double[] y = new double[30];
        int[] row = new int[30];
        int[] column = new int[30];
        Draws draws = new Draws(new Key(3));
        for (int i = 0; i < 30; i++) {
            row[i] = i / 6;
            column[i] = i % 6;
            x[i] = row[i] * 6 + column[i];
            y[i] = draws.normal(i);
        }
        // ranks of a sum of effects are additive here, so nothing is left of x
        assertThat(RankCorrelation.partialOverCells(x, y, row, column, KEY))
                .isInstanceOf(Estimate.Undefined.class);
    }

    @Test
    void what_is_shared_beyond_the_axes_is_found_and_what_only_follows_them_is_not() {
        double[] x = new double[48];
        double[] shared = new double[48];
        double[] apart = new double[48];
        int[] row = new int[48];
        int[] column = new int[48];
        Draws draws = new Draws(new Key(5));
        for (int i = 0; i < 48; i++) {
            row[i] = i / 8;
            column[i] = i % 8;
            double axes = row[i] + .7 * column[i];
            double noise = 2 * draws.normal(i);
            x[i] = axes + noise;
            shared[i] = axes + noise + .2 * draws.normal(100 + i);
            apart[i] = axes + 2 * draws.normal(200 + i);
        }
        assertThat(RankCorrelation.partialOverCells(x, shared, row, column, KEY).pAtMost(0))
                .isLessThan(.001);
        assertThat(RankCorrelation.partialOverCells(x, apart, row, column, KEY).pAtMost(0))
                .isGreaterThan(.05);
    }

    @Test
    void the_trend_is_pages_test() {
        // Page's table, k = 3, n = 2 rows: L = 28 is P = 1/36, L = 27 is P = 5/36
        double[] up = {1, 2, 3};
        assertThat(Trend.page(List.of(up, up), KEY).pAtMost(0)).isCloseTo(1 / 36.0, within(.01));
        assertThat(Trend.page(List.of(up, new double[] {1, 3, 2}), KEY).pAtMost(0))
                .isCloseTo(5 / 36.0, within(.02));
        assertThat(Trend.page(List.of(up, new double[] {1, 3, 2}), KEY).value()).isEqualTo(.75);
    }

    @Test
    void one_row_is_tested_exactly() {
        assertThat(Trend.page(List.of(new double[] {4, 3, 2, 1}), KEY).pAtLeast(0))
                .isCloseTo(1 / 24.0, within(1e-12));
    }

    @Test
    void a_row_without_variation_counts_as_no_trend() {
        double[] flat = {2, 2, 2};
        assertThat(Trend.page(List.of(new double[] {1, 2, 3}, flat), KEY).value()).isEqualTo(.5);
        assertThat(Trend.page(List.of(flat, flat), KEY)).isInstanceOf(Estimate.Undefined.class);
    }

    @Test
    void mann_and_whitneys_exact_p_is_the_published_one() {
        // Mann and Whitney 1947, table for n = 3, m = 3: P(U ≤ 0) = .05, P(U ≤ 1) = .1
        Estimate apart = MannWhitney.of(new double[] {4, 5, 6}, new double[] {1, 2, 3});
        assertThat(apart.value()).isEqualTo(1);
        assertThat(apart.pAtMost(.5)).isCloseTo(.05, within(1e-12));
        assertThat(MannWhitney.of(new double[] {3, 5, 6}, new double[] {1, 2, 4}).pAtMost(.5))
                .isCloseTo(.1, within(1e-12));
    }

    @Test
    void mann_and_whitneys_normal_tail_is_near_the_exact_one() {
        double[] x = new double[20];
        double[] y = new double[20];
        double[] more = new double[21];
        Draws draws = new Draws(new Key(11));
        for (int i = 0; i < 20; i++) {
            x[i] = draws.normal(i) + .5;
            y[i] = draws.normal(100 + i);
            more[i] = y[i];
        }
        more[20] = .25;
        assertThat(MannWhitney.of(x, more).pAtMost(.5))
                .isCloseTo(MannWhitney.of(x, y).pAtMost(.5), within(.03));
    }

    @Test
    void a_drop_at_the_threshold_of_every_row_has_the_probability_of_its_places() {
        List<double[]> steps =
                List.of(
                        new double[] {0, -3, 0, 0},
                        new double[] {.1, 0, -2, 0},
                        new double[] {-4, 0, 0, .1});
        Estimate e = ChangePoint.of(steps, new int[] {1, 2, 0}, KEY);
        assertThat(e.pAtLeast(0)).isCloseTo(1 / 64.0, within(1e-12));
        assertThat(e.value()).isLessThan(-2.9);
    }

    @Test
    void a_power_law_has_its_exponent_as_slope_and_a_line_its_crossing() {
        double[] x = {.6, .7, .9};
        double[] y = {Math.pow(.6, -8), Math.pow(.7, -8), Math.pow(.9, -8)};
        assertThat(Slope.logLog(x, y)).isCloseTo(-8, within(1e-12));
        assertThat(Slope.crossing(new double[] {1, 4, 16}, new double[] {0, .5, 1}, .75))
                .isCloseTo(8, within(1e-12));
        assertThat(Slope.crossing(new double[] {1, 4}, new double[] {.8, .9}, .75)).isNaN();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void maps_that_only_share_their_axes_are_called_related_no_more_often_than_alpha(long seed) {
        int rejected = 0;
        for (int trial = 0; trial < 60; trial++) {
            Draws draws = new Draws(new Key(seed * 1000 + trial));
            double[] x = new double[20];
            double[] y = new double[20];
            int[] row = new int[20];
            int[] column = new int[20];
            for (int i = 0; i < 20; i++) {
                row[i] = i / 5;
                column[i] = i % 5;
                x[i] = row[i] + column[i] + draws.normal(i);
                y[i] = row[i] + column[i] + draws.normal(100 + i);
            }
            rejected +=
                    RankCorrelation.partialOverCells(x, y, row, column, KEY).pAtMost(0) <= .05
                            ? 1
                            : 0;
        }
        assertThat(rejected).as("seed %d", seed).isLessThanOrEqualTo(8);
    }
}
