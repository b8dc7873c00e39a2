package org.phasezoo.study.particle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.phasezoo.kernel.Cholesky;
import org.phasezoo.random.Key;
import org.phasezoo.study.Kept;

class TwoLayerTest {
    private static final double[] X = {-1, -.5, .5, 1};
    private static final double[] Y = {1, .5, .5, 1};

    @Test
    void cholesky_solves_a_small_system() {
        double[] b = {1, 2};
        Cholesky.solve(new double[] {4, 2, 2, 3}, 2, b);
        assertThat(b[0]).isCloseTo(-.125, within(1e-15));
        assertThat(b[1]).isCloseTo(.75, within(1e-15));
    }

    @Test
    void the_gibbs_law_is_self_consistent() {
        for (double beta : new double[] {10, 1e3, 1e8}) {
            GibbsNetwork net = GibbsNetwork.solve(X, Y, .01, beta);
            double[] f = net.predictions(X);
            double[] u = net.residuals();
            for (int i = 0; i < X.length; i++) {
                assertThat(f[i] - Y[i]).describedAs("beta " + beta).isCloseTo(u[i], within(1e-6));
            }
        }
    }

    @Test
    void one_point_at_vanishing_noise_is_fitted_as_the_penalised_net_must() {
        // at x = 1 the best atom has w = b, |a| = sqrt(w^2 + b^2): f = m, cost lambda m / sqrt(2),
        // so f = 1 - lambda / (2 sqrt 2)
        GibbsNetwork net = GibbsNetwork.solve(new double[] {1}, new double[] {1}, .1, 1e9);
        assertThat(net.predictions(new double[] {1})[0])
                .isCloseTo(1 - .1 / (2 * Math.sqrt(2)), within(1e-4));
    }

    @Test
    void two_bends_are_two_knots() {
        Curvature curvature = new Curvature();
        curvature.add(-.2, 3);
        curvature.add(.3, -1);
        assertThat(curvature.knots()).hasDimensions(2, 2);
        assertThat(curvature.knots()[0][1]).isCloseTo(.75, within(1e-12));
        assertThat(curvature.mostBetween(X)).isEqualTo(2);
        assertThat(curvature.concentration()).isCloseTo(1, within(1e-12));
        assertThat(curvature.heaviestOff(X, .1)).isCloseTo(.75, within(1e-12));
        assertThat(curvature.heaviestOff(new double[] {-.2, 1}, .1)).isCloseTo(.25, within(1e-12));
    }

    @Test
    void bends_in_light_cells_are_no_knots() {
        Curvature curvature = new Curvature();
        for (int i = 0; i < 400; i++) {
            curvature.add(-1.5 + 3 * (i + .5) / 400, 1);
        }
        assertThat(curvature.knots()).isEmpty();
        assertThat(curvature.concentration()).isCloseTo(.05, within(1e-12));
    }

    @Test
    void moving_a_bend_costs_its_distance() {
        Curvature here = new Curvature();
        Curvature there = new Curvature();
        here.add(0.001, 1);
        there.add(.301, 5);
        assertThat(here.transport(there)).isCloseTo(.3, within(1e-12));
    }

    @Test
    void drawn_inputs_are_apart() {
        double[][] points = UnivariateData.RANDOM.points(new Key(5));
        for (int i = 1; i < points[0].length; i++) {
            assertThat(points[0][i] - points[0][i - 1]).isGreaterThanOrEqualTo(.15);
        }
    }

    @Test
    void a_wide_net_settles_on_the_gibbs_law() {
        TwoLayerLangevin study = new TwoLayerLangevin(UnivariateData.TENT, 500, .02, 1e6, .1, 3000);
        Kept kept = Kept.finish(study, 1);
        assertThat(kept.of("predictor.gap-to-gibbs.v1")).isLessThan(.02);
        assertThat(kept.of("knots.transport-to-gibbs.v1")).isLessThan(.05);
    }

    @Test
    void a_member_that_is_saved_and_restored_after_each_slice_gives_the_same_bits() {
        TwoLayerLangevin study =
                new TwoLayerLangevin(UnivariateData.RANDOM, 5000, .01, 1e3, .1, 450);
        assertThat(Kept.interrupted(study, 3).values).isEqualTo(Kept.finish(study, 3).values);
    }

    @Test
    void a_setting_out_of_range_is_refused_by_name() {
        assertThatThrownBy(() -> new TwoLayerLangevin(UnivariateData.TENT, 1, .01, 1, .1, 1000))
                .hasMessageStartingWith("neurons is 1; choose");
        assertThatThrownBy(() -> new TwoLayerGibbs(UnivariateData.TENT, 0, 1))
                .hasMessageStartingWith("penalty is 0; choose one from");
    }
}
