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

/// A wide two-layer ReLU net on a few points of the line, trained by noisy gradient descent:
/// Langevin particles.
///
/// *System*: f(x) = (1/N) Σ_j a_j (w_j x + b_j)₊; each particle θ = (a, w, b), at first standard
/// normal, moves by −η ∇((2/n) Σ_i (f(x_i) − y_i) a (w x_i + b)₊ + (λ/2)|θ|²) + √(2η/β) times a
/// standard normal, all at once.
///
/// *Observables* at the end, of the slope's change in 400 cells of [−1.5, 1.5] ([Curvature]):
/// `knots.most-between-data.v1`, the largest number of knots between neighbouring inputs;
/// `knots.within-bound.v1`, 1 if that is at most 3, else 0; `knots.concentration.v1`, the share of
/// the heaviest twentieth of the cells; `knots.share-off-data.v1`, the share of the heaviest knot
/// more than .1 from every input; `knots.transport-to-gibbs.v1`, W₁ between its slope's changes and
/// those of the infinitely wide net at rest ([GibbsNetwork]); `predictor.gap-to-gibbs.v1`, the
/// largest |f − f_Gibbs| on 201 places of [−1, 1]; `risk.train.v1`, the mean squared error; and the
/// series `risk.train.step.v1` of the last and `predictor.hundredths.v1`, f(x) at step 100(x + 1).
///
/// *Draws*: `data`; `initialisation`, index 3j + k; `noise`, index 3(step · N + j) + k.
/// *Divergence*: risk not below 1e6, looked at 100 times.
///
/// *Source*: Shevchenko, Kungurtsev, Mondelli, Mean-field analysis of piecewise linear solutions
/// for wide ReLU networks, JMLR 23(130), 2022.
///
/// @param neurons N, 2 to 100,000
/// @param penalty λ, .0001 to 1
/// @param inverseTemperature β, 1 to 1e9
/// @param rate η, the step in the time of the mean-field limit, above 0, at most 1
/// @param steps 100 to 10,000,000
public record TwoLayerLangevin(
        UnivariateData data,
        int neurons,
        double penalty,
        double inverseTemperature,
        double rate,
        int steps)
        implements Iterated {
    /// Particles moved in a slice: a third of a second, or so.
    private static final long SLICE = 1_000_000;

    private static final int LOOKS = 100;

    public TwoLayerLangevin {
        Setting.within("neurons", neurons, 2, 100_000);
        Setting.within("penalty", penalty, 1e-4, 1);
        Setting.within("inverseTemperature", inverseTemperature, 1, 1e9);
        Setting.within("rate", rate, 1e-6, 1);
        Setting.within("steps", steps, LOOKS, 10_000_000);
    }

    @Override
    public List<Observable> observables() {
        return List.of(
                new Observable("knots.most-between-data.v1", false, "1"),
                new Observable("knots.within-bound.v1", false, "1"),
                new Observable("knots.concentration.v1", false, "1"),
                new Observable("knots.share-off-data.v1", false, "1"),
                new Observable("risk.train.v1", false, "1"),
                new Observable("knots.transport-to-gibbs.v1", false, "1"),
                new Observable("predictor.gap-to-gibbs.v1", false, "1"),
                new Observable("predictor.hundredths.v1", true, "1"),
                new Observable("risk.train.step.v1", true, "1"));
    }

    @Override
    public Saved start(Run run) {
        Draws draws = new Draws(run.key("initialisation"));
        double[] theta = new double[3 * neurons];
        for (int k = 0; k < theta.length; k++) {
            theta[k] = draws.normal(k);
        }
        return new Saved().with("theta", theta);
    }

    @Override
    public boolean advance(Saved state, Run run, Recorder out) {
        double[][] points = data.points(run.key("data"));
        ReluParticles net = new ReluParticles(state.row("theta"));
        Draws noise = new Draws(run.key("noise"));
        for (long moved = 0; moved < SLICE && state.step() < steps; moved += neurons) {
            double[] f = net.predictions(points[0]);
            if (state.step() % (steps / LOOKS) == 0) {
                double risk = LineNet.risk(f, points[1]);
                out.series("risk.train.step.v1", state.step(), risk);
                if (!(risk < 1e6)) {
                    out.diverged("the mean squared error is " + risk + " at step " + state.step());
                    return false;
                }
            }
            net.move(
                    f,
                    points,
                    rate,
                    penalty,
                    inverseTemperature,
                    noise,
                    3 * state.step() * neurons);
            state.stepped();
        }
        out.updates(state.step());
        if (state.step() < steps) {
            return true;
        }
        report(net, points, out);
        return false;
    }

    private void report(LineNet net, double[][] points, Recorder out) {
        net.record(points, out);
        LineNet gibbs = GibbsNetwork.solve(points[0], points[1], penalty, inverseTemperature);
        double[] at = LineNet.hundredths();
        double[] f = net.predictions(at);
        double[] limit = gibbs.predictions(at);
        double gap = 0;
        for (int i = 0; i < at.length; i++) {
            gap = Math.max(gap, Math.abs(f[i] - limit[i]));
        }
        double transport = net.curvature().transport(gibbs.curvature());
        out.scalar("knots.transport-to-gibbs.v1", transport);
        out.scalar("predictor.gap-to-gibbs.v1", gap);
    }

    @Override
    public SequencedMap<String, Integer> revisions() {
        return Revisions.first("two-layer-langevin", "gibbs-network", "philox");
    }

    @Override
    public double multiplyAdds() {
        return (double) steps * neurons * (10 * data.size() + 3 * 80)
                + 200.0 * GibbsNetwork.ANGLES * data.size() * data.size();
    }
}
