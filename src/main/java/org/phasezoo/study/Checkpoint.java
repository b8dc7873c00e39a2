package org.phasezoo.study;

import java.util.List;
import org.phasezoo.train.Averaged;
import org.phasezoo.train.Optimiser;

/// Moments of training whose weights can be kept.
public enum Checkpoint {
    INIT,
    BEST,
    LAST,
    /// the moving average of an [Averaged] optimiser, at the end, with the last buffers
    AVERAGE;

    /// Refuses a training that keeps nothing or what its optimiser does not have.
    static void refuse(List<Checkpoint> checkpoints, Optimiser optimiser) {
        if (checkpoints.isEmpty()) {
            throw new IllegalArgumentException(
                    "checkpoints are empty; name at least one of init, best, last, average");
        }
        if (checkpoints.contains(AVERAGE) && !(optimiser instanceof Averaged)) {
            throw new IllegalArgumentException(
                    "checkpoints name average, which only an averaged optimiser keeps; wrap"
                            + " optimiser in {\"kind\": \"averaged\"}");
        }
    }

    /// Keeps those that are known at the end.
    static void keepLast(
            List<Checkpoint> checkpoints, TrainingState state, Optimiser optimiser, Recorder out) {
        for (Checkpoint checkpoint : List.of(BEST, LAST, AVERAGE)) {
            if (checkpoints.contains(checkpoint)) {
                checkpoint.keep(state, optimiser, out);
            }
        }
    }

    /// Keeps the weights of this moment, which has come; nothing where there are none.
    void keep(TrainingState state, Optimiser optimiser, Recorder out) {
        switch (this) {
            case INIT -> out.checkpoint("init", 0, state.named(state.trainer.weights()));
            case BEST -> out.checkpoint("best", state.bestUpdate, state.named(state.best));
            case LAST ->
                    out.checkpoint("last", state.updates, state.named(state.trainer.weights()));
            case AVERAGE -> {
                if (optimiser instanceof Averaged averaged) {
                    double[] average = state.trainer.weights();
                    double[] last = state.trainer.slots().getLast();
                    double[] moved = averaged.corrected(last, state.updates);
                    System.arraycopy(moved, 0, average, 0, moved.length);
                    out.checkpoint("average", state.updates, state.named(average));
                }
            }
        }
    }
}
