package org.phasezoo.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeSet;

/// What a function of nodes computes, as a graph of its own. Nodes that it reads and that do not
/// depend on its arguments are *captured*: they become inputs, too, except for constants, counts,
/// indices and repeats of these, which are made anew.
///
/// @param arguments the inputs that stand for the arguments
/// @param captured nodes of the graph that was traced, in ascending order
/// @param fixed the inputs that stand for them
record Traced(List<Node> arguments, List<Node> captured, List<Node> fixed, Node result) {
    /// @param arguments nodes on which nothing else depends
    static Traced of(List<Node> arguments, Node result) {
        List<Node> nodes = result.graph().nodes();
        boolean[] depends = new boolean[nodes.size()];
        arguments.forEach(argument -> depends[argument.number()] = true);
        boolean[] free = new boolean[nodes.size()];
        for (Node node : nodes.subList(0, result.number() + 1)) {
            free[node.number()] = isFree(node, free);
            for (Node input : node.inputs()) {
                depends[node.number()] |= depends[input.number()];
            }
        }
        TreeSet<Integer> reached = new TreeSet<>(List.of(result.number()));
        List<Node> captured = new ArrayList<>();
        for (int i = result.number(); i >= 0; i--) {
            if (!reached.contains(i) || arguments.contains(nodes.get(i))) {
                continue;
            }
            if (depends[i] || free[i]) {
                nodes.get(i).inputs().forEach(input -> reached.add(input.number()));
            } else {
                captured.addFirst(nodes.get(i));
            }
        }
        Graph graph = new Graph();
        List<Node> inputs = Body.like(arguments, "argument", graph);
        List<Node> fixed = Body.like(captured, "fixed", graph);
        SequencedMap<Node, Node> by = new LinkedHashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            by.put(arguments.get(i), inputs.get(i));
        }
        for (int i = 0; i < fixed.size(); i++) {
            by.put(captured.get(i), fixed.get(i));
        }
        Node copy = Substitution.of(List.of(result), by, graph).getFirst();
        return new Traced(inputs, captured, fixed, copy);
    }

    private static boolean isFree(Node node, boolean[] free) {
        return switch (node.op()) {
            case Op.Constant(_), Op.Count(_), Op.Iota(_, _) -> true;
            case Op.Broadcast(_, _) -> free[node.input(0).number()];
            default -> false;
        };
    }
}
