package org.phasezoo.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Shape;

/// A small convolutional network scaled by its width w: convolution 3 × 3 (channels → w, zero
/// padding) · leaky rectifier · average pool 2 · convolution 3 × 3 (w → 2w) · leaky rectifier ·
/// average pool 2 · dense to the classes. On one-channel images of 8 × 8 with 10 classes it has
/// 18w² + 91w + 10 parameters.
///
/// @param width channels of the first convolution
/// @param slope slope of the rectifier below 0
public record ConvolutionalNet(int width, double slope) implements Architecture {
    private static final int KERNEL = 3;
    private static final int POOL = 2;

    public ConvolutionalNet {
        if (width < 1 || width > 4096) {
            throw new IllegalArgumentException("width " + width + " must lie in 1 … 4096");
        }
        if (!(slope >= 0 && slope < 1)) {
            throw new IllegalArgumentException("slope " + slope + " must lie in [0, 1)");
        }
    }

    @Override
    public String kind() {
        return "convolutional-net";
    }

    @Override
    public String id() {
        return kind() + "-" + width;
    }

    @Override
    public void describe(ObjectNode json) {
        json.put("width", width).put("slope", slope);
    }

    private int features(Input input) {
        return 2 * width * (input.height() / POOL / POOL) * (input.width() / POOL / POOL);
    }

    @Override
    public List<Parameter> parameters(Input input) {
        int taps = KERNEL * KERNEL;
        int features = features(input);
        int area = input.height() * input.width();
        int pooled = area / (POOL * POOL);
        return List.of(
                new Parameter(
                        "conv1.weight",
                        Shape.of(width, input.channels(), KERNEL, KERNEL),
                        "weight",
                        input.channels() * taps,
                        area),
                new Parameter("conv1.bias", Shape.of(width), "bias", 0, 1),
                new Parameter(
                        "conv2.weight",
                        Shape.of(2 * width, width, KERNEL, KERNEL),
                        "weight",
                        width * taps,
                        pooled),
                new Parameter("conv2.bias", Shape.of(2 * width), "bias", 0, 1),
                new Parameter(
                        "dense.weight", Shape.of(input.classes(), features), "weight", features, 1),
                new Parameter("dense.bias", Shape.of(input.classes()), "bias", 0, 1));
    }

    @Override
    public Node logits(Node x, List<Node> p, Input input) {
        Node h = block(block(x, p.get(0), p.get(1)), p.get(2), p.get(3));
        Node flat = h.reshape(Shape.bounded(x.shape().rows(), x.shape().size(0), features(input)));
        return Layers.dense(flat, p.get(4), p.get(5));
    }

    private Node block(Node x, Node weight, Node bias) {
        Node y = x.convolve(weight, KERNEL / 2);
        return y.plus(bias.broadcast(y.shape(), 1)).relu(slope).averagePool(POOL);
    }
}
