package org.phasezoo.study.dynamics;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.engine.Precision;
import org.phasezoo.engine.Workspace;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Shape;
import org.phasezoo.model.Parameter;
import org.phasezoo.random.Draws;
import org.phasezoo.study.Saved;
import org.phasezoo.train.Adam;
import org.phasezoo.train.Descent;
import org.phasezoo.train.Learner;

/// A perceptron on the embeddings of two residues, in training on a table, in float32.
///
/// Logits of the pair (a, b): relu(e_a A + e_b B + c) R + r, with e the shared embeddings (p, d);
/// the loss is the mean cross-entropy over the pairs of training. e A and e B are computed once for
/// all pairs. The decay is on the matrices.
///
/// Start: e, A, B ~ N(0, 1/d), R ~ N(0, 1/width), biases 0; parameter i's element j at draw 2³² i +
/// j.
public final class ModularNet {
    private static final String ROWS = "pairs";
    private static final String LOGITS = "logits";

    private final ModularTable table;
    final Learner learner;
    private final List<Parameter> parameters;
    private final int p;
    private final int dimension;

    ModularNet(ModularTable table, int p, int dimension, int width, double rate, double decay) {
        this.table = table;
        this.p = p;
        this.dimension = dimension;
        this.parameters = ModularGraph.parameters(p, dimension, width);
        this.learner =
                new Learner(
                        parameters,
                        new Adam(rate, .9, .98, 1e-8, decay, 0),
                        new Adam(rate, .9, .98, 1e-8, 0, 0),
                        Precision.FLOAT32,
                        this::outputs);
        Workspace work = learner.work();
        work.count(ROWS, table.size());
        work.set("a", table.first());
        work.set("b", table.second());
        work.set("training", table.training());
        work.set("targets", table.targets());
    }

    private Shape rows(Integer... inner) {
        return Shape.bounded(ROWS, table.size(), inner);
    }

    private SequencedMap<String, Node> outputs(List<Node> theta) {
        Graph graph = theta.getFirst().graph();
        Node left = theta.get(0).contract(false, theta.get(1), false);
        Node right = theta.get(0).contract(false, theta.get(2), false);
        Node a = graph.input("a", rows(p));
        Node b = graph.input("b", rows(p));
        Node z =
                ModularGraph.logits(
                        theta,
                        a.contract(false, left, false).plus(b.contract(false, right, false)));
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put(Descent.LOSS, loss(z));
        outputs.put(LOGITS, z);
        return outputs;
    }

    /// The mean over pairs of training of log Σ_c exp(z_c − z_y), y the answer; the differences of
    /// other pairs are taken for 0, so that none overflows.
    private Node loss(Node z) {
        Graph graph = z.graph();
        Node targets = graph.input("targets", z.shape());
        Node training = graph.input("training", rows());
        Node answer = z.times(targets).sum(1).broadcast(z.shape(), 0);
        Node behind = z.minus(answer).times(training.broadcast(z.shape(), 0));
        return behind.exp().sum(1).log().times(training).sumAll().times(1.0 / table.trainings());
    }

    /// The carried arrays at the start.
    Saved start(Draws draws) {
        double[] drawn = Learner.start(parameters, draws);
        double[] state = Arrays.copyOf(drawn, learner.stateSize());
        learner.restore(state, 0);
        return new Saved().with("state", state);
    }

    /// Puts the net where `saved` says, and gives it back.
    Saved loaded(Saved saved) {
        learner.restore(saved.row("state"), saved.step());
        return saved;
    }

    /// Writes where the net is.
    void store(Saved saved) {
        saved.with("state", learner.state());
    }

    /// One update, at a part of the rate; the loss before it.
    ///
    /// @param all whether logits of the pairs of test are computed, too
    double update(double part, boolean all) {
        learner.work().count(ROWS, all ? table.size() : table.trainings());
        return learner.update(part, 0);
    }

    /// Accuracy on the pairs of training and on those of test before the last update, which
    /// computed all.
    double[] accuracies() {
        double[] logits = new double[table.size() * p];
        learner.work().get(LOGITS, logits, 0);
        return table.accuracies(logits);
    }

    /// All parameters, the embeddings first.
    double[] parameters() {
        return learner.parameters();
    }

    /// As [FourierPower#share] of the embeddings.
    double fourierShare() {
        return FourierPower.share(learner.parameters(), p, dimension);
    }
}
