package org.phasezoo.study.spin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.phasezoo.statistic.Normal;

class DenseHebbTheoryTest {
    @Test
    void the_product_moment_of_correlated_normals_is_wicks() {
        assertThat(DenseHebbTheory.productMoment(1, .3)).isCloseTo(.3, within(1e-12));
        assertThat(DenseHebbTheory.productMoment(2, .3)).isCloseTo(1 + 2 * .09, within(1e-12));
        assertThat(DenseHebbTheory.productMoment(3, .3))
                .isCloseTo(9 * .3 + 6 * .027, within(1e-12));
        // at ρ = 1 it is the moment of one normal: E g^10 = 945
        assertThat(DenseHebbTheory.productMoment(5, 1)).isCloseTo(945, within(1e-9));
    }

    @Test
    void the_signal_to_noise_ratio_at_p_four_is_the_formula_by_hand() {
        double r = .7;
        double gamma = .004;
        double m = 16;
        double noise =
                m * (1 - r * r) * Math.pow(r, 6)
                        + gamma
                                * (m * 15
                                        + m * (m - 1) * (9 * Math.pow(r, 4) + 6 * Math.pow(r, 8)));
        double snr = m * Math.pow(r, 4) / Math.sqrt(noise);
        assertThat(new DenseHebbTheory(4, gamma, 0, r, 16).oneStep())
                .isCloseTo(Normal.erf(snr / Math.sqrt(2)), within(1e-12));
    }

    @Test
    void a_pure_pairwise_net_without_load_is_the_curie_weiss_magnet() {
        // m = tanh(m/T) at T = .5: m = .957504
        assertThat(new DenseHebbTheory(2, 1e-12, .5, 1, 1).magnetisation())
                .isCloseTo(.957504, within(1e-6));
        assertThat(new DenseHebbTheory(2, 1e-12, 1.2, 1, 1).magnetisation())
                .isCloseTo(0, within(1e-6));
    }

    @Test
    void the_limit_of_no_heat_is_reached_continuously() {
        double cold = new DenseHebbTheory(4, .001, .02, .8, 8).magnetisation();
        assertThat(cold)
                .isCloseTo(new DenseHebbTheory(4, .001, 0, .8, 8).magnetisation(), within(2e-3));
    }

    @Test
    void a_theory_has_no_seeds() {
        assertThat(new DenseHebbTheory(4, .001, 0, .8, 8).seeded()).isFalse();
    }
}
