package org.phasezoo.model;

import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Op;
import org.phasezoo.graph.Shape;

/// Multi-head attention, with the tensors of PyTorch's `MultiheadAttention`. Tokens are the pixels
/// of one row, `(n, width, 1, tokens)`, so that linear maps are convolutions of one pixel.
///
/// *Definition*: for each head, of size d = width / heads, V · softmax(Qᵀ K / √d)ᵀ with Q, K, V
/// linear in queries, memory and memory; then a linear map of all heads' results.
///
/// *Source*: Vaswani et al., "Attention is all you need", 2017, section 3.2.
final class Attention {
    /// What is added to the scores of later tokens: their weight is exactly 0.
    private static final double FORBIDDEN = -1e9;

    private Attention() {}

    static void declare(Declared into, int width, int tokens) {
        into.weight("in_proj_weight", Shape.of(3 * width, width), width, tokens)
                .bias("in_proj_bias", 3 * width)
                .dense("out_proj", width, width, tokens);
    }

    /// Multiply-adds of scores and mixing, which have no weights.
    static double multiplyAdds(int width, int queries, int tokens) {
        return 2.0 * width * queries * tokens;
    }

    /// What `queries` read from `memory`; a causal one reads only tokens up to its own place.
    static Node of(Scope p, Node queries, Node memory, int heads, boolean causal) {
        Node q = heads(part(p, queries, 0), heads);
        Node k = heads(part(p, memory, 1), heads);
        Node v = heads(part(p, memory, 2), heads);
        Node scores = q.contract(true, k, false).times(1 / Math.sqrt(q.shape().size(2)));
        Node weights = Layers.softmax(causal ? scores.plus(later(scores)) : scores);
        return p.pixelwise("out_proj", v.contract(false, weights, true).reshape(queries.shape()));
    }

    private static Node part(Scope p, Node x, int part) {
        int width = x.shape().size(1);
        int from = part * width;
        return Layers.pixelwise(
                x,
                p.get("in_proj_weight").slice(0, from, from + width),
                p.get("in_proj_bias").slice(0, from, from + width));
    }

    private static Node heads(Node x, int heads) {
        return Layers.reshape(x, heads, x.shape().size(1) / heads, x.shape().size(3));
    }

    private static Node later(Node scores) {
        Graph graph = scores.graph();
        Shape square = Shape.of(scores.shape().size(2), scores.shape().size(3));
        Node query = graph.node(new Op.Iota(square, 0));
        Node key = graph.node(new Op.Iota(square, 1));
        Node open = key.atMost(query);
        return graph.constant(1).minus(open).times(FORBIDDEN).broadcast(scores.shape(), 2, 3);
    }
}
