package org.phasezoo.study.field;

import java.util.List;
import org.phasezoo.engine.Precision;
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

/// A mean flow ([VelocityNet]) trained on the [Ring] by Adam (β .9, .95) with a rate that falls
/// linearly to 0, in float32, and what it generates in few steps.
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
/// exact velocity at 256 points of the path, t uniform in [.05, 1]. Series, every 250 updates:
/// `loss.train.step.v1`.
///
/// *Draws*: `start` (weights), `data`, `noise`, `times` (training); `test` (all that is measured).
///
/// *Source*: Geng, Deng, Bai, Kolter and He, "Mean flows for one-step generative modeling", 2025.
///
/// @param ratio share of examples with r ≠ t, 0 to 1
/// @param tangent of the Jacobian-vector product: `path` is (v, 0, 1), `place` (v, 0, 0)
/// @param width of the three hidden layers, 4 to 512
/// @param batch 1 to 4096
/// @param rate 1e-6 to 1
/// @param updates 1 to 1,000,000
public record MeanFlow(
        double ratio, Tangent tangent, int width, int batch, double rate, int updates)
        implements Iterated {
    /// Along what the derivative of u is taken.
    public enum Tangent {
        PATH,
        PLACE
    }

    public MeanFlow {
        Setting.within("ratio", ratio, 0, 1);
        Setting.within("width", width, 4, 512);
        Setting.within("batch", batch, 1, 4096);
        Setting.within("rate", rate, 1e-6, 1);
        Setting.within("updates", updates, 1, 1_000_000);
    }

    @Override
    public List<Observable> observables() {
        return List.of(
                new Observable("sw2.steps1.v1", false, "1"),
                new Observable("sw2.steps2.v1", false, "1"),
                new Observable("sw2.steps32.v1", false, "1"),
                new Observable("sw2.floor.v1", false, "1"),
                new Observable("sw2.second.gain.v1", false, "1"),
                new Observable("error.average.v1", false, "1"),
                new Observable("error.velocity.v1", false, "1"),
                LearnerSlice.LOSS);
    }

    Learner learner() {
        return new Learner(
                VelocityNet.parameters(width),
                new Adam(rate, .9, .95, 1e-8, 0, 0),
                Precision.FLOAT32,
                p -> VelocityNet.loss(p, batch, tangent == Tangent.PATH ? 1 : 0));
    }

    @Override
    public Saved start(Run run) {
        return LearnerSlice.start(VelocityNet.parameters(width), 2, run.key("start"));
    }

    @Override
    public boolean advance(Saved state, Run run, Recorder out) {
        Learner learner = learner();
        Examples examples = new Examples(run, batch, ratio);
        LearnerSlice slice = new LearnerSlice(updates, 1e6, progress -> 1 - progress);
        if (!slice.run(learner, state, n -> examples.set(learner.work(), n), out)) {
            return false;
        }
        if (state.step() < updates) {
            return true;
        }
        Draws test = new Draws(run.key("test"));
        new FlowMeasures(width, state.row("state"), ratio == 0, test).record(out);
        return false;
    }

    @Override
    public Footprint footprint(Run run) {
        return Footprint.of(learner())
                .plus(Footprint.of(FlowMeasures.program(width), Precision.FLOAT32));
    }

    @Override
    public double multiplyAdds() {
        return 9.0 * (2 * width * width + 6 * width) * batch * updates;
    }
}
