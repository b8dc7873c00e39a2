package org.phasezoo.study;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongConsumer;
import org.phasezoo.model.Parameter;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;
import org.phasezoo.train.Learner;

/// Slices of 250 updates of a learner whose parameters and slots stand in a member's row `state`.
///
/// @param updates in all
/// @param divergesAt loss from which the member counts as diverged
/// @param factor of the optimiser's rate, by progress
public record LearnerSlice(long updates, double divergesAt, DoubleUnaryOperator factor) {
    private static final int SLICE = 250;

    /// The losses at the first update of each slice, before it.
    public static final Observable LOSS = new Observable("loss.train.step.v1", true, "1");

    /// Parameters as in [Learner#start], and slots of zeros.
    public static Saved start(List<Parameter> parameters, int slots, Key key) {
        double[] theta = Learner.start(parameters, new Draws(key));
        int size = theta.length * (slots + 1);
        return new Saved().with("state", java.util.Arrays.copyOf(theta, size));
    }

    /// One slice, or what is left of the updates; whether the loss stayed below the bound.
    ///
    /// @param batch sets the inputs of the update that comes after so many
    public boolean run(Learner learner, Saved at, LongConsumer batch, Recorder out) {
        learner.restore(at.row("state"), at.step());
        for (int done = 0; done < SLICE && at.step() < updates; done++) {
            batch.accept(at.step());
            double progress = (double) at.step() / updates;
            double loss = learner.update(factor.applyAsDouble(progress), progress);
            if (!(loss < divergesAt)) {
                out.updates(at.step());
                out.diverged("the loss is " + loss + " at update " + at.step());
                return false;
            }
            if (at.step() % SLICE == 0) {
                out.series(LOSS.definition(), at.step(), loss);
            }
            at.stepped();
        }
        out.updates(at.step());
        at.with("state", learner.state());
        return true;
    }
}
