package org.phasezoo.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.phasezoo.graph.Node;

/// The nodes of a network's tensors by the names that they were declared under in [Declared], and
/// the layers that need nothing but such tensors.
final class Scope {
    private final String prefix;
    private final Map<String, Node> nodes;

    private Scope(String prefix, Map<String, Node> nodes) {
        this.prefix = prefix;
        this.nodes = nodes;
    }

    static Scope of(List<Parameter> tensors, List<Node> nodes) {
        Map<String, Node> named = new LinkedHashMap<>();
        for (int i = 0; i < tensors.size(); i++) {
            named.put(tensors.get(i).name(), nodes.get(i));
        }
        return new Scope("", named);
    }

    Scope in(String module) {
        return new Scope(prefix + module + ".", nodes);
    }

    Node get(String name) {
        Node node = nodes.get(prefix + name);
        if (node == null) {
            throw new IllegalArgumentException("no tensor is named " + prefix + name);
        }
        return node;
    }

    /// x · Wᵀ + b of `(n, in)`.
    Node dense(String name, Node x) {
        return Layers.dense(x, get(name + ".weight"), get(name + ".bias"));
    }

    /// The same dense layer at each pixel of `(n, in, height, width)`.
    Node pixelwise(String name, Node x) {
        return Layers.pixelwise(x, get(name + ".weight"), get(name + ".bias"));
    }

    /// Layer norm over the channels of each pixel.
    Node layerNorm(String name, Node x) {
        return Layers.layerNorm(x, get(name + ".weight"), get(name + ".bias"));
    }
}
