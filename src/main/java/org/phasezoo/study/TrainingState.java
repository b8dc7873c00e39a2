package org.phasezoo.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.model.Parameter;
import org.phasezoo.train.Trainer;

/// A network in training, between two epochs.
public final class TrainingState implements State {
    final Trainer trainer;
    final List<Parameter> tensors;
    private final List<String> slots;
    float[] best;
    double bestLoss = Double.POSITIVE_INFINITY;
    long bestUpdate;
    long updates;
    int epoch;

    TrainingState(Trainer trainer, List<Parameter> tensors, List<String> slots, float[] weights) {
        this.trainer = trainer;
        this.tensors = tensors;
        this.slots = slots;
        this.best = weights;
    }

    void keep(double loss) {
        best = trainer.weights();
        bestLoss = loss;
        bestUpdate = updates;
    }

    @Override
    public Arrays save() {
        SequencedMap<String, Tensor> arrays = new LinkedHashMap<>();
        arrays.put("weights", new Tensor.Float32(List.of(best.length), trainer.weights()));
        List<float[]> values = trainer.slots();
        for (int i = 0; i < slots.size(); i++) {
            arrays.put(
                    "slot." + slots.get(i),
                    new Tensor.Float32(List.of(values.get(i).length), values.get(i)));
        }
        arrays.put("best", new Tensor.Float32(List.of(best.length), best));
        arrays.put("bestLoss", new Tensor.Float64(List.of(1), new double[] {bestLoss}));
        arrays.put(
                "progress", new Tensor.Int64(List.of(3), new long[] {updates, epoch, bestUpdate}));
        return new Arrays(arrays);
    }

    static TrainingState restore(
            Trainer trainer, List<Parameter> tensors, List<String> slots, Arrays saved) {
        TrainingState state =
                new TrainingState(trainer, tensors, slots, Weights.floats(saved.get("best")));
        if (saved.get("bestLoss") instanceof Tensor.Float64(_, double[] loss)
                && saved.get("progress") instanceof Tensor.Int64(_, long[] progress)) {
            state.bestLoss = loss[0];
            state.updates = progress[0];
            state.epoch = (int) progress[1];
            state.bestUpdate = progress[2];
            List<float[]> values =
                    slots.stream().map(slot -> Weights.floats(saved.get("slot." + slot))).toList();
            trainer.set(Weights.floats(saved.get("weights")), values, state.updates);
            return state;
        }
        throw new IllegalArgumentException(
                "these arrays are no state of training: " + saved.tensors().keySet());
    }
}
