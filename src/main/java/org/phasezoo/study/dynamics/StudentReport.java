package org.phasezoo.study.dynamics;

import org.phasezoo.study.Recorder;
import org.phasezoo.study.Saved;

/// What is recorded of the student of [TeacherStudentSgd].
final class StudentReport {
    private StudentReport() {}

    /// A look at it on the way.
    static FrozenEnds.Look look(FrozenEnds net, Saved at, Recorder out) {
        double[] w = at.row("weights");
        FrozenEnds.Look look = net.look(w, at.row("start"));
        out.series("loss.test.step.v1", at.step(), look.loss());
        out.series("memory.initial.step.v1", at.step(), look.memory());
        out.series("singular.largest.step.v1", at.step(), net.singularValues(w).largest());
        return look;
    }

    /// The observables at the end.
    static void write(FrozenEnds net, Saved at, Recorder out) {
        double[] w = at.row("weights");
        double[] start = at.row("start");
        FrozenEnds.Look look = look(net, at, out);
        out.scalar("loss.test.v1", look.loss());
        out.scalar("loss.relative.v1", look.relative());
        out.scalar("memory.initial.v1", look.memory());
        out.scalar("memory.kept.v1", look.memory() / net.look(start, start).memory());
        out.scalar("overlap.teacher.v1", look.recovery());
        SingularValues now = net.singularValues(w);
        SingularValues before = net.singularValues(start);
        out.scalar("weights.growth.v1", now.growth(before));
        out.scalar("singular.drift.v1", now.drift(before));
        out.scalar("singular.share.v1", now.share());
    }
}
