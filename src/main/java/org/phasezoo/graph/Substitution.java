package org.phasezoo.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// The same expression of other nodes.
public final class Substitution {
    private Substitution() {}

    /// `root` with each key of `by` replaced by its value, which has the key's shape.
    public static Node of(Node root, SequencedMap<Node, Node> by) {
        return of(List.of(root), by, root.graph()).getFirst();
    }

    /// The same of several nodes of one graph, computed in the graph `to`: that of the values.
    static List<Node> of(List<Node> roots, SequencedMap<Node, Node> by, Graph to) {
        Map<Integer, Node> made = new TreeMap<>();
        by.forEach((from, value) -> made.put(from.number(), value));
        TreeSet<Integer> needed = new TreeSet<>();
        roots.forEach(root -> needed.add(root.number()));
        List<Node> nodes = roots.getFirst().graph().nodes();
        for (int i = needed.last(); i >= 0; i--) {
            if (needed.contains(i) && !made.containsKey(i)) {
                nodes.get(i).inputs().forEach(input -> needed.add(input.number()));
            }
        }
        for (int i : needed) {
            if (!made.containsKey(i)) {
                Node node = nodes.get(i);
                List<Node> inputs = new ArrayList<>();
                node.inputs().forEach(input -> inputs.add(made.get(input.number())));
                made.put(i, to.node(node.op(), inputs.toArray(new Node[0])));
            }
        }
        return roots.stream().map(root -> made.getOrDefault(root.number(), root)).toList();
    }
}
