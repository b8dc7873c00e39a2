package org.phasezoo.study.particle;

import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.random.Draws;
import org.phasezoo.study.Iterated;
import org.phasezoo.study.Observable;
import org.phasezoo.study.Recorder;
import org.phasezoo.study.Revisions;
import org.phasezoo.study.Run;
import org.phasezoo.study.Saved;
import org.phasezoo.study.Setting;

/// Two populations of N Langevin particles on the circle that play a zero-sum game against each
/// other's empirical law.
///
/// *System*: each first player moves by −h ∂_x K(x, ·) averaged over what the second players are
/// and were, plus √(2hτ) times a standard normal; the second likewise with +∂_y K, both at once.
/// The average weighs moment k of the past by k^r (`averaging` r ≥ 0), or is the present alone
/// (`averaging` −1: descent–ascent). K is a trigonometric polynomial, so the past is held exactly
/// in its moments.
///
/// *Observables*: `ni.particles.early.v1` and `ni.particles.late.v1`, the error of Nikaidô and
/// Isoda of the pair of best responses to the empirical laws (laws of particles have no entropy of
/// their own; this needs no bandwidth), averaged over the second eighth and over the last half of
/// the steps, looked at each 10; `ni.particles.growth.v1`, the log of late over early;
/// `moments.squared-error.v1`, the squared distance of both players' mean features from the
/// equilibrium's, over the last half; and the series `ni.particles.step.v1`.
///
/// *Draws*: `payoff`; `start`, index j, uniform on the circle, the second player's 2³² on; `noise`,
/// (step · 2 + player) · N + j.
///
/// *Source*: Lu, ICML 2023; Kim, Yamamoto, Oko, Yang, Suzuki, Symmetric mean-field Langevin
/// dynamics for distributional minimax problems, ICLR 2024.
///
/// @param averaging r of the averaged gradient, or −1
/// @param particles N, 1 to 100,000
public record MinimaxParticles(
        Payoff payoff,
        double coupling,
        double temperature,
        double averaging,
        int particles,
        double step,
        int steps)
        implements Iterated {
    private static final int PLACES = 128;
    private static final int EVERY = 10;

    public MinimaxParticles {
        Setting.within("coupling", coupling, 0, 100);
        Setting.within("temperature", temperature, .01, 100);
        Setting.within("averaging", averaging, -1, 10);
        Setting.within("particles", particles, 1, 100_000);
        Setting.within("step", step, 1e-6, 1);
        Setting.within("steps", steps, 16 * EVERY, 1_000_000);
    }

    @Override
    public List<Observable> observables() {
        return List.of(
                new Observable("ni.particles.early.v1", false, "1"),
                new Observable("ni.particles.late.v1", false, "1"),
                new Observable("ni.particles.growth.v1", false, "1"),
                new Observable("moments.squared-error.v1", false, "1"),
                new Observable("ni.particles.step.v1", true, "1"));
    }

    @Override
    public Saved start(Run run) {
        Draws draws = new Draws(run.key("start"));
        double[] place = new double[2 * particles];
        for (int j = 0; j < place.length; j++) {
            long index = j < particles ? j : (1L << 32) + j - particles;
            place[j] = 2 * StrictMath.PI * draws.uniform(index);
        }
        TorusGame game = payoff.game(PLACES, coupling, run.key("payoff"));
        Players rest = game.moments(game.equilibrium(temperature));
        return new Saved()
                .with("place", place)
                .with("firstPast", new double[Payoff.FEATURES])
                .with("secondPast", new double[Payoff.FEATURES])
                .with("sums", new double[6])
                .with("firstRest", rest.first())
                .with("secondRest", rest.second());
    }

    @Override
    public boolean advance(Saved state, Run run, Recorder out) {
        TorusGame game = payoff.game(PLACES, coupling, run.key("payoff"));
        Draws noise = new Draws(run.key("noise"));
        CircleParticles first = new CircleParticles(state.row("place"), 0, particles);
        CircleParticles second = new CircleParticles(state.row("place"), particles, particles);
        Players past = new Players(state.row("firstPast"), state.row("secondPast"));
        for (long moved = 0; moved < 1_000_000 && state.step() < steps; moved += 2L * particles) {
            Players now = new Players(first.moments(), second.moments());
            past.mix(now, averaging < 0 ? 1 : PowerMean.newest(averaging, state.step() + 1));
            if (state.step() % EVERY == 0) {
                look(game, now, state, out);
            }
            double[] u = game.potential(true, past.second());
            double[] v = game.potential(false, past.first());
            first.move(u, step, temperature, noise, state.step() * 2 * particles);
            second.move(v, step, temperature, noise, (state.step() * 2 + 1) * particles);
            state.stepped();
        }
        out.updates(state.step());
        if (state.step() < steps) {
            return true;
        }
        double[] sums = state.row("sums");
        double early = sums[0] / sums[1];
        double late = sums[2] / sums[3];
        out.scalar("ni.particles.early.v1", early);
        out.scalar("ni.particles.late.v1", late);
        out.scalar("ni.particles.growth.v1", StrictMath.log(late) - StrictMath.log(early));
        out.scalar("moments.squared-error.v1", sums[4] / sums[3]);
        return false;
    }

    private void look(TorusGame game, Players now, Saved state, Recorder out) {
        double error = game.error(game.responses(now, temperature), temperature);
        out.series("ni.particles.step.v1", state.step(), error);
        double[] sums = state.row("sums");
        if (state.step() >= steps / 8 && state.step() < steps / 4) {
            sums[0] += error;
            sums[1]++;
        }
        if (state.step() >= steps / 2) {
            sums[2] += error;
            sums[3]++;
            Players rest = new Players(state.row("firstRest"), state.row("secondRest"));
            for (int k = 0; k < Payoff.FEATURES; k++) {
                double a = now.first()[k] - rest.first()[k];
                double b = now.second()[k] - rest.second()[k];
                sums[4] += a * a + b * b;
            }
        }
    }

    @Override
    public SequencedMap<String, Integer> revisions() {
        return Revisions.first("torus-game", "minimax-particles", "philox");
    }

    @Override
    public double multiplyAdds() {
        return 2.0 * particles * steps * 300 + 2e4 * PLACES * 150;
    }
}
