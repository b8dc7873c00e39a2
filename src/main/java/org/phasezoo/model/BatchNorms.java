package org.phasezoo.model;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;

/// The batch norms of one forward pass, with the tensors of PyTorch's `BatchNorm2d`.
///
/// *Definition*: per channel of `(n, channels, height, width)`, (x − m) / √(v + 10⁻⁵) · scale +
/// bias. In training m and v are mean and biased variance over the N = n · height · width values of
/// the batch, and the running ones move a tenth of the way to m and to v · N / (N − 1); in
/// evaluation they are the running ones.
///
/// *Source*: Ioffe and Szegedy, "Batch normalization", 2015, algorithms 1 and 2; constants as
/// PyTorch's defaults.
final class BatchNorms {
    private static final double EPSILON = 1e-5;
    private static final double MOMENTUM = .1;

    private final Forward.Mode mode;
    private final SequencedMap<Node, Node> renewed = new LinkedHashMap<>();

    BatchNorms(Forward.Mode mode) {
        this.mode = mode;
    }

    /// The norm `name` of `x`.
    Node of(Scope p, String name, Node x) {
        Scope here = p.in(name);
        Node mean = here.get("running_mean");
        Node variance = here.get("running_var");
        if (mode == Forward.Mode.EVALUATION) {
            return scaled(here, x.minus(mean.broadcast(x.shape(), 1)), variance);
        }
        Graph graph = x.graph();
        Node n = graph.count(x.shape().rows()).times(x.shape().size(2) * x.shape().size(3));
        Node ofBatch = mean(x, n);
        Node centred = x.minus(ofBatch.broadcast(x.shape(), 1));
        Node spread = mean(centred.times(centred), n);
        Node correction = n.over(n.minus(graph.constant(1)));
        renewed.put(mean, moved(mean, ofBatch));
        renewed.put(variance, moved(variance, spread.times(correction)));
        return scaled(here, centred, spread);
    }

    private static Node mean(Node x, Node n) {
        Node sum = x.sum(0, 2, 3);
        return sum.over(n.broadcast(sum.shape()));
    }

    private static Node moved(Node running, Node ofBatch) {
        return running.times(1 - MOMENTUM).plus(ofBatch.times(MOMENTUM));
    }

    private static Node scaled(Scope here, Node centred, Node variance) {
        Node deviation = variance.plus(variance.graph().constant(EPSILON)).sqrt();
        return centred.times(here.get("weight").over(deviation).broadcast(centred.shape(), 1))
                .plus(here.get("bias").broadcast(centred.shape(), 1));
    }

    /// The next value of a buffer.
    Node next(Node buffer) {
        return renewed.getOrDefault(buffer, buffer);
    }
}
