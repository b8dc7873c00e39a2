package org.phasezoo.model;

import java.math.BigDecimal;
import java.util.List;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Op;
import org.phasezoo.graph.Shape;

/// Layers that several architectures share.
final class Layers {
    private static final double EPSILON = 1e-5;

    private Layers() {}

    /// A kind and its settings as a short id: −1.5 is `m1p5`.
    static String id(String kind, List<? extends Number> settings) {
        StringBuilder id = new StringBuilder(kind);
        for (Number setting : settings) {
            String text =
                    BigDecimal.valueOf(setting.doubleValue()).stripTrailingZeros().toPlainString();
            id.append('-').append(text.replace('-', 'm').replace('.', 'p'));
        }
        return id.toString();
    }

    /// x · Wᵀ + b, with W of shape (out, in).
    static Node dense(Node x, Node weight, Node bias) {
        Node y = x.contract(false, weight, true);
        return y.plus(bias.broadcast(y.shape(), 1));
    }

    /// The dense layer W, b at each pixel of `(n, in, height, width)`.
    static Node pixelwise(Node x, Node weight, Node bias) {
        Node y = pixelwise(x, weight);
        return y.plus(bias.broadcast(y.shape(), 1));
    }

    /// As [#pixelwise(Node, Node, Node)], without a bias.
    static Node pixelwise(Node x, Node weight) {
        return x.convolve(
                weight.reshape(Shape.of(weight.shape().size(0), weight.shape().size(1), 1, 1)), 0);
    }

    /// Each example of `x` in another shape.
    static Node reshape(Node x, Integer... inner) {
        return x.reshape(Shape.bounded(x.shape().rows(), x.shape().size(0), inner));
    }

    /// Each example of `x` as one row.
    static Node flat(Node x) {
        return reshape(x, x.shape().rowElements());
    }

    /// Means over the pixels of `(n, channels, height, width)`.
    static Node pixelMean(Node x) {
        return x.sum(2, 3).times(1.0 / (x.shape().size(2) * x.shape().size(3)));
    }

    /// Over the channels of each pixel of `(n, channels, height, width)`: (x − mean) / √(variance +
    /// 10⁻⁵) · scale + bias, with the biased variance.
    ///
    /// *Source*: Ba, Kiros and Hinton, "Layer normalization", 2016, section 3.
    static Node layerNorm(Node x, Node scale, Node bias) {
        double share = 1.0 / x.shape().size(1);
        Node centred = x.minus(x.sum(1).times(share).broadcast(x.shape(), 0, 2, 3));
        return rmsNorm(centred, scale).plus(bias.broadcast(x.shape(), 1));
    }

    /// Over the channels of each pixel of `(n, channels, height, width)`: x / √(mean of x² + 10⁻⁵)
    /// · scale. *Non-finite*: a pixel with NaN is NaN in all channels; one with ∞ is NaN there and
    /// 0 elsewhere.
    ///
    /// *Source*: Zhang and Sennrich, "Root mean square layer normalization", 2019, equation 4,
    /// which has no 10⁻⁵.
    static Node rmsNorm(Node x, Node scale) {
        Node mean = x.times(x).sum(1).times(1.0 / x.shape().size(1));
        Node root = mean.plus(x.graph().constant(EPSILON)).sqrt();
        return x.over(root.broadcast(x.shape(), 0, 2, 3)).times(scale.broadcast(x.shape(), 1));
    }

    /// The softmax along the last axis, shifted by the largest element.
    static Node softmax(Node x) {
        Graph graph = x.graph();
        int last = x.shape().rank() - 1;
        Integer[] others = new Integer[last];
        for (int axis = 0; axis < last; axis++) {
            others[axis] = axis;
        }
        Node top = x.times(graph.node(new Op.FirstMax(), x)).sum(last).stopGradient();
        Node e = x.minus(top.broadcast(x.shape(), others)).exp();
        return e.over(e.sum(last).broadcast(e.shape(), others));
    }
}
