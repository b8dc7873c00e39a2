package org.phasezoo.study.dynamics;

import java.util.List;
import org.phasezoo.random.Draws;
import org.phasezoo.study.Arrays;
import org.phasezoo.study.Observable;
import org.phasezoo.study.Prepared;
import org.phasezoo.study.Recorder;
import org.phasezoo.study.Run;
import org.phasezoo.study.Saved;
import org.phasezoo.study.Setting;
import org.phasezoo.study.Study;

/// Delayed generalisation of a net that is lazy at first and rich later, without weight decay
/// ([QuadraticNet], [QuadraticTask]), or of its linearisation, which stays lazy.
///
/// Losses are mean squared errors over ⟨y²⟩ of their examples. They are looked at whenever the step
/// has grown by a 50th (and at each step below 50); t_tr is the first look with a training loss
/// below .1, t_te the first with a test loss below .2. The member ends when the test loss is below
/// .15, or at `cap`.
///
/// *Observables*: `steps.train.v1`, `steps.test.v1` (`cap` where not reached); `delay.steps.v1`,
/// their difference, `delay.ratio.v1`, t_te/t_tr; `loss.test.memorised.v1`, the test loss at t_tr;
/// `loss.test.peak.v1`, the largest over that at the start; `loss.train.last.v1`,
/// `loss.test.last.v1`; for the net `kernel.alignment.gain.v1`, by how much the tangent kernel's
/// alignment with the labels of 200 test examples rises from t_tr to the end, and
/// `feature.alignment.v1`, βᵀMβ/(|β|² tr M/D) at the end. What needs t_tr is undefined where it was
/// not reached. Series, at every tenth look: `loss.train.step.v1`, `loss.test.step.v1`.
///
/// *Draws*: `task`, as in [QuadraticTask]; `start`, as in [QuadraticNet].
///
/// *Source*: Kumar, Bordelon, Gershman and Pehlevan, 2024, section 3.
///
/// @param dimension D, 2 to 200
/// @param width N, 2 to 100,000
/// @param examples P, 2 to 5000
/// @param laziness α, .01 to 100
/// @param alignment ε, .001 to 2
/// @param cap steps, 100 to 1,000,000
public record LazyRich(
        Model model,
        int dimension,
        int width,
        int examples,
        double laziness,
        double alignment,
        int cap)
        implements Study<Prepared<QuadraticTask>> {
    private static final double WORK = 3e8;

    /// What is trained.
    public enum Model {
        NET,
        LINEARISED;

        private CentredNet of(QuadraticTask task, LazyRich s) {
            return this == NET
                    ? new QuadraticNet(task, s.dimension, s.laziness, s.alignment)
                    : new LinearisedQuadraticNet(task, s.dimension, s.laziness, s.alignment);
        }
    }

    public LazyRich {
        Setting.within("dimension", dimension, 2, 200);
        Setting.within("width", width, 2, 100_000);
        Setting.within("examples", examples, 2, 5000);
        Setting.within("laziness", laziness, .01, 100);
        Setting.within("alignment", alignment, .001, 2);
        Setting.within("cap", cap, 100, 1_000_000);
    }

    @Override
    public List<Observable> observables() {
        return List.of(
                new Observable("steps.train.v1", false, "1"),
                new Observable("steps.test.v1", false, "1"),
                new Observable("delay.steps.v1", false, "1"),
                new Observable("delay.ratio.v1", false, "1"),
                new Observable("loss.test.memorised.v1", false, "1"),
                new Observable("loss.test.peak.v1", false, "1"),
                new Observable("loss.train.last.v1", false, "1"),
                new Observable("loss.test.last.v1", false, "1"),
                new Observable("kernel.alignment.gain.v1", false, "1"),
                new Observable("feature.alignment.v1", false, "1"),
                new Observable("loss.train.step.v1", true, "1"),
                new Observable("loss.test.step.v1", true, "1"));
    }

    private QuadraticTask task(Run run) {
        return new QuadraticTask(dimension, examples, run.key("task"));
    }

    @Override
    public Prepared<QuadraticTask> start(Run run) {
        Saved saved = QuadraticNet.start(width, dimension, new Draws(run.key("start")));
        return new Prepared<>(task(run), LazyRichFindings.none(saved));
    }

    @Override
    public Prepared<QuadraticTask> restore(Run run, Arrays saved) {
        return new Prepared<>(task(run), Saved.restore(saved));
    }

    @Override
    public boolean advance(Prepared<QuadraticTask> state, Run run, Recorder out) {
        QuadraticTask task = state.given();
        CentredNet net = model.of(task, this);
        Saved at = state.carried();
        LazyRichFindings found = new LazyRichFindings(this, task, at);
        int slice = (int) Math.max(1, WORK / work());
        for (int done = 0; done < slice; done++) {
            double[] r = net.residuals(at, task.train());
            double loss = task.train().loss(r);
            if (!(loss < 1e12)) {
                out.diverged("the training loss is " + loss + " at step " + at.step());
                return false;
            }
            if (LazyRichFindings.isLook(at.step()) || at.step() == cap) {
                double test = task.test().loss(net.residuals(at, task.test()));
                found.note(loss, test, out);
                if (test < .15 || at.step() == cap) {
                    out.updates(at.step());
                    found.report(loss, test, out);
                    return false;
                }
            }
            net.descend(at, r);
            at.stepped();
        }
        out.updates(at.step());
        return true;
    }

    /// Multiply-adds of a step.
    private double work() {
        double d = dimension;
        return examples * d * (d + 3) + 2 * d * d * d;
    }

    @Override
    public double multiplyAdds() {
        // most members end before their cap
        return work() * cap / 5;
    }
}
