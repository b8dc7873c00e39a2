package org.phasezoo.statistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LawsTest {
    @Test
    void student_quantiles_are_those_of_the_printed_table() {
        assertThat(new StudentT(2).quantile(.975)).isCloseTo(4.302653, within(1e-6));
        assertThat(new StudentT(10).quantile(.95)).isCloseTo(1.812461, within(1e-6));
        assertThat(new StudentT(1).upperTail(1)).isCloseTo(.25, within(1e-12));
    }

    @Test
    void normal_quantile_and_erf_are_those_of_the_printed_table() {
        assertThat(Normal.quantile(.975)).isCloseTo(1.959964, within(1e-6));
        assertThat(Normal.erf(1)).isCloseTo(.8427007929, within(1e-10));
    }

    @Test
    void binomial_tails_are_their_sums() {
        double tail = 0;
        for (int k = 7; k <= 9; k++) {
            double ways = k == 7 ? 36 : k == 8 ? 9 : 1;
            tail += ways * Math.pow(.3, k) * Math.pow(.7, 9 - k);
        }
        assertThat(Binomial.atLeast(7, 9, .3)).isCloseTo(tail, within(1e-14));
        assertThat(Binomial.atMost(6, 9, .3)).isCloseTo(1 - tail, within(1e-14));
        assertThat(Binomial.atLeast(9, 9, .5)).isCloseTo(1 / 512.0, within(1e-15));
    }

    @Test
    void clopper_and_pearson_after_no_success_is_one_minus_a_root() {
        Interval interval = Binomial.clopperPearson(0, 10, .95);
        assertThat(interval.low()).isZero();
        assertThat(interval.high()).isCloseTo(1 - Math.pow(.025, .1), within(1e-9));
        // Clopper and Pearson's chart, 4 of 10
        assertThat(Binomial.clopperPearson(4, 10, .95).low()).isCloseTo(.1216, within(5e-5));
        assertThat(Binomial.clopperPearson(4, 10, .95).high()).isCloseTo(.7376, within(5e-5));
    }

    @Test
    void clopper_and_pearson_cover_every_probability_at_least_as_often_as_they_say() {
        for (double truth : new double[] {.02, .1, .3, .5, .77, .95}) {
            double covered = 0;
            for (int k = 0; k <= 12; k++) {
                double probability =
                        Binomial.atLeast(k, 12, truth) - Binomial.atLeast(k + 1, 12, truth);
                covered += Binomial.clopperPearson(k, 12, .95).contains(truth) ? probability : 0;
            }
            assertThat(covered).as("p = %s", truth).isGreaterThanOrEqualTo(.95);
        }
    }

    @Test
    void holm_multiplies_the_smallest_by_all_and_never_falls() {
        assertThat(Holm.adjust(new double[] {.04, .01, .03})).containsExactly(.06, .03, .06);
        assertThat(Holm.adjust(new double[] {.5, .6})).containsExactly(1, 1);
        assertThat(Holm.adjust(new double[0])).isEmpty();
    }

    @Test
    void ties_share_the_mean_of_their_ranks() {
        assertThat(Ranks.of(new double[] {3, 1, 3, -0.0, 0.0}))
                .containsExactly(4.5, 3, 4.5, 1.5, 1.5);
    }
}
