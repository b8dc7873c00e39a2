package org.phasezoo.study;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.phasezoo.data.Augmentation;
import org.phasezoo.data.Dataset;
import org.phasezoo.engine.Precision;
import org.phasezoo.engine.Program;
import org.phasezoo.graph.Op;
import org.phasezoo.metric.Net;
import org.phasezoo.metric.TrainedNet;
import org.phasezoo.model.Architecture;
import org.phasezoo.model.Initialisation;
import org.phasezoo.random.Key;
import org.phasezoo.train.Averaged;
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
        implements Study<TrainingState>, NetStudy {
    static final String RUNNING_LOSS = "loss.train.running.v1";

    /// Multiply-adds of a slice: well under a second of work.
    private static final double SLICE = 5e9;

    /// Moments of training whose weights can be kept.
    public enum Checkpoint {
        INIT,
        BEST,
        LAST,
        /// the moving average of an [Averaged] optimiser, at the end, with the last buffers
        AVERAGE
    }

    public Training {
        if (batchSize < 1 || batchSize > data.train()) {
            throw new IllegalArgumentException(
                    "batchSize "
                            + batchSize
                            + " must lie in 1 … "
                            + data.train()
                            + ", the training examples; lower it or raise data/train");
        }
        if (checkpoints.isEmpty()) {
            throw new IllegalArgumentException(
                    "checkpoints are empty; name at least one of init, best, last, average");
        }
        if (checkpoints.contains(Checkpoint.AVERAGE) && !(optimiser instanceof Averaged)) {
            throw new IllegalArgumentException(
                    "checkpoints name average, which only an averaged optimiser keeps; wrap"
                            + " optimiser in {\"kind\": \"averaged\"}");
        }
        if (!(divergesAt > 0)) {
            throw new IllegalArgumentException("divergesAt " + divergesAt + " must be above 0");
        }
        checkpoints = List.copyOf(checkpoints);
        refuse(architecture, data, batchSize);
    }

    private static void refuse(Architecture architecture, Dataset data, int batchSize) {
        try {
            architecture.parameters(input(data));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("architecture " + e.getMessage(), e);
        }
        if (batchSize == 1 && !architecture.buffers(input(data)).isEmpty()) {
            throw new IllegalArgumentException(
                    "batchSize 1 has no variance for batch norm; take at least 2");
        }
    }

    int perEpoch() {
        return data.train() / batchSize;
    }

    long updates() {
        return length.updates(perEpoch());
    }

    @Override
    public List<Observable> observables() {
        return List.of(new Observable(RUNNING_LOSS, true, "nats"));
    }

    private Problem problem(Run run) {
        return problem(run.key("split"));
    }

    private Problem problem(Key split) {
        return new Problem(architecture, data.split(split), objective, real());
    }

    private Precision real() {
        return precision.orElse(Precision.FLOAT32);
    }

    private Arrays named(double[] weights) {
        return Weights.named(real(), architecture.tensors(input()), weights);
    }

    @Override
    public TrainingState start(Run run) {
        Problem problem = problem(run);
        double[] weights = initialisation.draw(problem.tensors(), run.key("initialisation"));
        Trainer trainer = new Trainer(problem, optimiser, batchSize, run.key("noise"));
        trainer.set(weights, List.of(), 0);
        return new TrainingState(trainer, real(), optimiser.slots(), weights);
    }

    @Override
    public TrainingState restore(Run run, Arrays saved) {
        return TrainingState.restore(
                new Trainer(problem(run), optimiser, batchSize, run.key("noise")),
                real(),
                optimiser.slots(),
                saved);
    }

    @Override
    public boolean advance(TrainingState state, Run run, Recorder out) {
        if (state.updates == 0 && checkpoints.contains(Checkpoint.INIT)) {
            out.checkpoint("init", 0, named(state.trainer.weights()));
        }
        TrainingEpoch epoch = new TrainingEpoch(this, run);
        double work = 0;
        while (state.updates < updates() && work < SLICE) {
            if (!epoch.run(state, out)) {
                return false;
            }
            work += multiplyAdds() * perEpoch() / updates();
        }
        if (state.updates < updates()) {
            return true;
        }
        if (checkpoints.contains(Checkpoint.BEST)) {
            out.checkpoint("best", state.bestUpdate, named(state.best));
        }
        if (checkpoints.contains(Checkpoint.LAST)) {
            out.checkpoint("last", state.updates, named(state.trainer.weights()));
        }
        if (checkpoints.contains(Checkpoint.AVERAGE) && optimiser instanceof Averaged averaged) {
            double[] average = state.trainer.weights();
            double[] moved = averaged.corrected(state.trainer.slots().getLast(), state.updates);
            System.arraycopy(moved, 0, average, 0, moved.length);
            out.checkpoint("average", state.updates, named(average));
        }
        return false;
    }

    @Override
    public Net net(Run run, Arrays weights) {
        Problem problem = problem(run);
        return new TrainedNet(problem, Weights.flat(problem.tensors(), weights));
    }

    @Override
    public Net untrained(Run run) {
        Problem problem = problem(run);
        return new TrainedNet(
                problem,
                Weights.flat(
                        problem.tensors(),
                        named(initialisation.draw(problem.tensors(), run.key("initialisation")))));
    }

    @Override
    public String architectureId() {
        return architecture.id() + (real() == Precision.FLOAT64 ? "-float64" : "");
    }

    @Override
    public boolean runningStatistics() {
        return !architecture.buffers(input()).isEmpty();
    }

    private Architecture.Input input() {
        return input(data);
    }

    private static Architecture.Input input(Dataset data) {
        return new Architecture.Input(data.channels(), data.height(), data.width(), data.classes());
    }

    @Override
    public ObjectNode model() {
        return ModelJson.of(architecture, input());
    }

    @Override
    public Probe probe() {
        return new TrainingProbe(problem(new Key(0)));
    }

    @Override
    public SequencedMap<String, Integer> revisions() {
        SequencedMap<String, Integer> revisions = new LinkedHashMap<>();
        for (Op op : Trainer.ops(problem(new Key(0)), optimiser)) {
            revisions.put(op.getClass().getSimpleName(), op.revision());
        }
        return revisions;
    }

    /// The program of one update, for `explain`.
    public Program program() {
        return Trainer.program(problem(new Key(0)), optimiser, batchSize);
    }

    @Override
    public double multiplyAdds() {
        return 3 * architecture.forwardMultiplyAdds(input()) * batchSize * updates();
    }
}
