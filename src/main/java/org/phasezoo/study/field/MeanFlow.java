package org.phasezoo.study.field;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.phasezoo.engine.Precision;
import org.phasezoo.graph.Node;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;
import org.phasezoo.study.Observable;
import org.phasezoo.study.Probe;
import org.phasezoo.study.Recorder;
import org.phasezoo.study.Run;
import org.phasezoo.study.Setting;
import org.phasezoo.study.StoredNet;
import org.phasezoo.study.StreamObjective;
import org.phasezoo.train.Footprint;

/// A mean flow ([VelocityNet]) on the [Ring], and what it generates in few steps.
///
/// Times are logistic functions of N(−.4, 1) draws, t the larger and r the smaller of two; with
/// probability 1 − `ratio` r = t. Without `ratio` only instantaneous velocities are learned (flow
/// matching), and steps use u(z, t, t).
///
/// *Observables*: `sw2.steps1.v1`, `sw2.steps2.v1`, `sw2.steps32.v1`: [SlicedDistance] of 2,000
/// points generated in 1, 2, 32 equal steps from time 1 to 0 from 2,000 of the data;
/// `sw2.floor.v1`, of two sets of data; `sw2.second.gain.v1`, that of 2 steps minus that of 1;
/// `error.average.v1`: the relative ℓ₂ error of one step's displacement against the exact flow's
/// (200 Runge–Kutta steps), over 256 points; `error.velocity.v1`: that of u(z, t, t) against the
/// exact velocity at 256 points of the path, t uniform in [.05, 1].
///
/// *Draws*: `data`, `noise`, `times` (training); `test` (all that is measured).
///
/// *Stored net*: `velocity-net-<width>`, from (x, y, r, t) to u.
///
/// *Source*: Geng, Deng, Bai, Kolter and He, "Mean flows for one-step generative modeling", 2025.
///
/// @param ratio share of examples with r ≠ t, 0 to 1
/// @param tangent of the Jacobian-vector product: `path` is (v, 0, 1), `place` (v, 0, 0)
/// @param width of the three hidden layers, 4 to 512
public record MeanFlow(double ratio, Tangent tangent, int width) implements StreamObjective {
    /// Along what the derivative of u is taken.
    public enum Tangent {
        PATH,
        PLACE
    }

    public MeanFlow {
        Setting.within("ratio", ratio, 0, 1);
        Setting.within("width", width, 4, 512);
    }

    @Override
    public StoredNet net() {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.put("kind", "velocity-net").put("width", width);
        double[] probe = new double[4 * Probe.INPUTS];
        Draws draws = new Draws(Key.of("mean-flow.probe"));
        for (int i = 0; i < probe.length; i += 4) {
            probe[i] = (float) draws.normal(i);
            probe[i + 1] = (float) draws.normal(i + 1);
            probe[i + 3] = (float) draws.uniform(i + 3);
            probe[i + 2] = probe[i + 3] / 2;
        }
        return StoredNet.ofRows(
                "velocity-net-" + width,
                settings,
                VelocityNet.parameters(width),
                new StoredNet.Rows(4, probe),
                (p, x) ->
                        VelocityNet.velocity(
                                p, x.slice(1, 0, 2), x.slice(1, 2, 3), x.slice(1, 3, 4)));
    }

    @Override
    public Node loss(List<Node> parameters, int batchSize) {
        return VelocityNet.loss(parameters, batchSize, tangent == Tangent.PATH ? 1 : 0);
    }

    @Override
    public Examples examples(Run run, int batchSize) {
        return new RingExamples(run, batchSize, ratio);
    }

    @Override
    public List<Observable> observables() {
        return FlowMeasures.observables();
    }

    @Override
    public void measure(double[] parameters, Precision precision, Run run, Recorder out) {
        Draws test = new Draws(run.key("test"));
        TrainedFlow flow = new TrainedFlow(width, parameters, precision, ratio == 0);
        new FlowMeasures(flow, test).record(out);
    }

    @Override
    public Footprint measuring(Precision precision, Run run) {
        return Footprint.of(TrainedFlow.program(width), precision);
    }

    @Override
    public double multiplyAdds(int batchSize) {
        return 9.0 * (2 * width * width + 6 * width) * batchSize;
    }
}
