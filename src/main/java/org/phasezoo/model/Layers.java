package org.phasezoo.model;

import org.phasezoo.graph.Node;

/// Layers that several architectures share.
final class Layers {
    private Layers() {}

    /// x · Wᵀ + b, with W of shape (out, in).
    static Node dense(Node x, Node weight, Node bias) {
        Node y = x.contract(false, weight, true);
        return y.plus(bias.broadcast(y.shape(), 1));
    }
}
