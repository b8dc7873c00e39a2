package org.phasezoo.train;

import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Op;

/// What training minimises: a loss of each example; the objective is its mean over the batch.
public sealed interface Objective {
    /// Losses `(n)` of outputs `(n, classes)` against one-hot targets.
    Node losses(Node outputs, Node targets);

    /// Softmax cross-entropy in nats: −log of the probability given to the right class.
    record CrossEntropy() implements Objective {
        @Override
        public Node losses(Node outputs, Node targets) {
            return logProbabilities(outputs).times(targets).sum(1).negated();
        }

        /// Logarithm of the softmax along the last axis of `(n, classes)`, shifted by the largest logit.
        private static Node logProbabilities(Node logits) {
            Graph graph = logits.graph();
            Node top = logits.times(graph.node(new Op.FirstMax(), logits)).sum(1).stopGradient();
            Node shifted = logits.minus(top.broadcast(logits.shape(), 0));
            Node logSum = shifted.exp().sum(1).log();
            return shifted.minus(logSum.broadcast(logits.shape(), 0));
        }
    }

    /// Half the squared distance of the outputs from the one-hot target.
    record SquaredError() implements Objective {
        @Override
        public Node losses(Node outputs, Node targets) {
            Node d = outputs.minus(targets);
            return d.times(d).sum(1).times(.5);
        }
    }
}
