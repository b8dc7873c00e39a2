package org.phasezoo.study.particle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;
import org.phasezoo.study.Kept;

class MinimaxTest {
    private static final TorusGame GAME =
            new TorusGame(64, Payoff.RANDOM.coefficients(1, new Key(3)));

    private static TwoScaleFlow flow(double temperature, double ratio, int start) {
        return new TwoScaleFlow(
                Payoff.RANDOM, 1, temperature, Cooling.FIXED, ratio, start, 64, .05, 800);
    }

    @Test
    void a_cyclic_system_is_solved() {
        double[] lower = {.5, -1, .3, .2};
        double[] diagonal = {4, 5, 6, 7};
        double[] upper = {1, .5, -.7, .9};
        double[] x = {1, -2, 3, .5};
        double[] b = new double[4];
        for (int i = 0; i < 4; i++) {
            b[i] = lower[i] * x[(i + 3) % 4] + diagonal[i] * x[i] + upper[i] * x[(i + 1) % 4];
        }
        CircleFlow.solveCyclic(lower, diagonal, upper, b);
        for (int i = 0; i < 4; i++) {
            assertThat(b[i]).isCloseTo(x[i], within(1e-14));
        }
    }

    @Test
    void a_gibbs_law_stands_still_and_others_come_to_it() {
        double[] u = GAME.onPlaces(new double[] {0, 1, -.5, .2, 0, 0, .1});
        double[] gibbs = Laws.gibbs(u, .4);
        double[] law = gibbs.clone();
        CircleFlow.step(law, u, .4, 3);
        assertThat(Laws.distance(law, gibbs)).isLessThan(1e-12);
        double[] other = GAME.drawn(new Draws(new Key(1)), 0).first();
        for (int i = 0; i < 100; i++) {
            CircleFlow.step(other, u, .4, 3);
        }
        assertThat(Laws.distance(other, gibbs)).isLessThan(1e-9);
    }

    @Test
    void without_a_potential_the_first_harmonic_decays_at_the_temperature() {
        double[] law = Laws.uniform(64);
        for (int i = 0; i < 64; i++) {
            law[i] *= 1 + .5 * Math.cos(2 * Math.PI * i / 64);
        }
        for (int i = 0; i < 1000; i++) {
            CircleFlow.step(law, new double[64], .3, .001);
        }
        assertThat(2 * GAME.moments(law)[1]).isCloseTo(.5 * Math.exp(-.3), within(1e-3));
    }

    @Test
    void the_error_is_the_gap_of_best_responses_by_log_sum_exp() {
        double tau = .7;
        double[] mu = GAME.drawn(new Draws(new Key(1)), 0).first();
        double[] nu = GAME.drawn(new Draws(new Key(2)), 0).first();
        double[] u = GAME.onPlaces(GAME.potential(true, GAME.moments(nu)));
        double[] v = GAME.onPlaces(GAME.potential(false, GAME.moments(mu)));
        double up = 0;
        double down = 0;
        double entropies = 0;
        for (int i = 0; i < 64; i++) {
            up += Math.exp(-v[i] / tau) / 64;
            down += Math.exp(-u[i] / tau) / 64;
            entropies += mu[i] * Math.log(64 * mu[i]) + nu[i] * Math.log(64 * nu[i]);
        }
        double gap = tau * (Math.log(up) + Math.log(down) + entropies);
        assertThat(GAME.error(new Players(mu, nu), tau)).isCloseTo(gap, within(1e-12));
    }

    @Test
    void the_equilibrium_has_no_error_and_a_chase_has_the_uniform_one() {
        Players rest = GAME.equilibrium(.5);
        assertThat(GAME.error(rest, .5)).isLessThan(1e-14);
        TorusGame chase = new TorusGame(64, Payoff.ROTATION.coefficients(1, new Key(0)));
        Players uniform = new Players(Laws.uniform(64), Laws.uniform(64));
        assertThat(chase.error(uniform, .2)).isLessThan(1e-14);
        assertThat(chase.unregularisedError(uniform)).isLessThan(1e-14);
    }

    @Test
    void without_a_game_laws_relax_at_twice_the_temperature_in_the_error() {
        TwoScaleFlow still =
                new TwoScaleFlow(Payoff.RANDOM, 0, 1, Cooling.FIXED, 1, 0, 64, .01, 1000);
        Kept kept = Kept.finish(still, 1);
        assertThat(kept.of("ni.rate.v1")).isCloseTo(2, within(.05));
        assertThat(kept.of("ni.linearity.v1")).isGreaterThan(.99);
    }

    @Test
    void two_starts_have_one_limit() {
        assertThat(Kept.finish(flow(1.5, 10, 0), 1).of("distance.equilibrium.v1")).isLessThan(1e-9);
        assertThat(Kept.finish(flow(1.5, .1, 1), 1).of("distance.equilibrium.v1")).isLessThan(1e-9);
    }

    @Test
    void weights_of_the_newest_add_up() {
        assertThat(PowerMean.newest(0, 4)).isEqualTo(.25);
        assertThat(PowerMean.newest(1, 4)).isEqualTo(.4);
        assertThat(PowerMean.newest(2, 100)).isCloseTo(10000 / 338350.0, within(1e-5));
        assertThat(PowerMean.newest(2, 1)).isBetween(1.0, 1.21);
    }

    @Test
    void free_particles_have_the_moments_of_the_uniform_law() {
        MinimaxParticles free = new MinimaxParticles(Payoff.RANDOM, 0, 1, -1, 200, .05, 800);
        // 2 players, 6 features of variance 1/2 each
        assertThat(Kept.finish(free, 1).of("moments.squared-error.v1"))
                .isCloseTo(6 / 200.0, within(.012));
    }

    @Test
    void exact_anchored_responses_converge_linearly() {
        SymmetricFlow anchored =
                new SymmetricFlow(
                        Payoff.RANDOM, 1, 1, MinimaxMethod.BEST_RESPONSE, 0, .05, 0, .05, 600);
        assertThat(Kept.finish(anchored, 1).of("ni.last.v1")).isLessThan(1e-12);
    }

    @Test
    void members_that_are_saved_and_restored_after_each_slice_give_the_same_bits() {
        TwoScaleFlow flow =
                new TwoScaleFlow(Payoff.RANDOM, 1, .5, Cooling.LOGARITHMIC, 3, 0, 32, .05, 4500);
        assertThat(Kept.interrupted(flow, 2).values).isEqualTo(Kept.finish(flow, 2).values);
        MinimaxParticles particles =
                new MinimaxParticles(Payoff.ROTATION, 1, .5, 1, 5000, .05, 240);
        assertThat(Kept.interrupted(particles, 2).values)
                .isEqualTo(Kept.finish(particles, 2).values);
        SymmetricFlow averaged =
                new SymmetricFlow(
                        Payoff.RANDOM,
                        1,
                        .5,
                        MinimaxMethod.AVERAGED_GRADIENT,
                        1,
                        .05,
                        0,
                        .05,
                        4500);
        assertThat(Kept.interrupted(averaged, 2).values).isEqualTo(Kept.finish(averaged, 2).values);
    }

    @Test
    void a_setting_out_of_range_is_refused_by_name() {
        assertThatThrownBy(() -> flow(0, 1, 0))
                .hasMessageStartingWith("temperature is 0; choose one from 0.01");
        assertThatThrownBy(() -> flow(1, 0, 0)).hasMessageStartingWith("ratio is 0");
        assertThatThrownBy(() -> new MinimaxParticles(Payoff.RANDOM, 1, 1, -2, 10, .1, 1000))
                .hasMessageStartingWith("averaging is -2");
        assertThatThrownBy(() ->
                        new SymmetricFlow(
                                Payoff.RANDOM,
                                1,
                                1,
                                MinimaxMethod.BEST_RESPONSE,
                                0,
                                0,
                                0,
                                .1,
                                1000))
                .hasMessageStartingWith("mixing is 0");
    }
}
