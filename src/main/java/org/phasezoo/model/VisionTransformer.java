package org.phasezoo.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Shape;

/// A vision transformer: patches of the image as tokens behind a class token, learned positions,
/// blocks with norms first, a last norm, and logits linear in the class token.
///
/// *Source*: Dosovitskiy et al., "An image is worth 16x16 words", 2021, section 3.1.
///
/// @param patch side of a patch; it divides the image's height and width
/// @param width numbers of a token
/// @param depth blocks
/// @param heads of each attention; they divide `width`
public record VisionTransformer(int patch, int width, int depth, int heads)
        implements Architecture {
    public VisionTransformer {
        Sizes.range("patch", patch, 1, 4096);
        TransformerBlock.check(width, depth, heads);
    }

    @Override
    public String kind() {
        return "vision-transformer";
    }

    @Override
    public String id() {
        return Layers.id(kind(), List.of(patch, width, depth, heads));
    }

    @Override
    public void describe(ObjectNode json) {
        json.put("patch", patch).put("width", width).put("depth", depth).put("heads", heads);
    }

    private TransformerBlock block() {
        return new TransformerBlock(width, heads, true, false);
    }

    private int patches(Input input) {
        Sizes.divides("patch", patch, "the image's height", input.height());
        Sizes.divides("patch", patch, "the image's width", input.width());
        return input.height() / patch * (input.width() / patch);
    }

    @Override
    public List<Parameter> parameters(Input input) {
        int patches = patches(input);
        int fanIn = input.channels() * patch * patch;
        Declared p = new Declared();
        p.embedding("token", Shape.of(1, 1, width))
                .embedding("positions", Shape.of(1, patches + 1, width))
                .weight(
                        "patches.weight",
                        Shape.of(width, input.channels(), patch, patch),
                        fanIn,
                        patches)
                .bias("patches.bias", width);
        for (int i = 0; i < depth; i++) {
            block().declare(p.in(TransformerBlock.name(i)), patches + 1);
        }
        return p.norm("norm", width).dense("head", input.classes(), width, 1).tensors();
    }

    @Override
    public Node logits(Node x, List<Node> parameters, Input input) {
        Scope p = Scope.of(parameters(input), parameters);
        int patches = patches(input);
        Node y = x.convolve(p.get("patches.weight"), 0, patch);
        y = y.plus(p.get("patches.bias").broadcast(y.shape(), 1));
        Shape one = Shape.bounded(x.shape().rows(), x.shape().size(0), width, 1, 1);
        Node token = p.get("token").reshape(Shape.of(width)).broadcast(one, 1);
        Node h = token.concatenate(3, Layers.reshape(y, width, 1, patches));
        Node positions = p.get("positions").reshape(Shape.of(patches + 1, width)).transposed();
        h = h.plus(positions.broadcast(h.shape(), 1, 3));
        for (int i = 0; i < depth; i++) {
            h = block().of(p.in(TransformerBlock.name(i)), h);
        }
        Node read = p.layerNorm("norm", h.slice(3, 0, 1));
        return p.dense("head", Layers.flat(read));
    }

    @Override
    public double forwardMultiplyAdds(Input input) {
        int tokens = patches(input) + 1;
        return Architecture.super.forwardMultiplyAdds(input)
                + depth * Attention.multiplyAdds(width, tokens, tokens);
    }
}
