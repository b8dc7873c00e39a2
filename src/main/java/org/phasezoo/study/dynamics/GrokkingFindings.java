package org.phasezoo.study.dynamics;

import java.util.List;
import org.phasezoo.study.Observable;
import org.phasezoo.study.Recorder;
import org.phasezoo.study.Saved;
import org.phasezoo.study.Setting;

/// What a member of [Grokking] has found so far, in numbers that it carries: t₉₉ and t₉₅, and the
/// test accuracy, norm and Fourier share at t₉₉; NaN where not reached yet.
final class GrokkingFindings {
    static final int SERIES = 100;
    private static final int AFTER = 500;

    private final ModularNet net;
    private final Saved at;

    GrokkingFindings(ModularNet net, Saved at) {
        this.net = net;
        this.at = at;
    }

    static void refuse(int cap) {
        Setting.within("cap", cap, SERIES, 1_000_000);
        if (cap % SERIES != 0) {
            throw new IllegalArgumentException(
                    "cap is " + cap + "; choose a multiple of " + SERIES);
        }
    }

    static List<Observable> observables() {
        return List.of(
                new Observable("steps.train99.v1", false, "1"),
                new Observable("steps.test95.v1", false, "1"),
                new Observable("generalised.v1", false, "1"),
                new Observable("delay.ratio.v1", false, "1"),
                new Observable("accuracy.test.memorised.v1", false, "1"),
                new Observable("accuracy.train.last.v1", false, "1"),
                new Observable("accuracy.test.last.v1", false, "1"),
                new Observable("accuracy.test.gain.v1", false, "1"),
                new Observable("fourier.share.memorised.v1", false, "1"),
                new Observable("fourier.share.last.v1", false, "1"),
                new Observable("fourier.gain.v1", false, "1"),
                new Observable("weights.growth.v1", false, "1"),
                new Observable("accuracy.train.step.v1", true, "1"),
                new Observable("accuracy.test.step.v1", true, "1"),
                new Observable("loss.train.step.v1", true, "nat"));
    }

    /// Adds the numbers to what is carried, none reached.
    static Saved none(Saved carried) {
        return carried.with("t99", Double.NaN)
                .with("t95", Double.NaN)
                .with("testAtT99", Double.NaN)
                .with("normAtT99", Double.NaN)
                .with("shareAtT99", Double.NaN);
    }

    /// A look at the loss and at the accuracies on the pairs of training and of test.
    void note(double loss, double[] accuracy, Recorder out) {
        if (at.step() % SERIES == 0) {
            out.series("accuracy.train.step.v1", at.step(), accuracy[0]);
            out.series("accuracy.test.step.v1", at.step(), accuracy[1]);
            out.series("loss.train.step.v1", at.step(), loss);
        }
        if (Double.isNaN(at.number("t99")) && accuracy[0] >= .99) {
            at.set("t99", at.step());
            at.set("testAtT99", accuracy[1]);
            at.set("normAtT99", norm());
            at.set("shareAtT99", net.fourierShare());
        }
        if (Double.isNaN(at.number("t95")) && accuracy[1] >= .95) {
            at.set("t95", at.step());
        }
    }

    /// The Euclidean norm of all parameters.
    private double norm() {
        double squares = 0;
        for (double value : net.parameters()) {
            squares += value * value;
        }
        return Math.sqrt(squares);
    }

    /// Whether the later of t₉₉ and t₉₅ lies far enough behind.
    boolean over() {
        return at.step() >= Math.max(at.number("t99"), at.number("t95")) + AFTER;
    }

    /// @param accuracy at the end
    /// @param cap in place of a t₉₅ that was not reached
    void report(double[] accuracy, int cap, Recorder out) {
        double t99 = at.number("t99");
        boolean generalised = !Double.isNaN(at.number("t95"));
        double t95 = generalised ? at.number("t95") : cap;
        double share = net.fourierShare();
        out.scalar("steps.train99.v1", Double.isNaN(t99) ? cap : t99);
        out.scalar("steps.test95.v1", t95);
        out.scalar("generalised.v1", generalised ? 1 : 0);
        out.scalar("delay.ratio.v1", t95 / t99);
        out.scalar("accuracy.test.memorised.v1", at.number("testAtT99"));
        out.scalar("accuracy.train.last.v1", accuracy[0]);
        out.scalar("accuracy.test.last.v1", accuracy[1]);
        out.scalar("accuracy.test.gain.v1", accuracy[1] - at.number("testAtT99"));
        out.scalar("fourier.share.memorised.v1", at.number("shareAtT99"));
        out.scalar("fourier.share.last.v1", share);
        out.scalar("fourier.gain.v1", share - at.number("shareAtT99"));
        out.scalar("weights.growth.v1", norm() / at.number("normAtT99"));
    }
}
