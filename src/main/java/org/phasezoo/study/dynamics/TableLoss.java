package org.phasezoo.study.dynamics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Shape;
import org.phasezoo.train.Descent;

/// What a perceptron on the embeddings of two residues ([ModularGraph]) makes of a table of pairs,
/// as graph of its parameters: [#LOGITS] of all pairs and the mean cross-entropy, in nats, over
/// those of training.
///
/// Logits of the pair (a, b): relu(e_a A + e_b B + c) R + r, with e the shared embeddings (p, d). e
/// A and e B are computed once for all pairs.
///
/// @param p the modulus
/// @param pairs in the table
/// @param trainings pairs of training
record TableLoss(int p, int pairs, int trainings) {
    static final String ROWS = "pairs";
    static final String LOGITS = "logits";

    private Shape rows(Integer... inner) {
        return Shape.bounded(ROWS, pairs, inner);
    }

    SequencedMap<String, Node> outputs(List<Node> theta) {
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
        return behind.exp().sum(1).log().times(training).sumAll().times(1.0 / trainings);
    }
}
