package org.phasezoo.model;

import java.util.List;
import org.phasezoo.graph.Node;

/// What a network makes of a batch.
///
/// @param logits `(n, classes)`
/// @param penalties losses of each example `(n)` that are added to the objective's; most networks
///   have none
/// @param buffers the next values of the network's buffers, in their order
public record Forward(Node logits, List<Node> penalties, List<Node> buffers) {
    /// What buffers are read or renewed for.
    public enum Mode {
        /// statistics of the batch, which also move the running ones
        TRAINING,
        /// running statistics, which stay
        EVALUATION
    }

    public Forward {
        penalties = List.copyOf(penalties);
        buffers = List.copyOf(buffers);
    }
}
