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

    private TorusGame game(Run run) {
        return new TorusGame(PLACES, payoff.coefficients(coupling, run.key("payoff")));
    }

    @Override
    public Saved start(Run run) {
        Draws draws = new Draws(run.key("start"));
        double[] place = new double[2 * particles];
        for (int j = 0; j < place.length; j++) {
            long index = j < particles ? j : (1L << 32) + j - particles;
            place[j] = 2 * StrictMath.PI * draws.uniform(index);
        }
        return new Saved()
                .with("place", place)
                .with("past", new double[2 * Payoff.FEATURES])
                .with("sums", new double[6])
                .with("rest", rest(game(run)));
    }

    private double[] rest(TorusGame game) {
        double[][] laws = game.equilibrium(temperature);
        double[] moments = java.util.Arrays.copyOf(game.moments(laws[0]), 2 * Payoff.FEATURES);
        System.arraycopy(game.moments(laws[1]), 0, moments, Payoff.FEATURES, Payoff.FEATURES);
        return moments;
    }

    @Override
    public boolean advance(Saved state, Run run, Recorder out) {
        TorusGame game = game(run);
        Draws noise = new Draws(run.key("noise"));
        double[] place = state.row("place");
        double[] past = state.row("past");
        for (long moved = 0; moved < 1_000_000 && state.step() < steps; moved += 2L * particles) {
            double[] first = moments(place, 0);
            double[] second = moments(place, particles);
            // Σ k^r grows like k^{r+1}: the newest moment's share of the weighted mean
            double share = averaging < 0 ? 1 : newest(averaging, state.step() + 1);
            for (int k = 0; k < first.length; k++) {
                past[k] += share * (first[k] - past[k]);
                past[first.length + k] += share * (second[k] - past[first.length + k]);
            }
            if (state.step() % EVERY == 0) {
                look(game, first, second, state, out);
            }
            move(
                    place,
                    0,
                    game.potential(
                            true, java.util.Arrays.copyOfRange(past, first.length, past.length)),
                    noise,
                    state.step());
            move(
                    place,
                    particles,
                    game.potential(false, java.util.Arrays.copyOf(past, first.length)),
                    noise,
                    state.step());
            state.stepped();
        }
        out.updates(state.step());
        if (state.step() < steps) {
            return true;
        }
        double[] sums = state.row("sums");
        out.scalar("ni.particles.early.v1", sums[0] / sums[1]);
        out.scalar("ni.particles.late.v1", sums[2] / sums[3]);
        out.scalar(
                "ni.particles.growth.v1",
                StrictMath.log(sums[2] / sums[3]) - StrictMath.log(sums[0] / sums[1]));
        out.scalar("moments.squared-error.v1", sums[4] / sums[3]);
        return false;
    }

    /// k^r over Σ_{i ≤ k} i^r, by the sum's first two terms of Euler and Maclaurin; exact for r = 0
    /// and 1.
    static double newest(double r, long k) {
        double power = StrictMath.pow(k, r);
        return power / (k * power / (r + 1) + (r == 0 ? 0 : power / 2));
    }

    private double[] moments(double[] place, int from) {
        double[] sum = new double[Payoff.FEATURES];
        double[] one = new double[Payoff.FEATURES];
        for (int j = 0; j < particles; j++) {
            Payoff.features(place[from + j], one);
            for (int k = 0; k < sum.length; k++) {
                sum[k] += one[k];
            }
        }
        for (int k = 0; k < sum.length; k++) {
            sum[k] /= particles;
        }
        return sum;
    }

    private void move(double[] place, int from, double[] potential, Draws noise, long step) {
        double size = Math.sqrt(2 * this.step * temperature);
        double[] one = new double[Payoff.FEATURES];
        long index = (step * 2 + (from > 0 ? 1 : 0)) * particles;
        for (int j = 0; j < particles; j++) {
            Payoff.features(place[from + j], one);
            double slope = 0;
            for (int k = 1; k < one.length; k += 2) {
                slope += (k + 1) / 2 * (potential[k + 1] * one[k] - potential[k] * one[k + 1]);
            }
            place[from + j] += -this.step * slope + size * noise.normal(index + j);
        }
    }

    private void look(TorusGame game, double[] first, double[] second, Saved state, Recorder out) {
        double error =
                game.error(
                        game.response(true, second, temperature),
                        game.response(false, first, temperature),
                        temperature);
        out.series("ni.particles.step.v1", state.step(), error);
        double[] sums = state.row("sums");
        double[] rest = state.row("rest");
        if (state.step() >= steps / 8 && state.step() < steps / 4) {
            sums[0] += error;
            sums[1]++;
        }
        if (state.step() >= steps / 2) {
            sums[2] += error;
            sums[3]++;
            for (int k = 0; k < first.length; k++) {
                sums[4] +=
                        (first[k] - rest[k]) * (first[k] - rest[k])
                                + (second[k] - rest[first.length + k])
                                        * (second[k] - rest[first.length + k]);
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
