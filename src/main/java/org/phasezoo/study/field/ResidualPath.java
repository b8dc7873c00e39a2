package org.phasezoo.study.field;

import java.util.List;
import org.phasezoo.engine.Precision;
import org.phasezoo.graph.Node;
import org.phasezoo.random.Draws;
import org.phasezoo.study.Footprint;
import org.phasezoo.study.Iterated;
import org.phasezoo.study.LearnerSlice;
import org.phasezoo.study.Observable;
import org.phasezoo.study.Recorder;
import org.phasezoo.study.Run;
import org.phasezoo.study.Saved;
import org.phasezoo.study.Setting;
import org.phasezoo.train.Adam;
import org.phasezoo.train.Learner;
import org.phasezoo.train.LimitedMemoryBfgs;

/// The pendulum d²q/dt² = −sin q, q(0) = `angle`, at rest, solved by a net ([PathNet]) that lowers
/// the residual alone: Adam (β .9, .999) on 200 uniform times drawn anew at each update, then
/// L-BFGS (10 pairs) on 200 fixed ones, in double precision.
///
/// *Observables*, [PathMeasures]: `error.path.v1`, `residual.v1`, `energy.drift.v1`,
/// `action.slope.v1`. Series, every 250 updates: `loss.train.step.v1`.
///
/// *Draws*: `start` (weights), `times`.
///
/// *Source*: Griffiths, Wrathmall and Gardiner, "Solving physics-based initial value problems with
/// unsupervised machine learning", Physical Review E 111, 055302 (2025).
///
/// @param angle q₀, −3.1 to 3.1
/// @param span T, .1 to 100
/// @param width of the two hidden layers, 2 to 256
/// @param rate of Adam, 1e-6 to 1
/// @param updates of Adam, 1 to 1,000,000
/// @param iterations of L-BFGS, 0 to 100,000
public record ResidualPath(
        Activation activation,
        double angle,
        double span,
        int width,
        double rate,
        int updates,
        int iterations)
        implements Iterated {
    private static final int TIMES = 200;
    private static final int PAIRS = 10;

    /// What bends the net.
    public enum Activation {
        TANH,
        GELU,
        SILU,
        SIN,
        RELU
    }

    public ResidualPath {
        Setting.within("angle", angle, -3.1, 3.1);
        Setting.within("span", span, .1, 100);
        Setting.within("width", width, 2, 256);
        Setting.within("rate", rate, 1e-6, 1);
        Setting.within("updates", updates, 1, 1_000_000);
        Setting.within("iterations", iterations, 0, 100_000);
    }

    @Override
    public List<Observable> observables() {
        return List.of(
                new Observable("error.path.v1", false, "1"),
                new Observable("residual.v1", false, "1"),
                new Observable("energy.drift.v1", false, "1"),
                new Observable("action.slope.v1", false, "1"),
                LearnerSlice.LOSS);
    }

    @Override
    public Saved start(Run run) {
        return LearnerSlice.start(PathNet.parameters(width), 2, run.key("start"));
    }

    private Node loss(List<Node> p) {
        return PathNet.loss(PathNet.path(p, activation, TIMES, angle, span));
    }

    /// The 200 times of an update, uniform in the span.
    private double[] times(Draws draws, long update) {
        double[] t = new double[TIMES];
        for (int i = 0; i < TIMES; i++) {
            t[i] = span * draws.uniform(update * TIMES + i);
        }
        return t;
    }

    /// Times in the middle of `TIMES` equal parts of the span.
    private double[] fixedTimes() {
        double[] t = new double[TIMES];
        for (int i = 0; i < TIMES; i++) {
            t[i] = span * (i + .5) / TIMES;
        }
        return t;
    }

    private Learner learner() {
        return new Learner(
                PathNet.parameters(width),
                new Adam(rate, .9, .999, 1e-8, 0, 0),
                Precision.FLOAT64,
                this::loss);
    }

    @Override
    public boolean advance(Saved state, Run run, Recorder out) {
        Learner learner = learner();
        learner.work().count(PathNet.ROWS, TIMES);
        Draws draws = new Draws(run.key("times"));
        LearnerSlice slice = new LearnerSlice(updates, 1e12, progress -> 1);
        if (!slice.run(learner, state, n -> learner.work().set("t", times(draws, n)), out)) {
            return false;
        }
        if (state.step() < updates) {
            return true;
        }
        double[] reached = state.row("state");
        double[] theta = java.util.Arrays.copyOf(reached, reached.length / 3);
        LimitedMemoryBfgs.Function residual =
                new ResidualFunction(PathNet.parameters(width), this::loss, fixedTimes());
        double[] polished =
                LimitedMemoryBfgs.minimise(residual, theta, iterations, PAIRS, 1e-10).x();
        new PathMeasures(this, polished).record(out);
        return false;
    }

    @Override
    public Footprint footprint(Run run) {
        return Footprint.of(learner())
                .plus(
                        Footprint.of(
                                ResidualFunction.program(PathNet.parameters(width), this::loss),
                                Precision.FLOAT64))
                .plus(Footprint.of(PathMeasures.program(this), Precision.FLOAT64));
    }

    @Override
    public double multiplyAdds() {
        return 30.0 * width * width * TIMES * (updates + 1.3 * iterations);
    }
}
