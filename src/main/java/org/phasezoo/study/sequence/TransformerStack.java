package org.phasezoo.study.sequence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Op;
import org.phasezoo.graph.Shape;
import org.phasezoo.model.Parameter;

/// Transformer blocks of one head with a rectifier layer of four times the width, between an
/// embedding and a linear read-out, as graph. Arrays of tokens are `(sequences, width, 1, tokens)`,
/// so that linear maps are convolutions of one pixel; attention is not masked.
///
/// *Source*: Xiong et al., "On layer normalization in the transformer architecture", 2020, section
/// 3.1 and table 1.
///
/// @param affine whether norms have a scale and a shift, and the maps of the rectifier layer
///   biases; at initialisation, 1 and 0, they change nothing
record TransformerStack(
        NormPlacement.Placement placement, int layers, int width, int symbols, boolean affine) {
    private static final int EXPANSION = 4;
    private static final String NORM = "norm";

    /// Parameters in a graph, by their names.
    static final class Named {
        private final Map<String, Node> nodes = new LinkedHashMap<>();

        Named(List<Parameter> parameters, List<Node> nodes) {
            for (int i = 0; i < parameters.size(); i++) {
                this.nodes.put(parameters.get(i).name(), nodes.get(i));
            }
        }

        Node get(String name) {
            return Objects.requireNonNull(nodes.get(name), name);
        }
    }

    /// Xavier's deviations, but for the embedding, N(0, 1).
    List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>();
        all.add(new Parameter("embedding", Shape.of(width, symbols), "weight", 1, 1));
        for (int layer = 0; layer < layers; layer++) {
            for (String name : List.of("q", "k", "v", "o")) {
                all.add(weight(name + layer, width, width));
            }
            all.add(weight("first" + layer, EXPANSION * width, width));
            all.add(weight("second" + layer, width, EXPANSION * width));
        }
        all.add(weight("read-out", symbols, width));
        for (int layer = 0; affine && layer < layers; layer++) {
            norm(all, "attended" + layer);
            norm(all, "fed" + layer);
            all.add(bias("first" + layer, EXPANSION * width));
            all.add(bias("second" + layer, width));
        }
        if (affine && placement == NormPlacement.Placement.PRE) {
            norm(all, NORM);
        }
        return all;
    }

    private static Parameter weight(String name, int out, int in) {
        double deviation = Math.sqrt(2.0 * in / (in + out));
        return new Parameter(name, Shape.of(out, in), "weight", in, 1, deviation, 1);
    }

    private static Parameter bias(String name, int size) {
        return new Parameter(name + ".bias", Shape.of(size), "bias", 0, 1);
    }

    private void norm(List<Parameter> all, String name) {
        Shape shape = Shape.of(width);
        all.add(new Parameter(name + ".scale", shape, "scale", 0, 1, 1, 1, 1));
        all.add(bias(name, width));
    }

    /// Vectors of tokens that are one-hot.
    Node embedded(Named p, Node tokens) {
        return map(p, "embedding", tokens);
    }

    /// Logits `(sequences, symbols, 1, tokens)` of vectors of tokens.
    Node logits(Named p, Node embedded) {
        Node x = embedded;
        for (int layer = 0; layer < layers; layer++) {
            String first = "attended" + layer;
            String second = "fed" + layer;
            x =
                    switch (placement) {
                        case PRE -> {
                            Node h = x.plus(attention(p, norm(p, first, x), layer));
                            yield h.plus(feedForward(p, norm(p, second, h), layer));
                        }
                        case POST -> {
                            Node h = norm(p, first, x.plus(attention(p, x, layer)));
                            yield norm(p, second, h.plus(feedForward(p, h, layer)));
                        }
                    };
        }
        Node last = placement == NormPlacement.Placement.PRE ? norm(p, NORM, x) : x;
        return map(p, "read-out", last);
    }

    private static Node map(Named p, String name, Node x) {
        Node weight = p.get(name);
        Shape kernel = Shape.of(weight.shape().size(0), weight.shape().size(1), 1, 1);
        return x.convolve(weight.reshape(kernel), 0);
    }

    private Node biased(Named p, String name, Node x) {
        return affine ? x.plus(p.get(name + ".bias").broadcast(x.shape(), 1)) : x;
    }

    /// (x − mean) / √(variance + 1e-5) over the width.
    private Node norm(Named p, String name, Node x) {
        Node mean = x.sum(1).times(1.0 / width);
        Node centred = x.minus(mean.broadcast(x.shape(), 0, 2, 3));
        Node variance = centred.times(centred).sum(1).times(1.0 / width);
        Node deviation = variance.plus(x.graph().constant(1e-5)).sqrt();
        Node y = centred.over(deviation.broadcast(x.shape(), 0, 2, 3));
        return affine
                ? biased(p, name, y.times(p.get(name + ".scale").broadcast(y.shape(), 1)))
                : y;
    }

    private Node attention(Named p, Node x, int layer) {
        Shape flat = Shape.bounded(x.shape().rows(), x.shape().size(0), width, x.shape().size(3));
        Node q = map(p, "q" + layer, x).reshape(flat);
        Node k = map(p, "k" + layer, x).reshape(flat);
        Node v = map(p, "v" + layer, x).reshape(flat);
        Node scores = q.contract(true, k, false).times(1 / Math.sqrt(width));
        Node top = scores.times(x.graph().node(new Op.FirstMax(), scores)).sum(2).stopGradient();
        Node e = scores.minus(top.broadcast(scores.shape(), 0, 1)).exp();
        Node shares = e.over(e.sum(2).broadcast(e.shape(), 0, 1));
        return map(p, "o" + layer, v.contract(false, shares, true).reshape(x.shape()));
    }

    private Node feedForward(Named p, Node x, int layer) {
        String first = "first" + layer;
        String second = "second" + layer;
        return biased(p, second, map(p, second, biased(p, first, map(p, first, x)).relu(0)));
    }
}
