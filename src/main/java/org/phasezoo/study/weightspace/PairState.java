package org.phasezoo.study.weightspace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.data.Split;
import org.phasezoo.engine.Precision;
import org.phasezoo.random.Draws;
import org.phasezoo.study.Arrays;
import org.phasezoo.study.State;
import org.phasezoo.study.Tensor;
import org.phasezoo.train.Trainer;

/// Two nets in training, then the permutation found so far, and the next thing to do.
public final class PairState implements State {
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

    /// One of `epochs` epochs of both nets, each in an order of its own; the largest batch loss,
    /// NaN if any was.
    double epoch(Split split, Draws order, int batchSize, double rate, int epochs) {
        int n = split.train().length;
        double worst = 0;
        for (int k = 0; k < nets.size(); k++) {
            int[] shuffled = order.permutation(epoch + ((long) k << 20), n);
            int[] rows = new int[n];
            for (int i = 0; i < n; i++) {
                rows[i] = split.train()[shuffled[i]];
            }
            for (int batch = 0; batch < n / batchSize; batch++) {
                worst =
                        Math.max(
                                worst,
                                nets.get(k)
                                        .update(
                                                rows,
                                                batch * batchSize,
                                                batchSize,
                                                rate,
                                                (double) (epoch * (n / batchSize) + batch)
                                                        / (epochs * (n / batchSize))));
            }
        }
        epoch++;
        return worst;
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
