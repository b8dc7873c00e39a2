package org.phasezoo.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// A graph under construction. Equal ops on equal inputs are one node.
public final class Graph {
    private record Identity(Op op, List<Integer> inputs) {}

    private final List<Node> nodes = new ArrayList<>();
    private final Map<Identity, Node> known = new HashMap<>();

    /// The node of this op on these inputs.
    ///
    /// @throws IllegalArgumentException when the op does not take inputs of these shapes
    public Node node(Op op, Node... inputs) {
        List<Integer> numbers = new ArrayList<>();
        for (Node input : inputs) {
            if (input.graph() != this) {
                throw new IllegalArgumentException("node " + input + " belongs to another graph");
            }
            numbers.add(input.number());
        }
        Identity identity = new Identity(op, numbers);
        Node node = known.get(identity);
        if (node == null) {
            List<Node> list = List.of(inputs);
            node = new Node(this, nodes.size(), op, list, Shapes.of(op, list));
            nodes.add(node);
            known.put(identity, node);
        }
        return node;
    }

    public Node input(String name, Shape shape) {
        return node(new Op.Input(name, shape));
    }

    public Node constant(double value) {
        return node(new Op.Constant(value));
    }

    /// A constant repeated to a shape.
    public Node constant(double value, Shape shape) {
        return constant(value).broadcast(shape);
    }

    public Node count(String rows) {
        return node(new Op.Count(rows));
    }

    /// Draws, new in each run; see [Op.Draw].
    public Node draw(String name, Op.Distribution distribution, Shape shape) {
        return node(new Op.Draw(name, distribution, shape));
    }

    /// All nodes, in the order of making.
    public List<Node> nodes() {
        return List.copyOf(nodes);
    }

    /// The kinds of op of all nodes and of those in the bodies of repeats, one of each, in order of
    /// name.
    public List<Op> ops() {
        TreeMap<String, Op> ops = new TreeMap<>();
        Set<Graph> seen = new HashSet<>();
        List<Graph> open = new ArrayList<>(List.of(this));
        while (!open.isEmpty()) {
            for (Node node : open.removeLast().nodes) {
                ops.putIfAbsent(node.op().getClass().getSimpleName(), node.op());
                if (node.op() instanceof Op.Repeat repeat && seen.add(repeat.body().graph())) {
                    open.add(repeat.body().graph());
                }
            }
        }
        return List.copyOf(ops.values());
    }
}
