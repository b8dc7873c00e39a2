package org.phasezoo.study.weightspace;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.phasezoo.data.Dataset;
import org.phasezoo.model.Initialisation;
import org.phasezoo.model.Perceptron;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;
import org.phasezoo.study.Arrays;
import org.phasezoo.study.LandscapeStudy;
import org.phasezoo.study.NetProblem;
import org.phasezoo.study.Observable;
import org.phasezoo.study.Recorder;
import org.phasezoo.study.Revisions;
import org.phasezoo.study.Run;
import org.phasezoo.study.Setting;
import org.phasezoo.study.Study;
import org.phasezoo.study.UpdateProgram;
import org.phasezoo.train.Footprint;
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
/// 10⁴. *Checkpoints*: `first` (a), `second` (b), `aligned` (π(b) by weight matching).
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
        implements Study<PairState>, LandscapeStudy {
    public PermutedPair {
        Setting.within("width", width, 1, 512);
        Setting.within("layers", layers, 1, 8);
        Setting.within("batchSize", batchSize, 1, data.train());
        Setting.within("epochs", epochs, 1, 10_000);
    }

    @Override
    public List<Observable> observables() {
        return PairMeasures.observables();
    }

    @Override
    public NetProblem problem() {
        return new NetProblem(
                data,
                new Perceptron(Collections.nCopies(layers, width), Perceptron.Activation.RELU),
                new Objective.CrossEntropy());
    }

    private Trainer net(Problem problem, Run run, String which) {
        Trainer net = new Trainer(problem, optimiser, batchSize, run.key("noise" + which));
        Key start = run.key("initialisation" + which);
        net.set(initialisation.draw(problem.parameters(), start), List.of(), 0);
        return net;
    }

    @Override
    public PairState start(Run run) {
        Problem problem = problem().of(run);
        List<Trainer> nets = List.of(net(problem, run, ""), net(problem, run, ".second"));
        DenseWeights first = DenseWeights.of(problem, nets.getFirst().weights());
        return new PairState(nets, optimiser.slots(), Alignment.identity(first));
    }

    @Override
    public PairState restore(Run run, Arrays saved) {
        return start(run).restored(saved, data.train() / batchSize);
    }

    @Override
    public boolean advance(PairState state, Run run, Recorder out) {
        Problem problem = problem().of(run);
        if (state.epoch < epochs) {
            return new PairTraining(this, problem.split(), run.key("order")).run(state, out);
        }
        DenseWeights a = DenseWeights.of(problem, state.nets.get(0).weights());
        DenseWeights b = DenseWeights.of(problem, state.nets.get(1).weights());
        if (state.stage == 0) {
            state.match(a, b, new Draws(run.key("matching")));
            return true;
        }
        if (state.stage == 1) {
            state.matched(this, a, b, out);
        }
        new PairMeasures(problem, a, b, out).stage(state.stage, state.permutation, state.barriers);
        return state.stage++ < PairMeasures.LAST_STAGE;
    }

    @Override
    public SequencedMap<String, Integer> revisions() {
        SequencedMap<String, Integer> revisions =
                Revisions.of(Trainer.ops(problem().any(), optimiser));
        revisions.put("permuted-pair", 2);
        return revisions;
    }

    @Override
    public Optional<UpdateProgram> update(Run run) {
        return Optional.of(problem().update(optimiser, batchSize));
    }

    @Override
    public Footprint footprint(Run run) {
        return PairState.footprint(problem().update(optimiser, batchSize), problem().of(run));
    }

    @Override
    public double multiplyAdds() {
        return problem().multiplyAdds() * data.train() * 6.0 * epochs;
    }
}
