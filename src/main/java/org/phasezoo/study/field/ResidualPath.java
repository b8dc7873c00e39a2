package org.phasezoo.study.field;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.phasezoo.document.Binder;
import org.phasezoo.engine.Precision;
import org.phasezoo.engine.Workspace;
import org.phasezoo.graph.Node;
import org.phasezoo.random.Draws;
import org.phasezoo.study.Observable;
import org.phasezoo.study.Probe;
import org.phasezoo.study.Recorder;
import org.phasezoo.study.Run;
import org.phasezoo.study.Setting;
import org.phasezoo.study.StoredNet;
import org.phasezoo.study.StreamObjective;
import org.phasezoo.train.Footprint;

/// The residual of the pendulum d²q/dt² = −sin q, q(0) = `angle`, at rest, of a path told by a net
/// ([PathNet]), on uniform times drawn anew at each update; its fixed examples are the middles of
/// as many equal parts of the span.
///
/// *Observables*, [PathMeasures]: `error.path.v1`, `residual.v1`, `energy.drift.v1`,
/// `action.slope.v1`.
///
/// *Draws*: `times`.
///
/// *Stored net*: `path-net-<activation>-<width>`, the perceptron N from s in [−1, 1], without what
/// ties it to its start: q(t) = q₀ + (1 − exp(−t))² N(2 t/T − 1).
///
/// *Source*: Griffiths, Wrathmall and Gardiner, "Solving physics-based initial value problems with
/// unsupervised machine learning", Physical Review E 111, 055302 (2025).
///
/// @param angle q₀, −3.1 to 3.1
/// @param span T, .1 to 100
/// @param width of the two hidden layers, 2 to 256
public record ResidualPath(Activation activation, double angle, double span, int width)
        implements StreamObjective {
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
    }

    @Override
    public StoredNet net() {
        String bent = Binder.kebab(activation.name());
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.put("kind", "path-net").put("activation", bent).put("width", width);
        double[] probe = new double[Probe.INPUTS];
        for (int i = 0; i < probe.length; i++) {
            probe[i] = (2 * i + 1.0) / probe.length - 1;
        }
        return StoredNet.ofRows(
                "path-net-" + bent + "-" + width,
                settings,
                PathNet.parameters(width),
                new StoredNet.Rows(1, probe),
                (p, s) -> PathNet.perceptron(p, activation, s));
    }

    @Override
    public Node loss(List<Node> parameters, int batchSize) {
        return PathNet.loss(PathNet.path(parameters, activation, batchSize, angle, span));
    }

    @Override
    public Examples examples(Run run, int batchSize) {
        Draws draws = new Draws(run.key("times"));
        return (work, update) -> {
            double[] t = new double[batchSize];
            for (int i = 0; i < batchSize; i++) {
                t[i] = span * draws.uniform(update * batchSize + i);
            }
            set(work, t);
        };
    }

    @Override
    public Optional<Examples> fixed(int batchSize) {
        double[] t = new double[batchSize];
        for (int i = 0; i < batchSize; i++) {
            t[i] = span * (i + .5) / batchSize;
        }
        return Optional.of((work, _) -> set(work, t));
    }

    private static void set(Workspace work, double[] times) {
        work.count(PathNet.ROWS, times.length);
        work.set("t", times);
    }

    @Override
    public List<Observable> observables() {
        return PathMeasures.observables();
    }

    @Override
    public void measure(double[] parameters, Precision precision, Run run, Recorder out) {
        new PathMeasures(this, parameters, precision).record(out);
    }

    @Override
    public Footprint measuring(Precision precision, Run run) {
        return Footprint.of(PathMeasures.program(this), precision);
    }

    @Override
    public double multiplyAdds(int batchSize) {
        return 30.0 * width * width * batchSize;
    }
}
