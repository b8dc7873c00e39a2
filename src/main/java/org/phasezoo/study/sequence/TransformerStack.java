package org.phasezoo.study.sequence;

import java.util.ArrayList;
import java.util.List;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Op;
import org.phasezoo.graph.Shape;
import org.phasezoo.random.Draws;

/// Transformer blocks of one head with a rectifier layer of four times the width, between an
/// embedding and a linear read-out, as graph. Arrays of tokens are `(sequences, width, 1, tokens)`,
/// so that linear maps are convolutions of one pixel; attention is not masked. Norms have unit
/// scale and no shift, there are no biases: the state at initialisation.
///
/// *Source*: Xiong et al., "On layer normalization in the transformer architecture", 2020, section
/// 3.1 and table 1.
final class TransformerStack {
    static final String ROWS = "sequences";

    /// A weight matrix (out, in) of the stack; its input has this name.
    record Weight(String name, int out, int in) {
        /// Xavier's normal initialisation, variance 2 / (in + out).
        double[] draw(Draws draws, int index) {
            double[] values = new double[out * in];
            double deviation = Math.sqrt(2.0 / (in + out));
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (deviation * draws.normal(((long) index << 32) + i));
            }
            return values;
        }
    }

    private final Graph graph = new Graph();
    private final List<Weight> weights = new ArrayList<>();
    private final List<Node> secondMaps = new ArrayList<>();
    private final int width;
    private final Node loss;

    TransformerStack(
            NormPlacement.Placement placement,
            int layers,
            int width,
            int symbols,
            int sequences,
            int tokens) {
        this.width = width;
        Shape texts = Shape.bounded(ROWS, sequences, symbols, 1, tokens);
        Node x = map(graph.input("inputs", texts), "embedding", width);
        for (int layer = 0; layer < layers; layer++) {
            x =
                    switch (placement) {
                        case PRE -> {
                            Node attended = x.plus(attention(norm(x), layer));
                            yield attended.plus(feedForward(norm(attended), layer));
                        }
                        case POST -> {
                            Node attended = norm(x.plus(attention(x, layer)));
                            yield norm(attended.plus(feedForward(attended, layer)));
                        }
                    };
        }
        Node logits =
                map(placement == NormPlacement.Placement.PRE ? norm(x) : x, "read-out", symbols);
        // logits of a fresh net are of order 1, so that no shift is needed
        Node log = logits.exp().sum(1).log();
        Node right = logits.times(graph.input("targets", texts)).sum(1);
        loss = log.minus(right).sumAll().over(graph.count(ROWS).times(tokens));
    }

    private Node map(Node x, String name, int out) {
        Weight weight = new Weight(name, out, x.shape().size(1));
        weights.add(weight);
        return x.convolve(graph.input(name, Shape.of(out, weight.in(), 1, 1)), 0);
    }

    /// (x − mean) / √(variance + 1e-5) over the width.
    private static Node norm(Node x) {
        int width = x.shape().size(1);
        Node mean = x.sum(1).times(1.0 / width);
        Node centred = x.minus(mean.broadcast(x.shape(), 0, 2, 3));
        Node variance = centred.times(centred).sum(1).times(1.0 / width);
        Node deviation = variance.plus(x.graph().constant(1e-5)).sqrt();
        return centred.over(deviation.broadcast(x.shape(), 0, 2, 3));
    }

    private Node attention(Node x, int layer) {
        Shape flat = Shape.bounded(ROWS, x.shape().size(0), width, x.shape().size(3));
        Node q = map(x, "q" + layer, width).reshape(flat);
        Node k = map(x, "k" + layer, width).reshape(flat);
        Node v = map(x, "v" + layer, width).reshape(flat);
        Node scores = q.contract(true, k, false).times(1 / Math.sqrt(width));
        Node top = scores.times(graph.node(new Op.FirstMax(), scores)).sum(2).stopGradient();
        Node e = scores.minus(top.broadcast(scores.shape(), 0, 1)).exp();
        Node shares = e.over(e.sum(2).broadcast(e.shape(), 0, 1));
        return map(v.contract(false, shares, true).reshape(x.shape()), "o" + layer, width);
    }

    private Node feedForward(Node x, int layer) {
        Node y = map(map(x, "first" + layer, 4 * width).relu(0), "second" + layer, width);
        Weight last = weights.getLast();
        secondMaps.add(graph.input(last.name(), Shape.of(last.out(), last.in(), 1, 1)));
        return y;
    }

    List<Weight> weights() {
        return weights;
    }

    /// The second linear map of the feed-forward part of each layer.
    List<Node> secondMaps() {
        return secondMaps;
    }

    /// Mean cross-entropy over all tokens, in nats.
    Node loss() {
        return loss;
    }
}
