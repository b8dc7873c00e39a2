package org.phasezoo.study;

import java.util.stream.IntStream;
import org.phasezoo.data.Augmentation;
import org.phasezoo.data.Split;
import org.phasezoo.random.Draws;

/// The examples of one batch after augmentation, and the update on them.
final class AugmentedBatch {
    private final Augmentation how;
    private final Split split;
    private final Augmentation.Streams streams;
    private final float[] inputs;
    private final float[] targets;
    private final int[] places;

    AugmentedBatch(Augmentation how, Split split, Run run, int batchSize) {
        this.how = how;
        this.split = split;
        this.streams =
                new Augmentation.Streams(
                        new Draws(run.key("augmentation.labels")),
                        new Draws(run.key("augmentation.images")),
                        new Draws(run.key("augmentation.mixtures")));
        this.inputs = new float[batchSize * split.inputElements()];
        this.targets = new float[batchSize * split.classes()];
        this.places = IntStream.range(0, batchSize).toArray();
    }

    double update(TrainingState state, int[] rows, int from, double rate, double progress) {
        int n = places.length;
        how.apply(split, rows, from, n, streams, state.updates, inputs, targets);
        return state.trainer.update(inputs, targets, places, 0, n, rate, progress);
    }
}
