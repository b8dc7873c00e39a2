package org.phasezoo.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Op;
import org.phasezoo.graph.Shape;

/// Attention on the image as a set of pixels. An element is a pixel's channels, row and column
/// (both from −1 to 1); a dense layer takes it to `width` numbers; blocks with norms behind the
/// sums follow; one learned seed reads the set by attention, and logits are linear in what it
/// reads. The order of the elements does not matter.
///
/// *Source*: Lee et al., "Set transformer", 2019, section 3.1, equation 8 (set attention blocks),
/// and equation 11 (pooling by attention, here without its feed-forward nets).
///
/// @param width numbers of an element
/// @param depth blocks
/// @param heads of each attention; they divide `width`
public record SetAttention(int width, int depth, int heads) implements Architecture {
    public SetAttention {
        TransformerBlock.check(width, depth, heads);
    }

    @Override
    public String kind() {
        return "set-attention";
    }

    @Override
    public String id() {
        return Layers.id(kind(), List.of(width, depth, heads));
    }

    @Override
    public void describe(ObjectNode json) {
        json.put("width", width).put("depth", depth).put("heads", heads);
    }

    private TransformerBlock block() {
        return new TransformerBlock(width, heads, false, false);
    }

    @Override
    public List<Parameter> parameters(Input input) {
        int pixels = input.height() * input.width();
        Declared p = new Declared();
        p.embedding("seed", Shape.of(1, 1, width))
                .dense("embed", width, input.channels() + 2, pixels);
        for (int i = 0; i < depth; i++) {
            block().declare(p.in("blocks." + i), pixels);
        }
        Attention.declare(p.in("pool"), width, pixels);
        return p.dense("head", input.classes(), width, 1).tensors();
    }

    @Override
    public Node logits(Node x, List<Node> parameters, Input input) {
        Scope p = Scope.of(parameters(input), parameters);
        Node elements = Layers.reshape(x, input.channels(), 1, input.height() * input.width());
        for (int axis = 0; axis < 2; axis++) {
            elements = elements.concatenate(1, coordinate(elements, input, axis));
        }
        Node h = p.pixelwise("embed", elements);
        for (int i = 0; i < depth; i++) {
            h = block().of(p.in("blocks." + i), h);
        }
        Shape one = Shape.bounded(x.shape().rows(), x.shape().size(0), width, 1, 1);
        Node seed = p.get("seed").reshape(Shape.of(width)).broadcast(one, 1);
        Node read = Attention.of(p.in("pool"), seed, h, heads, false);
        return p.dense("head", Layers.flat(read));
    }

    /// The row (axis 0) or column (axis 1) of each pixel, from −1 to 1.
    private static Node coordinate(Node elements, Input input, int axis) {
        Graph graph = elements.graph();
        Shape image = Shape.of(input.height(), input.width());
        double step = 2.0 / Math.max(1, image.size(axis) - 1);
        Node at = graph.node(new Op.Iota(image, axis)).times(step).minus(graph.constant(1));
        Shape each =
                Shape.bounded(
                        elements.shape().rows(), elements.shape().size(0), 1, 1, image.elements());
        return at.reshape(Shape.of(image.elements())).broadcast(each, 3);
    }

    @Override
    public double forwardMultiplyAdds(Input input) {
        int pixels = input.height() * input.width();
        // Pooling has one query, and one output, where the sum over tensors has one for each pixel.
        double once = 2.0 * width * width * (pixels - 1);
        return Architecture.super.forwardMultiplyAdds(input)
                + depth * Attention.multiplyAdds(width, pixels, pixels)
                + Attention.multiplyAdds(width, 1, pixels)
                - once;
    }
}
