package org.phasezoo.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Shape;

/// A causal transformer that reads the image's pixels, channel by channel in raster order, as
/// tokens: the level of a pixel is the number of the thresholds low + k · (high − low) / levels, k
/// = 1 … levels − 1, that it reaches. Learned token and position vectors, blocks with norms first
/// and a causal mask, a last norm, and logits linear in the last token.
///
/// *Source*: Radford et al., "Language models are unsupervised multitask learners", 2019, section
/// 2.3; pixels as tokens: Chen et al., "Generative pretraining from pixels", 2020.
///
/// @param levels of a pixel
/// @param low of the pixel values that are told apart
/// @param high of them
/// @param width numbers of a token
/// @param depth blocks
/// @param heads of each attention; they divide `width`
public record Gpt(int levels, double low, double high, int width, int depth, int heads)
        implements Architecture {
    public Gpt {
        Sizes.range("levels", levels, 2, 256);
        if (!(low < high && Double.isFinite(high - low))) {
            throw new IllegalArgumentException("low " + low + " must lie below high " + high);
        }
        TransformerBlock.check(width, depth, heads);
    }

    @Override
    public String kind() {
        return "gpt";
    }

    @Override
    public String id() {
        return Layers.id(kind(), List.of(levels, low, high, width, depth, heads));
    }

    @Override
    public void describe(ObjectNode json) {
        json.put("levels", levels).put("low", low).put("high", high);
        json.put("width", width).put("depth", depth).put("heads", heads);
    }

    private TransformerBlock block() {
        return new TransformerBlock(width, heads, true, true);
    }

    private static int tokens(Input input) {
        return input.channels() * input.height() * input.width();
    }

    @Override
    public List<Parameter> parameters(Input input) {
        Declared p = new Declared();
        p.embedding("tokens.weight", Shape.of(levels, width))
                .embedding("positions.weight", Shape.of(tokens(input), width));
        for (int i = 0; i < depth; i++) {
            block().declare(p.in(TransformerBlock.name(i)), tokens(input));
        }
        return p.norm("norm", width).dense("head", input.classes(), width, 1).tensors();
    }

    @Override
    public Node logits(Node x, List<Node> parameters, Input input) {
        Scope p = Scope.of(parameters(input), parameters);
        int tokens = tokens(input);
        Node read = p.get("tokens.weight").gather(levelOf(Layers.flat(x)));
        Node h = Layers.reshape(read.permuted(0, 2, 1), width, 1, tokens);
        h = h.plus(p.get("positions.weight").transposed().broadcast(h.shape(), 1, 3));
        for (int i = 0; i < depth; i++) {
            h = block().of(p.in(TransformerBlock.name(i)), h);
        }
        Node last = p.layerNorm("norm", h.slice(3, tokens - 1, tokens));
        return p.dense("head", Layers.flat(last));
    }

    private Node levelOf(Node pixels) {
        Graph graph = pixels.graph();
        Node level = graph.constant(0, pixels.shape());
        for (int k = 1; k < levels; k++) {
            double threshold = low + k * (high - low) / levels;
            level = level.plus(graph.constant(threshold, pixels.shape()).atMost(pixels));
        }
        return level;
    }

    @Override
    public double forwardMultiplyAdds(Input input) {
        int tokens = tokens(input);
        return Architecture.super.forwardMultiplyAdds(input)
                + depth * Attention.multiplyAdds(width, tokens, tokens);
    }
}
