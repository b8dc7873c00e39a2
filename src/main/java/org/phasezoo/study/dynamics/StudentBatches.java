package org.phasezoo.study.dynamics;

import org.phasezoo.engine.Workspace;
import org.phasezoo.study.StreamObjective;

/// The fixed batches of a student of [TeacherStudent], taken one after the other, again and again.
/// Since M is frozen, an example is a = tanh(M x), computed once, and its target.
final class StudentBatches implements StreamObjective.Examples {
    private final FrozenEnds ends;
    private final int batches;
    private final int batchSize;
    private final double[] entered;
    private final double[] targets;

    /// The inputs stand at draws 3 · 2³² … of the teacher's key, row-major.
    StudentBatches(FrozenEnds ends, int batches, int batchSize) {
        this.ends = ends;
        this.batches = batches;
        this.batchSize = batchSize;
        this.entered = ends.entered(3, batches * batchSize);
        this.targets = ends.taught(entered);
    }

    @Override
    public void begin(Workspace work) {
        work.set(TeacherStudent.READOUT, ends.readout());
    }

    @Override
    public void set(Workspace work, long update) {
        int from = (int) (update % batches) * batchSize;
        work.set(TeacherStudent.ENTERED, entered, from * (entered.length / targets.length));
        work.set(TeacherStudent.TARGETS, targets, from);
    }
}
