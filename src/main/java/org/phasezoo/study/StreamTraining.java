package org.phasezoo.study;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.phasezoo.document.Binder;
import org.phasezoo.engine.Precision;
import org.phasezoo.train.Footprint;
import org.phasezoo.train.Learner;
import org.phasezoo.train.LimitedMemoryBfgs;
import org.phasezoo.train.Optimiser;
import org.phasezoo.train.Schedule;

/// Training a net on the examples that its objective sets for each update.
///
/// Weights begin as in [Learner#start]. *Draws*: `start`, and those of the objective.
/// *Observables*: those of the objective; unless it is one of them, `loss.train.step.v1`, the batch
/// loss at each 250th update, before it. *Checkpoints*: `init` and `last`, where training ended,
/// after the polish. *Divergence*: a batch loss that is not below `divergesAt`, unless a look has
/// ended the training there.
///
/// @param updates 1 to 1,000,000, if no look ends training before
/// @param biases the optimiser of parameters without fan-in, which may differ in its decay; the
///   same, if left out
/// @param batchSize 1 to 10,000 examples
/// @param polish a last stage on fixed examples, in `float64`; may be left out
/// @param checkpoints which of `init` and `last` to keep
/// @param divergesAt batch loss from which the member counts as diverged
/// @param precision of weights, arithmetic and probe: `float32`, if left out, or `float64`
public record StreamTraining(
        StreamObjective objective,
        Optimiser optimiser,
        Optional<Optimiser> biases,
        Schedule schedule,
        int batchSize,
        int updates,
        Optional<Polish> polish,
        List<Checkpoint> checkpoints,
        double divergesAt,
        Optional<Precision> precision)
        implements Study<StreamState>, StoredNetStudy {
    /// The largest batch.
    public static final int MOST_EXAMPLES = 10_000;

    static final Observable LOSS = new Observable("loss.train.step.v1", true, "1");

    public StreamTraining {
        Setting.within("batchSize", batchSize, 1, MOST_EXAMPLES);
        Setting.within("updates", updates, 1, 1_000_000);
        objective.refuse(batchSize, updates);
        Learner.refuse(optimiser, biases.orElse(optimiser));
        if (!(divergesAt > 0)) {
            throw new IllegalArgumentException("divergesAt " + divergesAt + " must be above 0");
        }
        if (polish.isPresent()) {
            Polish.refuse(objective, batchSize, precision.orElse(Precision.FLOAT32));
        }
        checkpoints = StoredNetStudy.checked(checkpoints);
    }

    @Override
    public List<Observable> observables() {
        List<Observable> own = objective.observables();
        return recordsLoss() ? Stream.concat(own.stream(), Stream.of(LOSS)).toList() : own;
    }

    /// Whether the objective leaves the series of losses to this study.
    boolean recordsLoss() {
        return objective.observables().stream()
                .noneMatch(own -> own.definition().equals(LOSS.definition()));
    }

    @Override
    public StoredNet net() {
        return objective.net().in(held());
    }

    Precision held() {
        return precision.orElse(Precision.FLOAT32);
    }

    public Learner learner() {
        return new Learner(
                objective.parameters(),
                optimiser,
                biases.orElse(optimiser),
                held(),
                parameters -> objective.outputs(parameters, batchSize));
    }

    @Override
    public Optional<UpdateProgram> update(Run run) {
        return Optional.of(new UpdateProgram(learner().program(), held()));
    }

    @Override
    public StreamState start(Run run) {
        return StreamState.start(this, run);
    }

    @Override
    public StreamState restore(Run run, Arrays saved) {
        return StreamState.restore(this, run, saved);
    }

    @Override
    public boolean advance(StreamState state, Run run, Recorder out) {
        return new StreamSlice(this, state, run, out).advance();
    }

    @Override
    public SequencedMap<String, Integer> revisions() {
        SequencedMap<String, Integer> revisions = Revisions.of(learner().ops());
        revisions.put(Binder.kebab(objective.getClass().getSimpleName()), 1);
        revisions.put("philox", 1);
        polish.ifPresent(_ -> revisions.put("l-bfgs", LimitedMemoryBfgs.REVISION));
        return revisions;
    }

    @Override
    public Footprint footprint(Run run) {
        return Footprint.of(learner())
                .plus(polish.map(how -> how.footprint(objective, batchSize)).orElse(Footprint.NONE))
                .plus(objective.measuring(held(), run));
    }

    @Override
    public double multiplyAdds() {
        return objective.multiplyAdds(batchSize)
                * (updates + polish.map(Polish::updates).orElse(0.0));
    }
}
