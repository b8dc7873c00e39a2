package org.phasezoo.study.dynamics;

import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.study.Arrays;
import org.phasezoo.study.Observable;
import org.phasezoo.study.Prepared;
import org.phasezoo.study.Recorder;
import org.phasezoo.study.Revisions;
import org.phasezoo.study.Run;
import org.phasezoo.study.Saved;
import org.phasezoo.study.Setting;
import org.phasezoo.study.Study;

/// Gradient descent of a two-layer net, or of its quadratic or linear model ([TwoLayerExpansion]),
/// at a rate η given by ηλ₀ (`rate`), λ₀ the largest eigenvalue of the tangent kernel over n at the
/// start.
///
/// It ends when the loss is below 1e-6 of that at the start (`converged.v1` 1), above 1e10 of it or
/// not finite (`diverged.v1` 1, and what follows undefined: divergence is an outcome here, not the
/// end of a member), or after `steps`.
///
/// *Observables*: those two; `loss.peak.v1`, the largest loss, and `loss.peak-ratio.v1`, over that
/// at the start; `loss.rise.v1`, the largest log ratio of the loss to that one step before;
/// `loss.last.v1`, the last loss over the first; `sharpness.last.v1`, ηλ at the end;
/// `loss.test.v1`, ⟨(f − y)²⟩/2 on 500 fresh points. Series, at each of the first 40 steps and
/// every 20th: `loss.train.step.v1`, `sharpness.step.v1` (ηλ).
///
/// *Draws*: `task`, `start`, as in [TwoLayerExpansion].
///
/// *Source*: Zhu, Liu, Radhakrishnan and Belkin, 2024.
///
/// @param width m, 1 to 100,000
/// @param examples n, 1 to 256; 1 for the task `one`
/// @param inputs d, 2 to 1000; 1 for the task `one`
/// @param rate ηλ₀, .01 to 100
/// @param steps 1 to 1,000,000
public record Catapult(
        TaylorModel model,
        Activation activation,
        ScalarTask task,
        int width,
        int examples,
        int inputs,
        double rate,
        int steps)
        implements Study<Prepared<TwoLayerExpansion>> {
    private static final double WORK = 2e8;

    public Catapult {
        Setting.within("width", width, 1, 100_000);
        boolean one = task == ScalarTask.ONE;
        Setting.within("examples", examples, 1, one ? 1 : 256);
        Setting.within("inputs", inputs, one ? 1 : 2, one ? 1 : 1000);
        Setting.within("rate", rate, .01, 100);
        Setting.within("steps", steps, 1, 1_000_000);
    }

    @Override
    public List<Observable> observables() {
        return List.of(
                new Observable("converged.v1", false, "1"),
                new Observable("diverged.v1", false, "1"),
                new Observable("loss.peak.v1", false, "1"),
                new Observable("loss.peak-ratio.v1", false, "1"),
                new Observable("loss.rise.v1", false, "1"),
                new Observable("loss.last.v1", false, "1"),
                new Observable("sharpness.last.v1", false, "1"),
                new Observable("loss.test.v1", false, "1"),
                new Observable("loss.train.step.v1", true, "1"),
                new Observable("sharpness.step.v1", true, "1"));
    }

    private TwoLayerExpansion net(Run run) {
        return new TwoLayerExpansion(
                model,
                activation,
                task,
                width,
                examples,
                inputs,
                run.key("task"),
                run.key("start"));
    }

    @Override
    public Prepared<TwoLayerExpansion> start(Run run) {
        TwoLayerExpansion net = net(run);
        Saved at = net.start();
        return new Prepared<>(net, CatapultFindings.none(at, net, rate));
    }

    @Override
    public Prepared<TwoLayerExpansion> restore(Run run, Arrays saved) {
        return new Prepared<>(net(run), Saved.restore(saved));
    }

    @Override
    public boolean advance(Prepared<TwoLayerExpansion> state, Run run, Recorder out) {
        TwoLayerExpansion net = state.given();
        Saved at = state.carried();
        CatapultFindings found = new CatapultFindings(net, at);
        int slice = (int) Math.max(1, WORK / work());
        for (int done = 0; done < slice; done++) {
            long now = at.step();
            boolean look = now < 40 || now % 20 == 0;
            if (look) {
                out.series("sharpness.step.v1", now, found.sharpness());
            }
            double loss = net.descend(at, found.rate());
            boolean diverged = !(loss <= 1e10 * found.first());
            boolean converged = loss < 1e-6 * found.first();
            if (!diverged) {
                found.note(now, loss);
                if (look) {
                    out.series("loss.train.step.v1", now, loss);
                }
            }
            if (diverged || converged || now == steps) {
                out.updates(now);
                found.report(diverged, converged, out);
                return false;
            }
        }
        out.updates(at.step());
        return true;
    }

    @Override
    public SequencedMap<String, Integer> revisions() {
        return Revisions.first("catapult", "two-layer-expansion", "philox");
    }

    /// Multiply-adds of a step, about.
    private double work() {
        double gates = activation == Activation.RELU ? 10 : 200;
        return (double) width * examples * (examples + gates);
    }

    @Override
    public double multiplyAdds() {
        return work() * steps + 600.0 * width * inputs + 1e6;
    }
}
