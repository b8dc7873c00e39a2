package org.phasezoo.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.train.Problem;
import org.phasezoo.train.Trainer;

/// A network in training, between two epochs.
public final class TrainingState implements State {
    final Trainer trainer;
    private final Problem problem;
    private final List<String> slots;
    double[] best;
    double bestLoss = Double.POSITIVE_INFINITY;
    long bestUpdate;
    long updates;
    int epoch;

    private TrainingState(Trainer trainer, Problem problem, List<String> slots, double[] weights) {
        this.trainer = trainer;
        this.problem = problem;
        this.slots = slots;
        this.best = weights;
    }

    static TrainingState start(
            Trainer trainer, Problem problem, List<String> slots, double[] weights) {
        trainer.set(weights, List.of(), 0);
        return new TrainingState(trainer, problem, slots, weights);
    }

    void keep(double loss) {
        best = trainer.weights();
        bestLoss = loss;
        bestUpdate = updates;
    }

    /// The tensors of a row of weights by their names.
    Arrays named(double[] weights) {
        return Weights.named(problem.precision(), problem.tensors(), weights);
    }

    @Override
    public Arrays save() {
        SequencedMap<String, Tensor> arrays = new LinkedHashMap<>();
        arrays.put("weights", row(trainer.weights()));
        List<double[]> values = trainer.slots();
        for (int i = 0; i < slots.size(); i++) {
            arrays.put("slot." + slots.get(i), row(values.get(i)));
        }
        arrays.put("best", row(best));
        arrays.put("bestLoss", new Tensor.Float64(List.of(1), new double[] {bestLoss}));
        arrays.put(
                "progress", new Tensor.Int64(List.of(3), new long[] {updates, epoch, bestUpdate}));
        return new Arrays(arrays);
    }

    private Tensor row(double[] values) {
        return Tensor.reals(problem.precision(), List.of(values.length), values);
    }

    static TrainingState restore(
            Trainer trainer, Problem problem, List<String> slots, Arrays saved) {
        TrainingState state = new TrainingState(trainer, problem, slots, saved.get("best").reals());
        if (saved.get("bestLoss") instanceof Tensor.Float64(_, double[] loss)
                && saved.get("progress") instanceof Tensor.Int64(_, long[] progress)) {
            state.bestLoss = loss[0];
            state.updates = progress[0];
            state.epoch = (int) progress[1];
            state.bestUpdate = progress[2];
            List<double[]> values =
                    slots.stream().map(slot -> saved.get("slot." + slot).reals()).toList();
            trainer.set(saved.get("weights").reals(), values, state.updates);
            return state;
        }
        throw new IllegalArgumentException(
                "these arrays are no state of training: " + saved.tensors().keySet());
    }
}
