package org.phasezoo.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;

class MomentsTest {
    @Test
    void mean_and_standard_error_of_a_small_sample_are_those_of_the_textbook() {
        Moments moments = Moments.of(new double[] {2, 4, 4, 4, 5, 5, 7, 9});
        assertThat(moments.mean()).isEqualTo(5);
        assertThat(moments.standardError()).isCloseTo(Math.sqrt(32.0 / 7 / 8), within(1e-15));
    }

    /// Leaving one out of a mean gives its ordinary standard error.
    @Test
    void the_jackknife_of_a_mean_is_its_standard_error() {
        double[] values = {3, 1, 4, 1, 5, 9, 2, 6};
        double[] without = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            for (int j = 0; j < values.length; j++) {
                without[i] += j == i ? 0 : values[j] / (values.length - 1);
            }
        }
        assertThat(Moments.jackknife(without)).isCloseTo(Moments.of(values).standardError(), within(1e-14));
    }

    /// Losses are skewed, accuracies are 0 or 100, curve differences are mostly 0: their 99 % intervals.
    @Test
    void intervals_over_examples_cover_the_truth_in_at_least_95_percent_of_200_seeds() {
        covers(512, 1, u -> -StrictMath.log(1 - u));
        covers(1285, 95, u -> u < .95 ? 100 : 0);
        covers(512, -2, u -> u < .04 ? -100 : u < .06 ? 100 : 0);
    }

    private static void covers(int n, double truth, DoubleUnaryOperator law) {
        int covered = 0;
        for (int seed = 0; seed < 200; seed++) {
            Draws draws = new Draws(new Key(seed));
            double[] values = new double[n];
            for (int i = 0; i < n; i++) {
                values[i] = law.applyAsDouble(draws.uniform(i));
            }
            Moments moments = Moments.of(values);
            covered += Math.abs(moments.mean() - truth) <= 2.576 * moments.standardError() ? 1 : 0;
        }
        assertThat(covered).isGreaterThanOrEqualTo(190);
    }
}
