package org.phasezoo.study.dynamics;

import org.phasezoo.engine.Workspace;
import org.phasezoo.study.StreamObjective;

/// The pairs of a table, those of training first and alone, unless all are looked at.
final class TableExamples implements StreamObjective.Examples {
    private final ModularTable table;

    TableExamples(ModularTable table) {
        this.table = table;
    }

    @Override
    public void begin(Workspace work) {
        work.count(TableLoss.ROWS, table.size());
        work.set("a", table.first());
        work.set("b", table.second());
        work.set("training", table.training());
        work.set("targets", table.targets());
    }

    @Override
    public void set(Workspace work, long update) {
        boolean all = GrokkingLooks.isLook(update);
        work.count(TableLoss.ROWS, all ? table.size() : table.trainings());
    }
}
