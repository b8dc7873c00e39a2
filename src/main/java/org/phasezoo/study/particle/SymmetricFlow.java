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

/// Mean-field Langevin dynamics for minimax problems of two laws on the circle: descent–ascent,
/// averaged gradient, and anchored best response.
///
/// *System*, on the grid of [TorusGame]: `descent-ascent` follows the present gradients;
/// `averaged-gradient` those at the averages of the past laws with weights k^r (`averaging` r);
/// `best-response` moves the anchors by a share `mixing` to the best responses, which are exact
/// with `inner` 0 and else `inner` Langevin steps from the last ones in the anchors' field.
///
/// *Observables*: `ni.last.v1` of the last laws (of the anchors for best responses);
/// `ni.average.v1` of the averages with the same weights; `ni.reported.v1`, of those that the
/// method stands for: the last laws of descent–ascent, the averages or anchors of the others;
/// `ni.slope.v1`, the slope of log `ni.average` against log k from a tenth of the steps to the end
/// (of `ni.last` for best responses); `ni.middle.v1`, `ni.last` after half of the steps; the series
/// `ni.step.v1` and `ni.average.step.v1` (100 times).
///
/// *Draws*: `payoff`; `start`, index k, the second player's 2³² on.
///
/// *Source*: Kim, Yamamoto, Oko, Yang, Suzuki, Symmetric mean-field Langevin dynamics for
/// distributional minimax problems, ICLR 2024.
///
/// @param averaging r, 0 to 10
/// @param mixing above 0, at most 1
/// @param inner Langevin steps to a best response; 0 for the exact one
public record SymmetricFlow(
        Payoff payoff,
        double coupling,
        double temperature,
        Algorithm algorithm,
        double averaging,
        double mixing,
        int inner,
        double step,
        int steps)
        implements Iterated {
    private static final int PLACES = 128;
    private static final int LOOKS = 100;

    /// What a law follows.
    public enum Algorithm {
        DESCENT_ASCENT,
        AVERAGED_GRADIENT,
        BEST_RESPONSE
    }

    public SymmetricFlow {
        Setting.within("coupling", coupling, 0, 100);
        Setting.within("temperature", temperature, .01, 100);
        Setting.within("averaging", averaging, 0, 10);
        Setting.within("mixing", mixing, 1e-6, 1);
        Setting.within("inner", inner, 0, 10_000);
        Setting.within("step", step, 1e-6, 1);
        Setting.within("steps", steps, LOOKS, 1_000_000);
    }

    @Override
    public List<Observable> observables() {
        return List.of(
                new Observable("ni.last.v1", false, "1"),
                new Observable("ni.average.v1", false, "1"),
                new Observable("ni.reported.v1", false, "1"),
                new Observable("ni.slope.v1", false, "1"),
                new Observable("ni.middle.v1", false, "1"),
                new Observable("ni.step.v1", true, "1"),
                new Observable("ni.average.step.v1", true, "1"));
    }

    private TorusGame game(Run run) {
        return new TorusGame(PLACES, payoff.coefficients(coupling, run.key("payoff")));
    }

    @Override
    public Saved start(Run run) {
        Draws draws = new Draws(run.key("start"));
        TorusGame game = game(run);
        double[] mu = game.drawn(draws, 0);
        double[] nu = game.drawn(draws, 1L << 32);
        return new Saved()
                .with("first", mu)
                .with("second", nu)
                .with("firstAverage", mu.clone())
                .with("secondAverage", nu.clone())
                .with("logs", new double[2 * LOOKS])
                .with("middle", new double[1]);
    }

    @Override
    public boolean advance(Saved state, Run run, Recorder out) {
        TorusGame game = game(run);
        double[] mu = state.row("first");
        double[] nu = state.row("second");
        double[] muAverage = state.row("firstAverage");
        double[] nuAverage = state.row("secondAverage");
        boolean anchored = algorithm == Algorithm.BEST_RESPONSE;
        int perStep = anchored ? Math.max(1, inner) : 1;
        for (int done = 0; done < 2000 && state.step() < steps; done += perStep) {
            boolean past = anchored || algorithm == Algorithm.AVERAGED_GRADIENT;
            double[] u = game.onPlaces(game.potential(true, game.moments(past ? nuAverage : nu)));
            double[] v = game.onPlaces(game.potential(false, game.moments(past ? muAverage : mu)));
            follow(game, mu, u);
            follow(game, nu, v);
            state.stepped();
            double share = anchored ? mixing : MinimaxParticles.newest(averaging, state.step());
            TorusGame.mix(muAverage, mu, share);
            TorusGame.mix(nuAverage, nu, share);
            look(game, state, out);
        }
        out.updates(state.step());
        if (state.step() < steps) {
            return true;
        }
        double average = game.error(muAverage, nuAverage, temperature);
        out.scalar("ni.last.v1", anchored ? average : game.error(mu, nu, temperature));
        out.scalar("ni.average.v1", average);
        boolean averages = algorithm != Algorithm.DESCENT_ASCENT;
        out.scalar("ni.reported.v1", averages ? average : game.error(mu, nu, temperature));
        out.scalar("ni.middle.v1", state.row("middle")[0]);
        double[] logs = state.row("logs");
        int from = LOOKS / 10 - 1;
        Line line =
                Line.through(
                        java.util.Arrays.copyOfRange(logs, from, LOOKS),
                        java.util.Arrays.copyOfRange(logs, LOOKS + from, 2 * LOOKS),
                        LOOKS - from);
        out.scalar("ni.slope.v1", line.slope());
        return false;
    }

    private void follow(TorusGame game, double[] law, double[] potential) {
        if (algorithm == Algorithm.BEST_RESPONSE && inner == 0) {
            System.arraycopy(TorusGame.gibbs(potential, temperature), 0, law, 0, law.length);
            return;
        }
        for (int i = 0; i < (algorithm == Algorithm.BEST_RESPONSE ? inner : 1); i++) {
            game.flow(law, potential, temperature, step);
        }
    }

    private void look(TorusGame game, Saved state, Recorder out) {
        int every = steps / LOOKS;
        long at = state.step() / every;
        if (state.step() % every != 0 || at > LOOKS) {
            return;
        }
        double average =
                game.error(state.row("firstAverage"), state.row("secondAverage"), temperature);
        double last =
                algorithm == Algorithm.BEST_RESPONSE
                        ? average
                        : game.error(state.row("first"), state.row("second"), temperature);
        out.series("ni.step.v1", state.step(), last);
        out.series("ni.average.step.v1", state.step(), average);
        double[] logs = state.row("logs");
        logs[(int) at - 1] = StrictMath.log(state.step());
        logs[LOOKS + (int) at - 1] = StrictMath.log(Math.max(average, 1e-18));
        if (at == LOOKS / 2) {
            state.row("middle")[0] = last;
        }
    }

    @Override
    public SequencedMap<String, Integer> revisions() {
        return Revisions.first("torus-game", "symmetric-flow", "philox");
    }

    @Override
    public double multiplyAdds() {
        return (double) PLACES
                * steps
                * 250
                * Math.max(1, algorithm == Algorithm.BEST_RESPONSE ? inner : 1);
    }
}
