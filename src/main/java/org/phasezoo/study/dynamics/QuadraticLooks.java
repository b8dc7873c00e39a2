package org.phasezoo.study.dynamics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.engine.Precision;
import org.phasezoo.engine.Program;
import org.phasezoo.engine.Workspace;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.study.Looks;
import org.phasezoo.study.Observable;
import org.phasezoo.study.Recorder;
import org.phasezoo.study.Run;
import org.phasezoo.study.Saved;
import org.phasezoo.train.Descent;
import org.phasezoo.train.Tensors;

/// What a net in [QuadraticRegression] has found so far, in numbers that it carries: t_tr and t_te
/// (NaN where not reached yet), the test loss and the kernel's alignment at t_tr, the test loss at
/// the start and its peak, and the looks.
final class QuadraticLooks implements Looks {
    /// Test examples that the kernel's alignment is measured on.
    private static final int KERNEL = 200;

    private final QuadraticRegression of;
    private final long updates;
    private final QuadraticTask task;
    private final QuadraticBatch train;
    private final QuadraticBatch test;
    private final Workspace work;

    QuadraticLooks(QuadraticRegression of, Run run, long updates) {
        this.of = of;
        this.updates = updates;
        this.task = of.task(run);
        double[] start = of.start(run);
        this.train = new QuadraticBatch(of, task.train(), start);
        this.test = new QuadraticBatch(of, task.test(), start);
        this.work = program(of).workspace(Precision.FLOAT64);
        test.begin(work);
    }

    /// The program that tells the loss on the test.
    static Program program(QuadraticRegression of) {
        Node weight = tensors(of).inputs(new Graph()).getFirst();
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put(Descent.LOSS, QuadraticPerceptron.loss(of, weight, QuadraticTask.TESTS));
        return Program.of(outputs);
    }

    private static Tensors tensors(QuadraticRegression of) {
        return new Tensors("", of.parameters());
    }

    static List<Observable> observables() {
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

    /// Whether the update is the first in its fiftieth: ⌊log update/log 1.02⌋ has just risen.
    @Override
    public boolean due(long update) {
        return update < 50
                || Math.floor(StrictMath.log(update) / StrictMath.log(1.02))
                        > Math.floor(StrictMath.log(update - 1) / StrictMath.log(1.02));
    }

    @Override
    public boolean look(Seen seen, Saved at, Recorder out) {
        tensors(of).set(work, seen.parameters());
        work.run();
        double unseen = test.relative(work.scalar(Descent.LOSS));
        double loss = train.relative(seen.loss());
        note(seen, loss, unseen, at, out);
        boolean ends = unseen < .15 || seen.last();
        if (ends) {
            report(seen, loss, unseen, at, out);
        }
        return ends;
    }

    private void note(Seen seen, double loss, double test, Saved at, Recorder out) {
        if (at.step() == 0) {
            at.with("tTrain", Double.NaN).with("tTest", Double.NaN).with("looks", 0);
            at.with("testAtTTrain", Double.NaN).with("alignmentAtTTrain", Double.NaN);
            at.with("testAtStart", test).with("peak", 0);
        }
        at.set("peak", Math.max(at.number("peak"), test));
        if (Double.isNaN(at.number("tTrain")) && loss < .1) {
            at.set("tTrain", at.step());
            at.set("testAtTTrain", test);
            at.set("alignmentAtTTrain", alignment(seen).kernel(of.alignment(), KERNEL));
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

    private QuadraticAlignment alignment(Seen seen) {
        return new QuadraticAlignment(task, seen.parameters());
    }

    private void report(Seen seen, double loss, double test, Saved at, Recorder out) {
        double train = at.number("tTrain");
        double late = Double.isNaN(at.number("tTest")) ? updates : at.number("tTest");
        boolean memorised = !Double.isNaN(train);
        out.scalar("steps.train.v1", memorised ? train : updates);
        out.scalar("steps.test.v1", late);
        out.scalar("delay.steps.v1", late - train);
        out.scalar("delay.ratio.v1", late / train);
        out.scalar("loss.test.memorised.v1", at.number("testAtTTrain"));
        out.scalar("loss.test.peak.v1", at.number("peak") / at.number("testAtStart"));
        out.scalar("loss.train.last.v1", loss);
        out.scalar("loss.test.last.v1", test);
        if (of.model() == QuadraticRegression.Model.NET && memorised) {
            double now = alignment(seen).kernel(of.alignment(), KERNEL);
            out.scalar("kernel.alignment.gain.v1", now - at.number("alignmentAtTTrain"));
            out.scalar("feature.alignment.v1", alignment(seen).feature());
        }
    }
}
