package org.phasezoo.study;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.phasezoo.data.Augmentation;
import org.phasezoo.data.Dataset;
import org.phasezoo.engine.Precision;
import org.phasezoo.model.Architecture;
import org.phasezoo.model.Initialisation;
import org.phasezoo.train.Footprint;
import org.phasezoo.train.Length;
import org.phasezoo.train.Objective;
import org.phasezoo.train.Optimiser;
import org.phasezoo.train.Problem;
import org.phasezoo.train.Schedule;
import org.phasezoo.train.Trainer;

/// Training a network by mini-batches that are shuffled anew each epoch; the last incomplete batch
/// is dropped.
///
/// *Draws*: purposes `split`, `initialisation`, `order`, `noise`; `augmentation.labels`,
/// `augmentation.images`, `augmentation.mixtures`. *Observable*: `loss.train.running.v1`, the mean
/// of an epoch's batch losses, each before its update, in nats, at the epoch's last update.
/// *Checkpoints*: `init`, `last`, `best`, the end of the epoch with the lowest running loss (the
/// first, at ties), and `average`. *Divergence*: a batch loss that is not below `divergesAt`,
/// looked at after each update.
///
/// @param checkpoints which of `init`, `best`, `last`, `average` to keep
/// @param divergesAt batch loss, in nats, from which the member counts as diverged
/// @param augmentation changes made to the examples of each batch; may be left out
/// @param precision of weights, arithmetic and probe: `float32`, if left out, or `float64`. The
///   data are float32 numbers in both
public record Training(
        Dataset data,
        Architecture architecture,
        Objective objective,
        Initialisation initialisation,
        Optimiser optimiser,
        Schedule schedule,
        int batchSize,
        Length length,
        List<Checkpoint> checkpoints,
        double divergesAt,
        Optional<Augmentation> augmentation,
        Optional<Precision> precision)
        implements Study<TrainingState>, LandscapeStudy {
    public Training {
        new NetProblem(data, architecture, objective).refuse(batchSize);
        Checkpoint.refuse(checkpoints, optimiser);
        if (!(divergesAt > 0)) {
            throw new IllegalArgumentException("divergesAt " + divergesAt + " must be above 0");
        }
        checkpoints = List.copyOf(checkpoints);
    }

    @Override
    public NetProblem problem() {
        return new NetProblem(data, architecture, objective, precision.orElse(Precision.FLOAT32));
    }

    int perEpoch() {
        return data.train() / batchSize;
    }

    long updates() {
        return length.updates(perEpoch());
    }

    @Override
    public List<Observable> observables() {
        return List.of(new Observable(TrainingEpoch.LOSS, true, "nats"));
    }

    @Override
    public TrainingState start(Run run) {
        Problem problem = problem().of(run);
        return TrainingState.start(
                new Trainer(problem, optimiser, batchSize, run.key("noise")),
                problem,
                optimiser.slots(),
                initialisation.draw(problem.tensors(), run.key("initialisation")));
    }

    @Override
    public TrainingState restore(Run run, Arrays saved) {
        Problem problem = problem().of(run);
        return TrainingState.restore(
                new Trainer(problem, optimiser, batchSize, run.key("noise")),
                problem,
                optimiser.slots(),
                saved);
    }

    @Override
    public boolean advance(TrainingState state, Run run, Recorder out) {
        if (state.updates == 0 && checkpoints.contains(Checkpoint.INIT)) {
            Checkpoint.INIT.keep(state, optimiser, out);
        }
        TrainingEpoch epoch = new TrainingEpoch(this, run);
        double work = 0;
        while (state.updates < updates() && work < TrainingEpoch.SLICE) {
            if (!epoch.run(state, out)) {
                return false;
            }
            work += multiplyAdds() * perEpoch() / updates();
        }
        if (state.updates < updates()) {
            return true;
        }
        Checkpoint.keepLast(checkpoints, state, optimiser, out);
        return false;
    }

    @Override
    public SequencedMap<String, Integer> revisions() {
        return Revisions.of(Trainer.ops(problem().any(), optimiser));
    }

    @Override
    public Optional<UpdateProgram> update(Run run) {
        return Optional.of(problem().update(optimiser, batchSize));
    }

    @Override
    public Footprint footprint(Run run) {
        return TrainingEpoch.footprint(this, run);
    }

    @Override
    public double multiplyAdds() {
        return 3 * problem().multiplyAdds() * batchSize * updates();
    }
}
