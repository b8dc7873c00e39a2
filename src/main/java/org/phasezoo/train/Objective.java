package org.phasezoo.train;

import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Op;

/// What training minimises: a loss of each example; the objective is its mean over the batch.
public enum Objective {
    /// Softmax cross-entropy in nats: −log of the probability given to the right class.
    CROSS_ENTROPY,
    /// Half the squared distance of the outputs from the one-hot target.
    SQUARED_ERROR;

    /// Losses `(n)` of outputs `(n, classes)` against one-hot targets.
    public Node losses(Node outputs, Node targets) {
        return switch (this) {
            case CROSS_ENTROPY -> logProbabilities(outputs).times(targets).sum(1).negated();
            case SQUARED_ERROR -> {
                Node d = outputs.minus(targets);
                yield d.times(d).sum(1).times(.5);
            }
        };
    }

    /// Logarithm of the softmax along the last axis of `(n, classes)`, shifted by the largest logit.
    static Node logProbabilities(Node logits) {
        Graph graph = logits.graph();
        Node top = logits.times(graph.node(new Op.FirstMax(), logits)).sum(1).stopGradient();
        Node shifted = logits.minus(top.broadcast(logits.shape(), 0));
        Node logSum = shifted.exp().sum(1).log();
        return shifted.minus(logSum.broadcast(logits.shape(), 0));
    }
}
