package org.phasezoo.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.phasezoo.graph.Node;

/// A residual network for small images: a convolution 3 × 3 with batch norm and rectifier, four
/// stages of blocks whose widths double and of which all but the first halve the image, the mean
/// over pixels, and a dense layer. Names are torchvision's.
///
/// *Source*: He, Zhang, Ren and Sun, "Deep residual learning for image recognition", 2016, table 1;
/// the stem for small images as in their section 4.2.
///
/// @param depth 18 (basic blocks) or 50 (bottlenecks)
/// @param width channels of the first stage; 64 in the paper
public record Resnet(int depth, int width) implements Architecture {
    private static final int BOTTLENECK = 50;

    public Resnet {
        if (depth != 18 && depth != BOTTLENECK) {
            throw new IllegalArgumentException("depth " + depth + " must be 18 or 50");
        }
        Sizes.range("width", width, 1, 1024);
    }

    @Override
    public String kind() {
        return "resnet";
    }

    @Override
    public String id() {
        return Layers.id(kind(), List.of(depth, width));
    }

    @Override
    public void describe(ObjectNode json) {
        json.put("depth", depth).put("width", width);
    }

    private List<ResidualBlock> blocks(Input input) {
        boolean bottleneck = depth == BOTTLENECK;
        List<Integer> counts = bottleneck ? List.of(3, 4, 6, 3) : List.of(2, 2, 2, 2);
        List<ResidualBlock> blocks = new ArrayList<>();
        int in = width;
        int height = input.height();
        int across = input.width();
        for (int stage = 0; stage < counts.size(); stage++) {
            for (int i = 0; i < counts.get(stage); i++) {
                int stride = stage > 0 && i == 0 ? 2 : 1;
                blocks.add(
                        new ResidualBlock(
                                "layer" + (stage + 1) + "." + i,
                                in,
                                width << stage,
                                bottleneck,
                                stride,
                                height * across,
                                halved(height, stride) * halved(across, stride)));
                in = blocks.getLast().out();
                height = halved(height, stride);
                across = halved(across, stride);
            }
        }
        return blocks;
    }

    private static int halved(int size, int stride) {
        return (size - 1) / stride + 1;
    }

    private Declared declared(Input input) {
        Declared p = new Declared();
        p.convolution("conv1", width, input.channels(), 3, input.height() * input.width())
                .batchNorm("bn1", width);
        for (ResidualBlock block : blocks(input)) {
            block.declare(p);
        }
        int features = blocks(input).getLast().out();
        return p.dense("fc", input.classes(), features, 1);
    }

    @Override
    public List<Parameter> parameters(Input input) {
        return declared(input).tensors();
    }

    @Override
    public List<Parameter> buffers(Input input) {
        return declared(input).buffers();
    }

    @Override
    public Node logits(Node x, List<Node> tensors, Input input) {
        return forward(x, tensors, input, Forward.Mode.EVALUATION).logits();
    }

    @Override
    public Forward forward(Node x, List<Node> tensors, Input input, Forward.Mode mode) {
        Scope p = Scope.of(tensors(input), tensors);
        BatchNorms norms = new BatchNorms(mode);
        Node h = norms.of(p, "bn1", x.convolve(p.get("conv1.weight"), 1)).relu(0);
        for (ResidualBlock block : blocks(input)) {
            h = block.of(p, norms, h);
        }
        Node logits = p.dense("fc", Layers.pixelMean(h));
        List<Node> buffers = tensors.subList(parameters(input).size(), tensors.size());
        return new Forward(logits, List.of(), buffers.stream().map(norms::next).toList());
    }
}
