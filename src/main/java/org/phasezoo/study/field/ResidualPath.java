package org.phasezoo.study.field;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.engine.Precision;
import org.phasezoo.engine.Program;
import org.phasezoo.engine.Workspace;
import org.phasezoo.graph.Derivatives;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.random.Draws;
import org.phasezoo.study.Iterated;
import org.phasezoo.study.Observable;
import org.phasezoo.study.Recorder;
import org.phasezoo.study.Run;
import org.phasezoo.study.Saved;
import org.phasezoo.study.Setting;
import org.phasezoo.train.Adam;
import org.phasezoo.train.Learner;
import org.phasezoo.train.LimitedMemoryBfgs;
import org.phasezoo.train.Tensors;

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
    private static final int SLICE = 250;
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
                new Observable("loss.train.step.v1", true, "1"));
    }

    @Override
    public Saved start(Run run) {
        double[] theta = Learner.start(PathNet.parameters(width), new Draws(run.key("start")));
        return new Saved().with("state", java.util.Arrays.copyOf(theta, 3 * theta.length));
    }

    private Node loss(List<Node> p) {
        return PathNet.loss(PathNet.path(p, activation, TIMES, angle, span));
    }

    /// Times in the middle of `TIMES` equal parts of the span.
    private double[] fixedTimes() {
        double[] t = new double[TIMES];
        for (int i = 0; i < TIMES; i++) {
            t[i] = span * (i + .5) / TIMES;
        }
        return t;
    }

    @Override
    public boolean advance(Saved state, Run run, Recorder out) {
        Learner learner =
                new Learner(
                        PathNet.parameters(width),
                        new Adam(rate, .9, .999, 1e-8, 0, 0),
                        Precision.FLOAT64,
                        this::loss);
        learner.restore(state.row("state"), state.step());
        learner.work().count(PathNet.ROWS, TIMES);
        Draws times = new Draws(run.key("times"));
        for (int done = 0; done < SLICE && state.step() < updates; done++) {
            double[] t = new double[TIMES];
            for (int i = 0; i < TIMES; i++) {
                t[i] = span * times.uniform(state.step() * TIMES + i);
            }
            learner.work().set("t", t);
            double loss = learner.update(1, (double) state.step() / updates);
            if (!(loss < 1e12)) {
                out.updates(state.step());
                out.diverged("the loss is " + loss + " at update " + state.step());
                return false;
            }
            if (state.step() % SLICE == 0) {
                out.series("loss.train.step.v1", state.step(), loss);
            }
            state.stepped();
        }
        out.updates(state.step());
        double[] reached = learner.state();
        System.arraycopy(reached, 0, state.row("state"), 0, reached.length);
        if (state.step() < updates) {
            return true;
        }
        double[] theta = java.util.Arrays.copyOf(reached, reached.length / 3);
        double[] polished =
                LimitedMemoryBfgs.minimise(lossAndGradient(), theta, iterations, PAIRS, 1e-10).x();
        new PathMeasures(this, polished).record(out);
        return false;
    }

    private LimitedMemoryBfgs.Function lossAndGradient() {
        Tensors tensors = new Tensors("", PathNet.parameters(width));
        List<Node> p = tensors.inputs(new Graph());
        Node loss = loss(p);
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("loss", loss);
        List<Node> gradient = Derivatives.gradient(loss, p);
        for (int i = 0; i < gradient.size(); i++) {
            outputs.put("g" + i, gradient.get(i));
        }
        // the last bias of a residual may not enter: it is an input all the same
        p.forEach(node -> outputs.put("kept" + node.number(), node));
        Workspace work = Program.of(outputs).workspace(Precision.FLOAT64);
        work.count(PathNet.ROWS, TIMES);
        work.set("t", fixedTimes());
        return (x, g) -> {
            tensors.set(work, x);
            work.run();
            int at = 0;
            for (int i = 0; i < p.size(); i++) {
                work.get("g" + i, g, at);
                at += p.get(i).shape().elements();
            }
            return work.scalar("loss");
        };
    }

    @Override
    public double multiplyAdds() {
        return 30.0 * width * width * TIMES * (updates + 1.3 * iterations);
    }
}
