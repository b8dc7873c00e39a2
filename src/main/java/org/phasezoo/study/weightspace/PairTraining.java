package org.phasezoo.study.weightspace;

import org.phasezoo.data.Split;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;
import org.phasezoo.study.Recorder;
import org.phasezoo.train.Trainer;

/// The epochs of the two nets of [PermutedPair], each in an order of its own.
final class PairTraining {
    /// Multiply-adds of a slice: about a third of a second of work.
    private static final double SLICE = 2e9;

    private final PermutedPair study;
    private final Split split;
    private final Draws order;
    private final int batches;

    PairTraining(PermutedPair study, Split split, Key order) {
        this.study = study;
        this.split = split;
        this.order = new Draws(order);
        this.batches = study.data().train() / study.batchSize();
    }

    /// One slice, or what is left of the epochs; false when the member diverged.
    boolean run(PairState state, Recorder out) {
        double work = 0;
        while (state.epoch < study.epochs() && work < SLICE) {
            double worst = 0;
            for (int k = 0; k < state.nets.size(); k++) {
                worst = epoch(state.nets.get(k), k, state.epoch, worst);
            }
            state.epoch++;
            if (!(worst < 1e4)) {
                out.diverged("batch loss " + worst + " in epoch " + state.epoch);
                return false;
            }
            work += study.multiplyAdds() / study.epochs();
        }
        out.updates((long) state.epoch * batches);
        return true;
    }

    /// One epoch of net k; the largest of its batch losses and `worst`, NaN if any was.
    private double epoch(Trainer net, int k, int epoch, double worst) {
        int[] shuffled = order.permutation(epoch + ((long) k << 20), split.train().length);
        int[] rows = new int[shuffled.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = split.train()[shuffled[i]];
        }
        int size = study.batchSize();
        double rate = study.optimiser().learningRate();
        for (int batch = 0; batch < batches; batch++) {
            double progress = (double) (epoch * batches + batch) / (study.epochs() * batches);
            worst = Math.max(worst, net.update(rows, batch * size, size, rate, progress));
        }
        return worst;
    }
}
