package org.phasezoo.study.dynamics;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import org.phasezoo.graph.Node;
import org.phasezoo.study.Looks;
import org.phasezoo.study.Observable;
import org.phasezoo.study.Run;
import org.phasezoo.study.Setting;
import org.phasezoo.study.StoredNet;
import org.phasezoo.study.StreamObjective;
import org.phasezoo.study.StreamTraining;
import org.phasezoo.train.Descent;

/// Generalisation long after memorisation: a perceptron on the embeddings of two residues learns
/// part of a table of a modular operation ([ModularTable], [TableLoss]), all pairs of training in
/// each batch, by their mean cross-entropy, in nats.
///
/// It is looked at every 25 updates, t₉₉ the first look at which at least .99 of the pairs of
/// training are right, t₉₅ the first at which .95 of those of test are. Training ends 500 updates
/// after both.
///
/// *Observables*: `steps.train99.v1`, `steps.test95.v1`, the most updates where not reached;
/// `generalised.v1`, 1 if t₉₅ was reached, else 0; `delay.ratio.v1`, t₉₅/t₉₉, with t₉₅ the most
/// updates where not reached a lower bound; `accuracy.test.memorised.v1`, on the test at t₉₉;
/// `accuracy.train.last.v1`, `accuracy.test.last.v1`; `accuracy.test.gain.v1`, the last minus that
/// at t₉₉; `fourier.share.memorised.v1`, `fourier.share.last.v1`, `fourier.gain.v1` (their
/// difference) and `weights.growth.v1`, the norm of all parameters at the end over that at t₉₉. All
/// but the last accuracies and t₉₅ are undefined where t₉₉ was not reached (`steps.train99.v1` is
/// then the most updates). Series, every 100 updates: `accuracy.train.step.v1`,
/// `accuracy.test.step.v1`, `loss.train.step.v1`.
///
/// *Draws*: `labels` (a random table), `split` (which pairs are for training). *Stored net*:
/// [ModularGraph].
///
/// *Source*: Power, Burda, Edwards, Babuschkin and Misra, "Grokking: generalization beyond
/// overfitting on small algorithmic datasets", 2022, with a perceptron in place of the transformer.
///
/// @param modulus p, a prime from 7 to 97
/// @param fraction of the pairs for training, .05 to .95
/// @param dimension of the embeddings, 2 to 512
/// @param width of the hidden layer, 2 to 1024
public record ModularArithmetic(
        ModularOperation operation, int modulus, double fraction, int dimension, int width)
        implements StreamObjective {
    public ModularArithmetic {
        ModularTable.refuse(modulus);
        Setting.within("fraction", fraction, .05, .95);
        Setting.within("dimension", dimension, 2, 512);
        Setting.within("width", width, 2, 1024);
    }

    @Override
    public void refuse(int batchSize, int updates) {
        int pairs = ModularTable.trainings(operation, modulus, fraction);
        Setting.within("batchSize", batchSize, pairs, StreamTraining.MOST_EXAMPLES);
        GrokkingLooks.refuse(updates);
    }

    @Override
    public StoredNet net() {
        return ModularGraph.stored(modulus, dimension, width);
    }

    @Override
    public Node loss(List<Node> parameters, int batchSize) {
        return Objects.requireNonNull(outputs(parameters, batchSize).get(Descent.LOSS));
    }

    @Override
    public SequencedMap<String, Node> outputs(List<Node> parameters, int batchSize) {
        return new TableLoss(
                        modulus,
                        ModularTable.size(operation, modulus),
                        ModularTable.trainings(operation, modulus, fraction))
                .outputs(parameters);
    }

    private ModularTable table(Run run) {
        return new ModularTable(operation, modulus, fraction, run.key("labels"), run.key("split"));
    }

    @Override
    public Examples examples(Run run, int batchSize) {
        return new TableExamples(table(run));
    }

    @Override
    public List<Observable> observables() {
        return GrokkingLooks.observables();
    }

    @Override
    public Optional<Looks> looks(Run run, StreamTraining training) {
        return Optional.of(new GrokkingLooks(table(run), modulus, dimension, training.updates()));
    }

    @Override
    public double multiplyAdds(int batchSize) {
        return (double) modulus * modulus * width * modulus;
    }
}
