package org.phasezoo.study.dynamics;

import java.util.List;
import org.phasezoo.study.Looks;
import org.phasezoo.study.Observable;
import org.phasezoo.study.Recorder;
import org.phasezoo.study.Run;
import org.phasezoo.study.Saved;

/// Looks at a student of [TeacherStudent] on 1000 inputs of their own, at draws 4 · 2³² … of the
/// teacher's key: 20 on the way and one at the end.
final class StudentLooks implements Looks {
    private static final int TESTS = 1000;
    private static final int LOOKS = 20;

    private final FrozenEnds ends;
    private final long every;
    private final double[] start;
    private final double[] entered;
    private final double[] before;
    private final double[] taught;
    private final double[] targets;

    StudentLooks(TeacherStudent student, Run run, long updates) {
        this.ends = student.ends(run);
        this.every = Math.max(1, updates / LOOKS);
        this.start = student.start(run);
        this.entered = ends.entered(4, TESTS);
        this.before = ends.hidden(start, entered);
        this.taught = ends.hidden(ends.teacher(), entered);
        this.targets = ends.outputs(taught);
    }

    static List<Observable> observables() {
        return List.of(
                new Observable("loss.test.v1", false, "1"),
                new Observable("loss.relative.v1", false, "1"),
                new Observable("memory.initial.v1", false, "1"),
                new Observable("memory.kept.v1", false, "1"),
                new Observable("overlap.teacher.v1", false, "1"),
                new Observable("weights.growth.v1", false, "1"),
                new Observable("singular.drift.v1", false, "1"),
                new Observable("singular.share.v1", false, "1"),
                new Observable("loss.test.step.v1", true, "1"),
                new Observable("memory.initial.step.v1", true, "1"),
                new Observable("singular.largest.step.v1", true, "1"));
    }

    @Override
    public boolean due(long update) {
        return update % every == 0;
    }

    @Override
    public boolean look(Seen seen, Saved at, Recorder out) {
        double[] hidden = ends.hidden(seen.parameters(), entered);
        double loss = loss(ends.outputs(hidden));
        double memory = overlap(before, hidden);
        SingularValues now = ends.singularValues(seen.parameters());
        out.series("loss.test.step.v1", at.step(), loss);
        out.series("memory.initial.step.v1", at.step(), memory);
        out.series("singular.largest.step.v1", at.step(), now.largest());
        if (seen.last()) {
            out.scalar("loss.test.v1", loss);
            out.scalar("loss.relative.v1", loss / variance());
            out.scalar("memory.initial.v1", memory);
            out.scalar("memory.kept.v1", memory / overlap(before, before));
            out.scalar("overlap.teacher.v1", overlap(taught, hidden));
            SingularValues first = ends.singularValues(start);
            out.scalar("weights.growth.v1", now.growth(first));
            out.scalar("singular.drift.v1", now.drift(first));
            out.scalar("singular.share.v1", now.share());
        }
        return false;
    }

    /// ⟨(f − y)²⟩.
    private double loss(double[] outputs) {
        double squares = 0;
        for (int e = 0; e < TESTS; e++) {
            double residual = outputs[e] - targets[e];
            squares += residual * residual;
        }
        return squares / TESTS;
    }

    private double variance() {
        double mean = 0;
        double power = 0;
        for (double y : targets) {
            mean += y / TESTS;
            power += y * y / TESTS;
        }
        return power - mean * mean;
    }

    /// ⟨s · t⟩/second.
    private static double overlap(double[] s, double[] t) {
        double sum = 0;
        for (int i = 0; i < s.length; i++) {
            sum += s[i] * t[i];
        }
        return sum / s.length;
    }
}
