package org.phasezoo.engine;

import java.util.ArrayList;
import java.util.List;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Op;
import org.phasezoo.graph.Shape;

/// Small networks for tests: a graph, its data input `x`, its parameters, and a scalar loss.
record Nets(Graph graph, List<Node> parameters, Node loss) {
    static Nets convolutional(String activation, int capacity, boolean norm) {
        Graph g = new Graph();
        Node x = g.input("x", Shape.bounded("n", capacity, 2, 4, 4));
        Node y = g.input("y", Shape.bounded("n", capacity, 3));
        List<Node> p = new ArrayList<>();
        p.add(g.input("w1", Shape.of(5, 2, 3, 3)));
        p.add(g.input("b1", Shape.of(5)));
        p.add(g.input("w2", Shape.of(3, 20)));
        p.add(g.input("b2", Shape.of(3)));
        Node c = x.convolve(p.get(0), 1);
        Node z = c.plus(p.get(1).broadcast(c.shape(), 1));
        z = norm ? normalised(z) : z;
        Node h = activate(z, activation).averagePool(2);
        Node flat = h.reshape(Shape.bounded("n", capacity, 20));
        Node logits = flat.contract(false, p.get(2), true);
        logits = logits.plus(p.get(3).broadcast(logits.shape(), 1));
        return new Nets(g, p, crossEntropy(logits, y));
    }

    static Nets perceptron(String activation, int capacity) {
        Graph g = new Graph();
        Node x = g.input("x", Shape.bounded("n", capacity, 4));
        Node y = g.input("y", Shape.bounded("n", capacity, 2));
        List<Node> p = new ArrayList<>();
        p.add(g.input("w1", Shape.of(7, 4)));
        p.add(g.input("b1", Shape.of(7)));
        p.add(g.input("w2", Shape.of(2, 7)));
        Node z = x.contract(false, p.get(0), true);
        z = z.plus(p.get(1).broadcast(z.shape(), 1));
        Node out = activate(z, activation).contract(false, p.get(2), true);
        Node d = out.minus(y);
        return new Nets(g, p, d.times(d).sumAll().times(.5).over(g.count("n")));
    }

    /// Attention: contractions inside each sample, a softmax over the last axis, and convolutions
    /// of one pixel.
    static Nets attention(int capacity) {
        Graph g = new Graph();
        Node x = g.input("x", Shape.bounded("n", capacity, 6, 1, 7));
        List<Node> w = new ArrayList<>();
        for (String name : List.of("q", "k", "v", "o")) {
            w.add(g.input(name, Shape.of(6, 6, 1, 1)));
        }
        Shape heads = Shape.bounded("n", capacity, 2, 3, 7);
        Node scores =
                x.convolve(w.get(0), 0)
                        .reshape(heads)
                        .contract(true, x.convolve(w.get(1), 0).reshape(heads), false);
        Node top = scores.times(g.node(new Op.FirstMax(), scores)).sum(3).stopGradient();
        Node e = scores.minus(top.broadcast(scores.shape(), 0, 1, 2)).exp();
        Node a = e.over(e.sum(3).broadcast(e.shape(), 0, 1, 2));
        Node out =
                x.convolve(w.get(2), 0)
                        .reshape(heads)
                        .contract(false, a, true)
                        .reshape(x.shape())
                        .convolve(w.get(3), 0)
                        .plus(x);
        return new Nets(g, w, out.times(out).sumAll().over(g.count("n")));
    }

    /// A residual block with batch norm whose first convolution and projection have stride 2.
    static Nets residual(int capacity) {
        Graph g = new Graph();
        Node x = g.input("x", Shape.bounded("n", capacity, 2, 6, 6));
        Node y = g.input("y", Shape.bounded("n", capacity, 3));
        List<Node> p = new ArrayList<>();
        p.add(g.input("w1", Shape.of(4, 2, 3, 3)));
        p.add(g.input("w2", Shape.of(4, 4, 3, 3)));
        p.add(g.input("projection", Shape.of(4, 2, 1, 1)));
        p.add(g.input("head", Shape.of(3, 4)));
        Node h = normalised(x.convolve(p.get(0), 1, 2)).relu(0);
        h = normalised(h.convolve(p.get(1), 1)).plus(x.convolve(p.get(2), 0, 2)).relu(0);
        Node mean = h.averagePool(3).reshape(Shape.bounded("n", capacity, 4));
        return new Nets(g, p, crossEntropy(mean.contract(false, p.get(3), true), y));
    }

    static Node activate(Node z, String activation) {
        return switch (activation) {
            case "relu" -> z.relu(0);
            case "leaky" -> z.relu(.1);
            case "tanh" -> z.tanh();
            case "gelu" -> z.gelu();
            default -> throw new IllegalArgumentException(activation);
        };
    }

    static Node normalised(Node z) {
        Graph g = z.graph();
        int area = z.shape().size(2) * z.shape().size(3);
        Node n = g.count("n").times(area);
        Node mean = z.sum(0, 2, 3);
        mean = mean.over(n.broadcast(mean.shape()));
        Node centred = z.minus(mean.broadcast(z.shape(), 1));
        Node variance = centred.times(centred).sum(0, 2, 3);
        variance = variance.over(n.broadcast(variance.shape()));
        Node scale = variance.plus(g.constant(1e-3)).sqrt();
        return centred.over(scale.broadcast(z.shape(), 1));
    }

    static Node crossEntropy(Node logits, Node y) {
        Node top =
                logits.times(logits.graph().node(new Op.FirstMax(), logits)).sum(1).stopGradient();
        Node shifted = logits.minus(top.broadcast(logits.shape(), 0));
        Node logSum = shifted.exp().sum(1).log();
        Node logP = shifted.minus(logSum.broadcast(logits.shape(), 0));
        return logP.times(y).sumAll().negated().over(logits.graph().count("n"));
    }
}
