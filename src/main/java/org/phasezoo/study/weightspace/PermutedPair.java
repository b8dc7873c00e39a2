package org.phasezoo.study.weightspace;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.data.Dataset;
import org.phasezoo.data.Split;
import org.phasezoo.graph.Op;
import org.phasezoo.model.Architecture;
import org.phasezoo.model.Initialisation;
import org.phasezoo.model.Perceptron;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;
import org.phasezoo.study.Arrays;
import org.phasezoo.study.Observable;
import org.phasezoo.study.Recorder;
import org.phasezoo.study.Run;
import org.phasezoo.study.Study;
import org.phasezoo.train.Objective;
import org.phasezoo.train.Optimiser;
import org.phasezoo.train.Problem;
import org.phasezoo.train.Trainer;

/// Two independently trained perceptrons, and the straight line from a to the second with its
/// hidden units permuted, π(b).
///
/// *System*: `layers` hidden rectifier layers of `width` units, cross-entropy, a constant rate,
/// batches shuffled anew each epoch. π is the identity (`naive`), that of weight matching
/// (coordinate descent of exact assignments from the identity, at most 100 sweeps) or of activation
/// matching on the training examples.
///
/// *Observables*: with L(λ) the loss at (1 − λ) a + λ π(b) and excess E(λ) = L(λ) − (1 − λ) L(0) −
/// λ L(1), barriers max E over λ = 0, .1 … 1, in nats: `barrier.naive.v1`, `barrier.weights.v1`,
/// `barrier.activations.v1` on the training examples, `barrier.weights.test.v1` on the test
/// examples; `barrier.ratio.v1` = weights over naive and `barrier.methods.v1` = activations over
/// weights (undefined where the divisor is below 10⁻⁶); `excess.repair.v1`, E(½) of weight matching
/// with the average repaired, over that without; `accuracy.drop.v1`, the parents' mean test
/// accuracy minus that of the average after weight matching, in percentage points;
/// `accuracy.parents.v1`; `matching.distance.v1` = ‖a − π(b)‖/‖a − b‖; `matching.sweeps.v1`;
/// `invariance.error.v1`, the largest change of a test logit by permuting b; the series
/// `path.naive.v1`, `path.weights.v1`, `path.activations.v1`, L on the training examples at step 10
/// λ.
///
/// *Draws*: `split`; `initialisation` and `initialisation.second`; `order`, row the epoch, the
/// second net's 2²⁰ on; `matching`, row the sweep. *Divergence*: a batch loss that is not below
/// 10⁴.
///
/// *Source*: Ainsworth, Hayase and Srinivasa, "Git Re-Basin: Merging models modulo permutation
/// symmetries", ICLR 2023.
///
/// @param width 1 to 512
/// @param layers 1 to 8
/// @param batchSize 1 to the training examples; the last incomplete batch is dropped
/// @param epochs 1 to 10,000
public record PermutedPair(
        Dataset data,
        int width,
        int layers,
        Initialisation initialisation,
        Optimiser optimiser,
        int batchSize,
        int epochs)
        implements Study<PairState> {
    private static final int MOST_SWEEPS = 100;

    public PermutedPair {
        within("width", width, 1, 512);
        within("layers", layers, 1, 8);
        within("batchSize", batchSize, 1, data.train());
        within("epochs", epochs, 1, 10_000);
    }

    private static void within(String name, int value, int low, int high) {
        if (value < low || value > high) {
            throw new IllegalArgumentException(
                    name + " is " + value + "; choose one from " + low + " to " + high);
        }
    }

    @Override
    public List<Observable> observables() {
        List<Observable> all = new ArrayList<>();
        List.of("naive", "weights", "activations", "weights.test")
                .forEach(line -> all.add(new Observable("barrier." + line + ".v1", false, "nats")));
        List.of(
                        "barrier.ratio",
                        "barrier.methods",
                        "excess.repair",
                        "matching.distance",
                        "matching.sweeps",
                        "invariance.error")
                .forEach(name -> all.add(new Observable(name + ".v1", false, "1")));
        all.add(new Observable("accuracy.drop.v1", false, "pp"));
        all.add(new Observable("accuracy.parents.v1", false, "%"));
        List.of("naive", "weights", "activations")
                .forEach(line -> all.add(new Observable("path." + line + ".v1", true, "nats")));
        return all;
    }

    private Problem problem(Key split) {
        return new Problem(
                new Perceptron(Collections.nCopies(layers, width), Perceptron.Activation.RELU),
                data.split(split),
                new Objective.CrossEntropy());
    }

    @Override
    public PairState start(Run run) {
        Problem problem = problem(run.key("split"));
        List<Trainer> nets =
                List.of(
                        new Trainer(problem, optimiser, batchSize, run.key("noise")),
                        new Trainer(problem, optimiser, batchSize, run.key("noise.second")));
        nets.get(0)
                .set(
                        initialisation.draw(problem.parameters(), run.key("initialisation")),
                        List.of(),
                        0);
        nets.get(1)
                .set(
                        initialisation.draw(problem.parameters(), run.key("initialisation.second")),
                        List.of(),
                        0);
        return new PairState(
                nets,
                optimiser.slots(),
                Alignment.identity(weights(problem, nets.get(0).weights())));
    }

    @Override
    public PairState restore(Run run, Arrays saved) {
        return start(run).restored(saved, data.train() / batchSize);
    }

    private DenseWeights weights(Problem problem, double[] values) {
        int[] sizes = new int[layers + 2];
        java.util.Arrays.fill(sizes, width);
        sizes[0] = problem.split().inputElements();
        sizes[layers + 1] = problem.split().classes();
        return new DenseWeights(sizes, values);
    }

    @Override
    public boolean advance(PairState state, Run run, Recorder out) {
        Problem problem = problem(run.key("split"));
        if (state.epoch < epochs) {
            return train(state, problem.split(), new Draws(run.key("order")), out);
        }
        PairMeasures measures =
                new PairMeasures(
                        problem,
                        weights(problem, state.nets.get(0).weights()),
                        weights(problem, state.nets.get(1).weights()),
                        out);
        if (state.stage == 0) {
            boolean gained =
                    Alignment.sweep(
                            measures.a(),
                            measures.b(),
                            state.permutation,
                            new Draws(run.key("matching")),
                            state.sweep);
            state.sweep++;
            state.stage = gained && state.sweep < MOST_SWEEPS ? 0 : 1;
            return true;
        }
        if (state.stage == 1) {
            out.scalar("matching.sweeps.v1", state.sweep);
        }
        measures.stage(state.stage, state.permutation, state.barriers);
        return state.stage++ < PairMeasures.LAST_STAGE;
    }

    /// Epochs of both nets, about a third of a second of work.
    private boolean train(PairState state, Split split, Draws order, Recorder out) {
        double work = 0;
        while (state.epoch < epochs && work < 2e9) {
            double worst = state.epoch(split, order, batchSize, optimiser.learningRate(), epochs);
            if (!(worst < 1e4)) {
                out.diverged("batch loss " + worst + " in epoch " + state.epoch);
                return false;
            }
            work += multiplyAdds() / epochs;
        }
        out.updates((long) state.epoch * (data.train() / batchSize));
        return true;
    }

    @Override
    public SequencedMap<String, Integer> revisions() {
        SequencedMap<String, Integer> revisions = new LinkedHashMap<>();
        for (Op op : Trainer.ops(problem(new Key(0)), optimiser)) {
            revisions.put(op.getClass().getSimpleName(), op.revision());
        }
        revisions.put("permuted-pair", 1);
        return revisions;
    }

    @Override
    public double multiplyAdds() {
        Architecture architecture =
                new Perceptron(Collections.nCopies(layers, width), Perceptron.Activation.RELU);
        double forward =
                architecture.forwardMultiplyAdds(
                        new Architecture.Input(
                                data.channels(), data.height(), data.width(), data.classes()));
        return forward * data.train() * 6.0 * epochs;
    }
}
