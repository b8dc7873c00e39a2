package org.phasezoo.model;

import org.phasezoo.graph.Node;

/// relu(f(x) + x), where f is two convolutions 3 × 3 (basic) or 1 × 1, 3 × 3 and 1 × 1 to four
/// times the width (bottleneck), each with batch norm, and a rectifier between them; the first 3 ×
/// 3 carries the stride. Where sizes differ, x passes a convolution 1 × 1 with batch norm.
///
/// *Source*: He et al. 2016, figures 2 and 5, projection shortcuts (option B); the stride's place
/// as in torchvision.
///
/// @param width channels of the 3 × 3 convolutions
/// @param before pixels of the input
/// @param after pixels of the result
record ResidualBlock(
        String name, int in, int width, boolean bottleneck, int stride, int before, int after) {
    private static final int EXPANSION = 4;

    int out() {
        return bottleneck ? EXPANSION * width : width;
    }

    private boolean projects() {
        return stride != 1 || in != out();
    }

    void declare(Declared network) {
        Declared p = network.in(name);
        if (bottleneck) {
            p.convolution("conv1", width, in, 1, before).batchNorm("bn1", width);
            p.convolution("conv2", width, width, 3, after).batchNorm("bn2", width);
            p.convolution("conv3", out(), width, 1, after).batchNorm("bn3", out());
        } else {
            p.convolution("conv1", width, in, 3, after).batchNorm("bn1", width);
            p.convolution("conv2", width, width, 3, after).batchNorm("bn2", width);
        }
        if (projects()) {
            p.convolution("downsample.0", out(), in, 1, after).batchNorm("downsample.1", out());
        }
    }

    Node of(Scope network, BatchNorms norms, Node x) {
        Scope p = network.in(name);
        Node h;
        if (bottleneck) {
            h = norms.of(p, "bn1", x.convolve(p.get("conv1.weight"), 0)).relu(0);
            h = norms.of(p, "bn2", h.convolve(p.get("conv2.weight"), 1, stride)).relu(0);
            h = norms.of(p, "bn3", h.convolve(p.get("conv3.weight"), 0));
        } else {
            h = norms.of(p, "bn1", x.convolve(p.get("conv1.weight"), 1, stride)).relu(0);
            h = norms.of(p, "bn2", h.convolve(p.get("conv2.weight"), 1));
        }
        return h.plus(projects() ? projected(p, norms, x) : x).relu(0);
    }

    private Node projected(Scope p, BatchNorms norms, Node x) {
        return norms.of(p, "downsample.1", x.convolve(p.get("downsample.0.weight"), 0, stride));
    }
}
