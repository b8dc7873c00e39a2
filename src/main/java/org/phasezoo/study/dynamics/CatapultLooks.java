package org.phasezoo.study.dynamics;

import java.util.List;
import org.phasezoo.study.Looks;
import org.phasezoo.study.Observable;
import org.phasezoo.study.Recorder;
import org.phasezoo.study.Run;
import org.phasezoo.study.Saved;

/// What is seen of a [TwoLayerExpansion] in training, at each update. Losses are Σ (f − y)²/(2n).
///
/// Training ends when the loss is below 1e-6 of that at the start (`converged.v1` 1) or above 1e10
/// of it or not finite (`diverged.v1` 1, and what follows undefined: divergence is an outcome here,
/// not the end of a member).
///
/// *Observables*: those two; `loss.peak.v1`, the largest loss, and `loss.peak-ratio.v1`, over that
/// at the start; `loss.rise.v1`, the largest log ratio of the loss to that one update before;
/// `loss.last.v1`, the last loss over the first; `sharpness.last.v1`, ηλ at the end, λ as λ₀;
/// `loss.test.v1`, ⟨(f − y)²⟩/2 on the test. Series, at each of the first 40 updates and every
/// 20th: `loss.train.step.v1`, `sharpness.step.v1` (ηλ).
final class CatapultLooks implements Looks {
    private final TwoLayerExpansion expansion;
    private final double rate;
    private final double[] start;
    private final ScalarExamples data;
    private final TangentKernel kernel;
    private final double unit;

    /// @param rate ηλ₀
    CatapultLooks(TwoLayerExpansion expansion, Run run, double rate) {
        this.expansion = expansion;
        this.rate = rate;
        this.start = expansion.start(run);
        this.data = expansion.data(run);
        this.kernel = new TangentKernel(expansion.model(), expansion.function(), data.x);
        this.unit = kernel.sharpness(start, start);
    }

    static List<Observable> observables() {
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

    @Override
    public boolean due(long update) {
        return true;
    }

    @Override
    public boolean look(Seen seen, Saved at, Recorder out) {
        double loss = seen.loss() * unit;
        if (at.step() == 0) {
            at.with("first", loss).with("last", loss).with("peak", 0);
            at.with("rise", Double.NEGATIVE_INFINITY);
        }
        boolean diverged = !(loss <= 1e10 * at.number("first"));
        boolean converged = loss < 1e-6 * at.number("first");
        boolean told = at.step() < 40 || at.step() % 20 == 0;
        if (told) {
            out.series("sharpness.step.v1", at.step(), sharpness(seen.parameters()));
        }
        if (!diverged) {
            note(loss, at);
        }
        if (told && !diverged) {
            out.series("loss.train.step.v1", at.step(), loss);
        }
        if (diverged || converged || seen.last()) {
            out.scalar("converged.v1", converged ? 1 : 0);
            out.scalar("diverged.v1", diverged ? 1 : 0);
        }
        if (!diverged && (converged || seen.last())) {
            report(seen.parameters(), at, out);
        }
        return diverged || converged;
    }

    /// ηλ at these parameters.
    private double sharpness(double[] parameters) {
        return rate / unit * kernel.sharpness(parameters, start);
    }

    private static void note(double loss, Saved at) {
        if (at.step() > 0) {
            double rise = StrictMath.log(loss / at.number("last"));
            at.set("rise", Math.max(at.number("rise"), rise));
        }
        at.set("peak", Math.max(at.number("peak"), loss));
        at.set("last", loss);
    }

    private void report(double[] parameters, Saved at, Recorder out) {
        out.scalar("loss.peak.v1", at.number("peak"));
        out.scalar("loss.peak-ratio.v1", at.number("peak") / at.number("first"));
        out.scalar("loss.rise.v1", at.number("rise"));
        out.scalar("loss.last.v1", at.number("last") / at.number("first"));
        out.scalar("sharpness.last.v1", sharpness(parameters));
        out.scalar(
                "loss.test.v1", new GeneralisationError(expansion, data).loss(parameters, start));
    }
}
