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
        Map<Integer, Node> made = new TreeMap<>();
        by.forEach((from, to) -> made.put(from.number(), to));
        TreeSet<Integer> needed = new TreeSet<>(List.of(root.number()));
        List<Node> nodes = root.graph().nodes();
        for (int i = root.number(); i >= 0; i--) {
            if (needed.contains(i) && !made.containsKey(i)) {
                nodes.get(i).inputs().forEach(input -> needed.add(input.number()));
            }
        }
        for (int i : needed) {
            if (!made.containsKey(i)) {
                Node node = nodes.get(i);
                List<Node> inputs = new ArrayList<>();
                node.inputs().forEach(input -> inputs.add(made.get(input.number())));
                made.put(i, root.graph().node(node.op(), inputs.toArray(new Node[0])));
            }
        }
        return made.getOrDefault(root.number(), root);
    }
}
