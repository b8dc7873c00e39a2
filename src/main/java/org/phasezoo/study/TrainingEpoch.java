package org.phasezoo.study;

import java.util.Optional;
import org.phasezoo.data.Split;
import org.phasezoo.engine.Program;
import org.phasezoo.random.Draws;

/// The epochs of one member: its examples, shuffled anew for each, in whole batches.
final class TrainingEpoch {
    static final String LOSS = "loss.train.running.v1";

    /// Multiply-adds of a slice: well under a second of work.
    static final double SLICE = 5e9;

    private final Training training;
    private final int[] train;
    private final Draws order;
    private final Optional<AugmentedBatch> augmented;

    TrainingEpoch(Training training, Run run) {
        Split split = training.data().split(run.key("split"));
        this.training = training;
        this.train = split.train();
        this.order = new Draws(run.key("order"));
        this.augmented =
                training.augmentation()
                        .map(how -> new AugmentedBatch(how, split, run, training.batchSize()));
    }

    /// The memory of what an epoch runs and reads: the program, its data, batches after
    /// augmentation.
    static Footprint footprint(Training training, Run run) {
        Program program = training.update(run).orElseThrow().program();
        NetProblem problem = training.problem();
        Footprint bare =
                Footprint.ofArena(program, problem.precision())
                        .plus(Footprint.of(problem.any().split()));
        return training.augmentation().isPresent()
                ? bare.plus(Footprint.ofExamples(program, Float.BYTES))
                : bare;
    }

    /// One epoch, or what is left of the updates; false when the member diverged.
    boolean run(TrainingState state, Recorder out) {
        int[] shuffled = order.permutation(state.epoch, train.length);
        int[] rows = new int[train.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = train[shuffled[i]];
        }
        int batches = (int) Math.min(training.perEpoch(), training.updates() - state.updates);
        double sum = 0;
        for (int batch = 0; batch < batches; batch++) {
            double progress = (double) state.updates / training.updates();
            double rate =
                    training.optimiser().learningRate() * training.schedule().factor(progress);
            int first = batch * training.batchSize();
            double loss =
                    augmented.isPresent()
                            ? augmented.get().update(state, rows, first, rate, progress)
                            : state.trainer.update(
                                    rows, first, training.batchSize(), rate, progress);
            state.updates++;
            if (!(loss < training.divergesAt())) {
                out.updates(state.updates);
                out.diverged("batch loss " + loss + " at update " + state.updates);
                return false;
            }
            sum += loss;
        }
        state.epoch++;
        out.updates(state.updates);
        double running = sum / batches;
        out.series(LOSS, state.updates, running);
        if (batches == training.perEpoch() && running < state.bestLoss) {
            state.keep(running);
        }
        return true;
    }
}
