package org.phasezoo.study;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import org.phasezoo.document.Binder;
import org.phasezoo.engine.Precision;
import org.phasezoo.graph.Node;
import org.phasezoo.random.Draws;
import org.phasezoo.train.Learner;
import org.phasezoo.train.LimitedMemoryBfgs;
import org.phasezoo.train.Optimiser;
import org.phasezoo.train.Schedule;

/// Training a net on examples that are drawn anew for each update: flows, residuals of equations,
/// tasks without a data set.
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
        implements Iterated, NetStudy {
    private static final int SLICE = 250;
    private static final String STATE = "state";
    private static final Observable LOSS = new Observable("loss.train.step.v1", true, "1");

    /// Updates that an iteration of the polish is worth, by its line searches.
    private static final double TRIALS = 1.3;

    public StreamTraining {
        Setting.within("batchSize", batchSize, 1, 4096);
        Setting.within("updates", updates, 1, 1_000_000);
        if (optimiser.noise().isPresent()) {
            throw new IllegalArgumentException(
                    "optimiser draws noise, which a stream does not give it; choose one without");
        }
        if (!List.of(Checkpoint.INIT, Checkpoint.LAST).containsAll(checkpoints)) {
            throw new IllegalArgumentException(
                    "checkpoints are "
                            + checkpoints
                            + "; a stream has no best and no average, choose init and last");
        }
        if (!(divergesAt > 0)) {
            throw new IllegalArgumentException("divergesAt " + divergesAt + " must be above 0");
        }
        if (polish.isPresent()
                && (precision.orElse(Precision.FLOAT32) != Precision.FLOAT64
                        || objective.fixed(batchSize).isEmpty())) {
            throw new IllegalArgumentException(
                    "polish needs precision float64 and an objective with fixed examples; leave it"
                            + " out or change them");
        }
        checkpoints = List.copyOf(checkpoints);
    }

    @Override
    public List<Observable> observables() {
        List<Observable> all = new ArrayList<>(objective.observables());
        all.add(LOSS);
        return all;
    }

    private Precision held() {
        return precision.orElse(Precision.FLOAT32);
    }

    private Function<List<Node>, Node> loss() {
        return parameters -> objective.loss(parameters, batchSize);
    }

    /// What trains a member.
    public Learner learner() {
        return new Learner(objective.parameters(), optimiser, held(), loss());
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
        double[] trained = polished(parameters(at));
        keep(Checkpoint.LAST, at.step(), trained, out);
        objective.measure(trained, held(), run, out);
        return false;
    }

    private double[] parameters(Saved at) {
        double[] state = at.row(STATE);
        return Arrays.copyOf(state, state.length / (optimiser.slots().size() + 1));
    }

    private double[] polished(double[] parameters) {
        if (polish.isEmpty()) {
            return parameters;
        }
        FixedLoss fixed =
                new FixedLoss(
                        objective.parameters(), loss(), objective.fixed(batchSize).orElseThrow());
        Polish how = polish.get();
        return LimitedMemoryBfgs.minimise(
                        fixed, parameters, how.iterations(), how.pairs(), how.tolerance())
                .x();
    }

    private void keep(Checkpoint checkpoint, long update, double[] parameters, Recorder out) {
        if (checkpoints.contains(checkpoint)) {
            String name = Binder.kebab(checkpoint.name());
            out.checkpoint(name, update, Weights.named(held(), objective.parameters(), parameters));
        }
    }

    @Override
    public String architectureId() {
        return NetStudy.named(objective.net().id(), held());
    }

    @Override
    public ObjectNode model() {
        return ModelJson.of(objective.net());
    }

    @Override
    public Optional<Probe> probe() {
        StoredNet net = objective.net();
        return net.rows().map(rows -> new StoredProbe(net, rows, held()));
    }

    @Override
    public Optional<TrainingData.Source> data(Run run) {
        return Optional.empty();
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
        Footprint training = Footprint.of(learner());
        if (polish.isPresent()) {
            training =
                    training.plus(
                            Footprint.of(
                                    FixedLoss.program(objective.parameters(), loss()), held()));
        }
        return training.plus(objective.measuring(held(), run));
    }

    @Override
    public double multiplyAdds() {
        double polishing = polish.isPresent() ? TRIALS * polish.get().iterations() : 0;
        return objective.multiplyAdds(batchSize) * (updates + polishing);
    }
}
