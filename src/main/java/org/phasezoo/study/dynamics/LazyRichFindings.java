package org.phasezoo.study.dynamics;

import org.phasezoo.study.Recorder;
import org.phasezoo.study.Saved;

/// What a member of [LazyRich] has found so far, in numbers that it carries: t_tr and t_te (NaN
/// where not reached yet), the test loss and the kernel's alignment at t_tr, the test loss at the
/// start and its peak, and the looks.
final class LazyRichFindings {
    /// Test examples that the kernel's alignment is measured on.
    private static final int KERNEL = 200;

    private final LazyRich study;
    private final QuadraticTask task;
    private final Saved at;

    LazyRichFindings(LazyRich study, QuadraticTask task, Saved at) {
        this.study = study;
        this.task = task;
        this.at = at;
    }

    /// Adds the numbers to what is carried, before any look.
    static Saved none(Saved carried) {
        return carried.with("tTrain", Double.NaN)
                .with("tTest", Double.NaN)
                .with("testAtTTrain", Double.NaN)
                .with("alignmentAtTTrain", Double.NaN)
                .with("testAtStart", Double.NaN)
                .with("peak", 0)
                .with("looks", 0);
    }

    /// Whether the step is the first in its fiftieth: ⌊log step/log 1.02⌋ has just risen.
    static boolean isLook(long step) {
        return step < 50
                || Math.floor(StrictMath.log(step) / StrictMath.log(1.02))
                        > Math.floor(StrictMath.log(step - 1) / StrictMath.log(1.02));
    }

    /// A look at the training and the test loss.
    void note(double loss, double test, Recorder out) {
        if (at.step() == 0) {
            at.set("testAtStart", test);
        }
        at.set("peak", Math.max(at.number("peak"), test));
        if (Double.isNaN(at.number("tTrain")) && loss < .1) {
            at.set("tTrain", at.step());
            at.set("testAtTTrain", test);
            at.set("alignmentAtTTrain", kernelAlignment());
        }
        if (Double.isNaN(at.number("tTest")) && test < .2) {
            at.set("tTest", at.step());
        }
        if (at.number("looks") % 10 == 0) {
            out.series("loss.train.step.v1", at.step(), loss);
            out.series("loss.test.step.v1", at.step(), test);
        }
        at.set("looks", at.number("looks") + 1);
    }

    private double kernelAlignment() {
        return QuadraticAlignment.kernel(task, study.alignment(), at, KERNEL);
    }

    /// With the losses at the end.
    void report(double loss, double test, Recorder out) {
        double train = at.number("tTrain");
        double unseen = at.number("tTest");
        double late = Double.isNaN(unseen) ? study.cap() : unseen;
        boolean memorised = !Double.isNaN(train);
        out.scalar("steps.train.v1", memorised ? train : study.cap());
        out.scalar("steps.test.v1", late);
        out.scalar("delay.steps.v1", late - train);
        out.scalar("delay.ratio.v1", late / train);
        out.scalar("loss.test.memorised.v1", at.number("testAtTTrain"));
        out.scalar("loss.test.peak.v1", at.number("peak") / at.number("testAtStart"));
        out.scalar("loss.train.last.v1", loss);
        out.scalar("loss.test.last.v1", test);
        if (study.model() == LazyRich.Model.NET && memorised) {
            double gain = kernelAlignment() - at.number("alignmentAtTTrain");
            out.scalar("kernel.alignment.gain.v1", gain);
            out.scalar("feature.alignment.v1", QuadraticAlignment.feature(task, at));
        }
    }
}
