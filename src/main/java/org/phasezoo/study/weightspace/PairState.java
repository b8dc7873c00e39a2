package org.phasezoo.study.weightspace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.engine.Precision;
import org.phasezoo.random.Draws;
import org.phasezoo.study.Arrays;
import org.phasezoo.study.Recorder;
import org.phasezoo.study.State;
import org.phasezoo.study.Tensor;
import org.phasezoo.study.UpdateProgram;
import org.phasezoo.train.Evaluator;
import org.phasezoo.train.Footprint;
import org.phasezoo.train.Problem;
import org.phasezoo.train.Trainer;

/// Two nets in training, then the permutation found so far, and the next thing to do.
public final class PairState implements State {
    private static final int MOST_SWEEPS = 100;

    final List<Trainer> nets;
    private final List<String> slots;
    final int[][] permutation;

    /// Barriers found so far: naive, weight matching, activation matching.
    final double[] barriers = new double[3];

    int epoch;
    int sweep;
    int stage;

    PairState(List<Trainer> nets, List<String> slots, int[][] permutation) {
        this.nets = nets;
        this.slots = slots;
        this.permutation = permutation;
    }

    /// The memory of both nets in training, an evaluation and the examples.
    static Footprint footprint(UpdateProgram net, Problem problem) {
        return net.arena()
                .plus(net.arena())
                .plus(Footprint.ofArena(Evaluator.program(problem), problem.precision()))
                .plus(Footprint.of(problem.split()));
    }

    /// One sweep of weight matching; where it gains nothing, or after the most sweeps, the last.
    void match(DenseWeights a, DenseWeights b, Draws draws) {
        boolean gained = Alignment.sweep(a, b, permutation, draws, sweep);
        sweep++;
        stage = gained && sweep < MOST_SWEEPS ? 0 : 1;
    }

    /// Tells how many sweeps the permutation took, and keeps both nets and the second permuted.
    void matched(PermutedPair study, DenseWeights a, DenseWeights b, Recorder out) {
        long updates = (long) epoch * (study.data().train() / study.batchSize());
        out.scalar("matching.sweeps.v1", sweep);
        out.checkpoint("first", updates, study.named(a.values()));
        out.checkpoint("second", updates, study.named(b.values()));
        out.checkpoint("aligned", updates, study.named(b.permuted(permutation).values()));
    }

    @Override
    public Arrays save() {
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        for (int k = 0; k < nets.size(); k++) {
            double[] weights = nets.get(k).weights();
            tensors.put(
                    "weights." + k,
                    Tensor.reals(Precision.FLOAT32, List.of(weights.length), weights));
            List<double[]> values = nets.get(k).slots();
            for (int i = 0; i < slots.size(); i++) {
                tensors.put(
                        slots.get(i) + "." + k,
                        Tensor.reals(Precision.FLOAT32, List.of(weights.length), values.get(i)));
            }
        }
        for (int layer = 0; layer < permutation.length; layer++) {
            int[] p = permutation[layer];
            tensors.put("permutation." + layer, new Tensor.Int32(List.of(p.length), p.clone()));
        }
        tensors.put("barriers", new Tensor.Float64(List.of(barriers.length), barriers.clone()));
        tensors.put("progress", new Tensor.Int64(List.of(3), new long[] {epoch, sweep, stage}));
        return new Arrays(tensors);
    }

    /// Puts a fresh state where `saved` was taken.
    PairState restored(Arrays saved, int perEpoch) {
        if (!(saved.get("progress") instanceof Tensor.Int64(_, long[] progress))) {
            throw new IllegalArgumentException(
                    "these arrays are no state of a pair: " + saved.tensors().keySet());
        }
        epoch = (int) progress[0];
        sweep = (int) progress[1];
        stage = (int) progress[2];
        for (int k = 0; k < nets.size(); k++) {
            List<double[]> values = new ArrayList<>();
            for (String slot : slots) {
                values.add(saved.get(slot + "." + k).reals());
            }
            nets.get(k).set(saved.get("weights." + k).reals(), values, (long) epoch * perEpoch);
        }
        if (saved.get("barriers") instanceof Tensor.Float64(_, double[] values)) {
            System.arraycopy(values, 0, barriers, 0, barriers.length);
        }
        for (int layer = 0; layer < permutation.length; layer++) {
            if (saved.get("permutation." + layer) instanceof Tensor.Int32(_, int[] p)) {
                permutation[layer] = p.clone();
            }
        }
        return this;
    }
}
