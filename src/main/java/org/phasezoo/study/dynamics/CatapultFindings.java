package org.phasezoo.study.dynamics;

import org.phasezoo.study.Recorder;
import org.phasezoo.study.Saved;

/// What a member of [Catapult] has found so far, in numbers that it carries: its rate, the first
/// and the last loss, the largest, and the largest log ratio of the loss to that one step before.
final class CatapultFindings {
    private final TwoLayerExpansion net;
    private final Saved at;

    CatapultFindings(TwoLayerExpansion net, Saved at) {
        this.net = net;
        this.at = at;
    }

    /// Adds the numbers to what is carried, at the start.
    ///
    /// @param rate ηλ₀
    static Saved none(Saved carried, TwoLayerExpansion net, double rate) {
        double loss = net.loss(carried);
        return carried.with("rate", rate / net.sharpness(carried))
                .with("first", loss)
                .with("last", loss)
                .with("peak", 0)
                .with("rise", Double.NEGATIVE_INFINITY);
    }

    /// η.
    double rate() {
        return at.number("rate");
    }

    double first() {
        return at.number("first");
    }

    /// ηλ now.
    double sharpness() {
        return rate() * net.sharpness(at);
    }

    /// The loss at a step.
    void note(long step, double loss) {
        if (step > 0) {
            double rise = StrictMath.log(loss / at.number("last"));
            at.set("rise", Math.max(at.number("rise"), rise));
        }
        at.set("peak", Math.max(at.number("peak"), loss));
        at.set("last", loss);
    }

    /// At the end.
    void report(boolean diverged, boolean converged, Recorder out) {
        out.scalar("converged.v1", converged ? 1 : 0);
        out.scalar("diverged.v1", diverged ? 1 : 0);
        if (!diverged) {
            out.scalar("loss.peak.v1", at.number("peak"));
            out.scalar("loss.peak-ratio.v1", at.number("peak") / first());
            out.scalar("loss.rise.v1", at.number("rise"));
            out.scalar("loss.last.v1", at.number("last") / first());
            out.scalar("sharpness.last.v1", sharpness());
            out.scalar("loss.test.v1", net.testLoss(at));
        }
    }
}
