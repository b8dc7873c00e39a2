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

/// Mean-field noisy gradient descent–ascent of two laws on the circle, the second player's clock
/// faster by a ratio.
///
/// *System*: ∂µ = ∇·(µ∇Kν) + τ_t Δµ, ∂ν = η (−∇·(ν∇µK) + τ_t Δν) on the grid of [TorusGame]. `time`
/// counts in the *slow* player's own clock: a step is `step` for it and `step` · max(η, 1/η) for
/// the other. τ_t is `temperature` (`fixed`), max(.02, C/log(e + t)) (`logarithmic`) or max(.02,
/// C/(1 + t)) (`inverse`), with C = `temperature`.
///
/// *Observables*: `ni.last.v1`, the error at the end at its temperature; `ni.unregularised.v1`,
/// without entropy; with a fixed temperature `ni.rate.v1`, minus the slope of log NI by slow time
/// over the recorded times at which NI is between 1e-10 and a tenth of its first value,
/// `ni.linearity.v1`, the R² of that line (both undefined with fewer than 5), and
/// `distance.equilibrium.v1`, the L¹ distance of both laws from the equilibrium that damped best
/// responses reach from uniform laws; and the series `ni.step.v1` (200 times) at the temperature of
/// its step.
///
/// *Draws*: `payoff`, index of the coefficient; `start`, 16 `start` + k, and 2³² more for the
/// second player.
///
/// *Source*: Lu, Two-scale gradient descent ascent dynamics finds mixed Nash equilibria of
/// continuous games, ICML 2023.
///
/// @param coupling the payoff's factor, 0 to 100
/// @param temperature τ or C, .01 to 100
/// @param ratio η, .001 to 1000
/// @param start which random pair of initial laws, 0 to 1000
/// @param places 16 to 1024
/// @param step above 0, at most 1
/// @param steps 200 to 1,000,000
public record TwoScaleFlow(
        Payoff payoff,
        double coupling,
        double temperature,
        Cooling schedule,
        double ratio,
        int start,
        int places,
        double step,
        int steps)
        implements Iterated {
    private static final int LOOKS = 200;

    public TwoScaleFlow {
        Setting.within("coupling", coupling, 0, 100);
        Setting.within("temperature", temperature, .01, 100);
        Setting.within("ratio", ratio, .001, 1000);
        Setting.within("start", start, 0, 1000);
        Setting.within("places", places, 16, 1024);
        Setting.within("step", step, 1e-6, 1);
        Setting.within("steps", steps, LOOKS, 1_000_000);
    }

    @Override
    public List<Observable> observables() {
        return List.of(
                new Observable("ni.last.v1", false, "1"),
                new Observable("ni.unregularised.v1", false, "1"),
                new Observable("ni.rate.v1", false, "1"),
                new Observable("ni.linearity.v1", false, "1"),
                new Observable("distance.equilibrium.v1", false, "1"),
                new Observable("ni.step.v1", true, "1"));
    }

    @Override
    public Saved start(Run run) {
        Draws draws = new Draws(run.key("start"));
        Players laws = payoff.game(places, coupling, run.key("payoff")).drawn(draws, 16L * start);
        return new Saved()
                .with("first", laws.first())
                .with("second", laws.second())
                .with("errors", new double[LOOKS + 1]);
    }

    @Override
    public boolean advance(Saved state, Run run, Recorder out) {
        TorusGame game = payoff.game(places, coupling, run.key("payoff"));
        Players laws = new Players(state.row("first"), state.row("second"));
        double[] errors = state.row("errors");
        int every = steps / LOOKS;
        for (int done = 0; done < 2000 && state.step() < steps; done++) {
            double tau = schedule.at(temperature, state.step() * step);
            long look = state.step() / every;
            if (state.step() % every == 0 && look <= LOOKS) {
                errors[(int) look] = game.error(laws, tau);
                out.series("ni.step.v1", state.step(), errors[(int) look]);
            }
            Players u = game.potentials(laws);
            CircleFlow.step(laws.first(), u.first(), tau, step * Math.max(1, 1 / ratio));
            CircleFlow.step(laws.second(), u.second(), tau, step * Math.max(1, ratio));
            state.stepped();
        }
        out.updates(state.step());
        if (state.step() < steps) {
            return true;
        }
        double tau = schedule.at(temperature, steps * step);
        out.scalar("ni.last.v1", game.error(laws, tau));
        out.scalar("ni.unregularised.v1", game.unregularisedError(laws));
        if (schedule == Cooling.FIXED) {
            Line line = Line.decay(errors, every, step);
            out.scalar("ni.rate.v1", -line.slope());
            out.scalar("ni.linearity.v1", line.determination());
            Players rest = game.equilibrium(tau);
            boolean reached = game.error(rest, tau) < 1e-12;
            out.scalar("distance.equilibrium.v1", reached ? laws.distance(rest) : Double.NaN);
        }
        return false;
    }

    @Override
    public SequencedMap<String, Integer> revisions() {
        return Revisions.first("torus-game", "two-scale-flow", "philox");
    }

    @Override
    public double multiplyAdds() {
        return (double) places * steps * 250 + 2e4 * places * 150;
    }
}
