package org.phasezoo.model;

import org.phasezoo.graph.Node;

/// One block of a transformer on tokens `(n, width, 1, tokens)`, with the tensors and the meaning
/// of PyTorch's `TransformerEncoderLayer` without dropout: attention, then a feed-forward net of 4
/// · width GELU units at each token, each with a residual connection. Layer norms stand before both
/// (x + f(norm x)) or behind their sums (norm(x + f x)).
///
/// *Source*: Vaswani et al., "Attention is all you need", 2017, section 3.1; norms first: Xiong et
/// al., "On layer normalization in the transformer architecture", 2020, figure 1.
record TransformerBlock(int width, int heads, boolean normFirst, boolean causal) {
    private static final int EXPANSION = 4;
    private static final String BLOCKS = "blocks.";

    static void check(int width, int depth, int heads) {
        Sizes.range("width", width, 1, 4096);
        Sizes.range("depth", depth, 1, 64);
        Sizes.range("heads", heads, 1, width);
        Sizes.divides("heads", heads, "width", width);
    }

    void declare(Declared into, int tokens) {
        Attention.declare(into.in("self_attn"), width, tokens);
        into.dense("linear1", EXPANSION * width, width, tokens)
                .dense("linear2", width, EXPANSION * width, tokens)
                .norm("norm1", width)
                .norm("norm2", width);
    }

    /// The name under which a net declares its block of this number.
    static String name(int block) {
        return BLOCKS + block;
    }

    /// Whether a tensor of a net is one of its blocks'.
    static boolean owns(Parameter tensor) {
        return tensor.name().startsWith(BLOCKS);
    }

    /// Whether a tensor is the weight or bias of the linear map that ends a residual branch.
    static boolean endsBranch(Parameter tensor) {
        return owns(tensor)
                && (tensor.name().contains(".self_attn.out_proj.")
                        || tensor.name().contains(".linear2."));
    }

    Node of(Scope p, Node x) {
        if (normFirst) {
            Node h = x.plus(attention(p, p.layerNorm("norm1", x)));
            return h.plus(feedForward(p, p.layerNorm("norm2", h)));
        }
        Node h = p.layerNorm("norm1", x.plus(attention(p, x)));
        return p.layerNorm("norm2", h.plus(feedForward(p, h)));
    }

    private Node attention(Scope p, Node x) {
        return Attention.of(p.in("self_attn"), x, x, heads, causal);
    }

    private static Node feedForward(Scope p, Node x) {
        return p.pixelwise("linear2", p.pixelwise("linear1", x).gelu());
    }
}
