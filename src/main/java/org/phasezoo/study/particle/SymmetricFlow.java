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
        MinimaxMethod algorithm,
        double averaging,
        double mixing,
        int inner,
        double step,
        int steps)
        implements Iterated {
    private static final int PLACES = 128;
    private static final int LOOKS = 100;

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

    @Override
    public Saved start(Run run) {
        TorusGame game = payoff.game(PLACES, coupling, run.key("payoff"));
        Players laws = game.drawn(new Draws(run.key("start")), 0);
        return new Saved()
                .with("first", laws.first())
                .with("second", laws.second())
                .with("firstAverage", laws.first().clone())
                .with("secondAverage", laws.second().clone())
                .with("lastErrors", new double[LOOKS])
                .with("averageErrors", new double[LOOKS]);
    }

    @Override
    public boolean advance(Saved state, Run run, Recorder out) {
        TorusGame game = payoff.game(PLACES, coupling, run.key("payoff"));
        Players laws = new Players(state.row("first"), state.row("second"));
        Players average = new Players(state.row("firstAverage"), state.row("secondAverage"));
        boolean anchored = algorithm == MinimaxMethod.BEST_RESPONSE;
        Players followed = algorithm == MinimaxMethod.DESCENT_ASCENT ? laws : average;
        int perStep = anchored ? Math.max(1, inner) : 1;
        for (int done = 0; done < 2000 && state.step() < steps; done += perStep) {
            Players potentials = game.potentials(followed);
            follow(laws.first(), potentials.first());
            follow(laws.second(), potentials.second());
            state.stepped();
            average.mix(laws, anchored ? mixing : PowerMean.newest(averaging, state.step()));
            look(game, anchored ? average : laws, average, state, out);
        }
        out.updates(state.step());
        if (state.step() < steps) {
            return true;
        }
        out.scalar("ni.last.v1", game.error(anchored ? average : laws, temperature));
        out.scalar("ni.average.v1", game.error(average, temperature));
        out.scalar("ni.reported.v1", game.error(followed, temperature));
        out.scalar("ni.middle.v1", state.row("lastErrors")[LOOKS / 2 - 1]);
        Line line = Line.logLog(state.row("averageErrors"), steps / LOOKS, LOOKS / 10 - 1);
        out.scalar("ni.slope.v1", line.slope());
        return false;
    }

    private void follow(double[] law, double[] potential) {
        boolean anchored = algorithm == MinimaxMethod.BEST_RESPONSE;
        if (anchored && inner == 0) {
            System.arraycopy(Laws.gibbs(potential, temperature), 0, law, 0, law.length);
        }
        for (int i = 0; i < (anchored ? inner : 1); i++) {
            CircleFlow.step(law, potential, temperature, step);
        }
    }

    private void look(TorusGame game, Players last, Players average, Saved state, Recorder out) {
        int every = steps / LOOKS;
        int at = (int) (state.step() / every) - 1;
        if (state.step() % every == 0 && at < LOOKS) {
            double[] lastErrors = state.row("lastErrors");
            double[] averageErrors = state.row("averageErrors");
            lastErrors[at] = game.error(last, temperature);
            averageErrors[at] = game.error(average, temperature);
            out.series("ni.step.v1", state.step(), lastErrors[at]);
            out.series("ni.average.step.v1", state.step(), averageErrors[at]);
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
                * Math.max(1, algorithm == MinimaxMethod.BEST_RESPONSE ? inner : 1);
    }
}
