package org.phasezoo.study.dynamics;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Shape;
import org.phasezoo.model.Parameter;
import org.phasezoo.study.Probe;
import org.phasezoo.study.StoredNet;

/// The parameters of a perceptron on the embeddings of two residues and its logits as graph; stored
/// as `modular-net-<modulus>-<dimension>-<width>`, from pairs (a, b) to logits.
final class ModularGraph {
    private ModularGraph() {}

    static List<Parameter> parameters(int p, int dimension, int width) {
        return List.of(
                matrix("embedding", p, dimension, dimension),
                matrix("left", dimension, width, dimension),
                matrix("right", dimension, width, dimension),
                matrix("readout", width, p, width),
                new Parameter("shift", Shape.of(width), "bias", 0, 1),
                new Parameter("readout.shift", Shape.of(p), "bias", 0, 1));
    }

    /// The net for readers elsewhere, from pairs (a, b).
    static StoredNet stored(int p, int dimension, int width) {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.put("kind", "modular-net").put("modulus", p);
        settings.put("dimension", dimension).put("width", width);
        double[] probe = new double[2 * Probe.INPUTS];
        for (int i = 0; i < Probe.INPUTS; i++) {
            probe[2 * i] = i % p;
            probe[2 * i + 1] = 5 * i % p;
        }
        return StoredNet.ofRows(
                "modular-net-" + p + "-" + dimension + "-" + width,
                settings,
                parameters(p, dimension, width),
                new StoredNet.Rows(2, probe),
                ModularGraph::ofPairs);
    }

    /// Logits of pairs of residues `(n, 2)`.
    private static Node ofPairs(List<Node> theta, Node pairs) {
        Shape rows = Shape.bounded(pairs.shape().rows(), pairs.shape().size(0));
        Node a = theta.get(0).gather(pairs.slice(1, 0, 1).reshape(rows));
        Node b = theta.get(0).gather(pairs.slice(1, 1, 2).reshape(rows));
        return logits(
                theta,
                a.contract(false, theta.get(1), false)
                        .plus(b.contract(false, theta.get(2), false)));
    }

    /// Logits of what enters the hidden layer.
    static Node logits(List<Node> theta, Node entered) {
        Node hidden = entered.plus(theta.get(4).broadcast(entered.shape(), 1)).relu(0);
        Node z = hidden.contract(false, theta.get(3), false);
        return z.plus(theta.get(5).broadcast(z.shape(), 1));
    }

    private static Parameter matrix(String name, int rows, int columns, int fanIn) {
        return new Parameter(name, Shape.of(rows, columns), "weight", fanIn, 1);
    }
}
