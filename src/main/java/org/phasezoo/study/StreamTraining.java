package org.phasezoo.study;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.phasezoo.document.Binder;
import org.phasezoo.engine.Precision;
import org.phasezoo.random.Draws;
import org.phasezoo.train.Footprint;
import org.phasezoo.train.Learner;
import org.phasezoo.train.Optimiser;
import org.phasezoo.train.Schedule;

/// Training a net on examples that are drawn anew for each update.
///
/// Weights begin as in [Learner#start]. *Draws*: `start`, and those of the objective.
/// *Observables*: those of the objective, at the end; `loss.train.step.v1`, the batch loss at each
/// 250th update, before it. *Checkpoints*: `init` and `last`, after the polish. *Divergence*: a
/// batch loss that is not below `divergesAt`.
///
/// @param updates 1 to 1,000,000
/// @param batchSize 1 to 4096 examples
/// @param polish a last stage on fixed examples, in `float64`; may be left out
/// @param checkpoints which of `init` and `last` to keep
/// @param divergesAt batch loss from which the member counts as diverged
/// @param precision of weights, arithmetic and probe: `float32`, if left out, or `float64`
public record StreamTraining(
        StreamObjective objective,
        Optimiser optimiser,
        Schedule schedule,
        int batchSize,
        int updates,
        Optional<Polish> polish,
        List<Checkpoint> checkpoints,
        double divergesAt,
        Optional<Precision> precision)
        implements Iterated, StoredNetStudy {
    private static final int SLICE = 250;
    private static final String STATE = "state";
    private static final Observable LOSS = new Observable("loss.train.step.v1", true, "1");

    public StreamTraining {
        Setting.within("batchSize", batchSize, 1, 4096);
        Setting.within("updates", updates, 1, 1_000_000);
        Learner.refuse(optimiser);
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
        return Stream.concat(objective.observables().stream(), Stream.of(LOSS)).toList();
    }

    @Override
    public StoredNet net() {
        return objective.net().in(held());
    }

    private Precision held() {
        return precision.orElse(Precision.FLOAT32);
    }

    public Learner learner() {
        return new Learner(
                objective.parameters(),
                optimiser,
                held(),
                parameters -> objective.loss(parameters, batchSize));
    }

    @Override
    public Optional<UpdateProgram> update(Run run) {
        return Optional.of(new UpdateProgram(learner().program(), held()));
    }

    @Override
    public Saved start(Run run) {
        double[] drawn = Learner.start(objective.parameters(), new Draws(run.key("start")));
        int size = drawn.length * (optimiser.slots().size() + 1);
        return new Saved().with(STATE, Arrays.copyOf(drawn, size));
    }

    @Override
    public boolean advance(Saved at, Run run, Recorder out) {
        if (at.step() == 0) {
            keep(Checkpoint.INIT, 0, parameters(at), out);
        }
        Learner learner = learner();
        learner.restore(at.row(STATE), at.step());
        StreamObjective.Examples examples = objective.examples(run, batchSize);
        for (int done = 0; done < SLICE && at.step() < updates; done++) {
            examples.set(learner.work(), at.step());
            double progress = (double) at.step() / updates;
            double loss = learner.update(schedule.factor(progress), progress);
            if (!(loss < divergesAt)) {
                out.updates(at.step());
                out.diverged("the loss is " + loss + " at update " + at.step());
                return false;
            }
            if (at.step() % SLICE == 0) {
                out.series(LOSS.definition(), at.step(), loss);
            }
            at.stepped();
        }
        out.updates(at.step());
        at.with(STATE, learner.state());
        if (at.step() < updates) {
            return true;
        }
        double[] last = parameters(at);
        double[] trained = polish.map(how -> how.of(objective, batchSize, last)).orElse(last);
        keep(Checkpoint.LAST, at.step(), trained, out);
        objective.measure(trained, held(), run, out);
        return false;
    }

    private double[] parameters(Saved at) {
        double[] state = at.row(STATE);
        return Arrays.copyOf(state, state.length / (optimiser.slots().size() + 1));
    }

    @Override
    public SequencedMap<String, Integer> revisions() {
        SequencedMap<String, Integer> revisions = Revisions.of(learner().ops());
        revisions.put(Binder.kebab(objective.getClass().getSimpleName()), 1);
        revisions.put("philox", 1);
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
