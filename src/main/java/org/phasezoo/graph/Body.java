package org.phasezoo.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One trip of an [Op.Repeat]: a graph of its own, whose inputs are of three kinds. *Carried* ones
/// hold the state before the trip, *each* ones a slice for the trip, *fixed* ones the same in all
/// trips. Its results are the *next* state, an array for each carried one, and what it *emits*.
///
/// A body equals itself only; so that equal derivatives of equal repeats are one node, it keeps the
/// bodies that were derived from it.
public final class Body {
    private record Result(Op.Repeat.Result kind, int index, boolean rules) {}

    private final List<Node> carried;
    private final List<Node> each;
    private final List<Node> fixed;
    private final List<Node> next;
    private final List<Node> emitted;
    private final Map<Result, Needs> needs = new LinkedHashMap<>();
    private final Map<Result, RepeatAdjoint> adjoints = new LinkedHashMap<>();
    private final Map<List<Boolean>, RepeatTangent> tangents = new LinkedHashMap<>();

    /// @param carried inputs, as `each` and `fixed` are; all nodes are of one graph
    /// @throws IllegalArgumentException when the results are not of the shapes of the carried
    ///   inputs, or depend on an input that is not listed or on draws (they would be the same in
    ///   each trip)
    public Body(
            List<Node> carried,
            List<Node> each,
            List<Node> fixed,
            List<Node> next,
            List<Node> emitted) {
        this.carried = List.copyOf(carried);
        this.each = List.copyOf(each);
        this.fixed = List.copyOf(fixed);
        this.next = List.copyOf(next);
        this.emitted = List.copyOf(emitted);
        check();
    }

    private void check() {
        List<Node> results = new ArrayList<>(next);
        results.addAll(emitted);
        if (results.isEmpty()) {
            throw new IllegalArgumentException("a body has a result");
        }
        TreeSet<Integer> inputs = new TreeSet<>();
        TreeSet<String> names = new TreeSet<>();
        for (List<Node> kind : List.of(carried, each, fixed)) {
            for (Node input : kind) {
                if (!(input.op() instanceof Op.Input(String name, _))
                        || input.graph() != graph()
                        || !names.add(name)) {
                    throw new IllegalArgumentException(
                            "node " + input + " is no input of the body with a name of its own");
                }
                inputs.add(input.number());
            }
        }
        if (!shapes(next).equals(shapes(carried))) {
            throw new IllegalArgumentException(
                    "the next state has shapes " + shapes(next) + ", not " + shapes(carried));
        }
        for (Node leaf : leaves(results, false)) {
            if (leaf.op() instanceof Op.Draw || !inputs.contains(leaf.number())) {
                throw new IllegalArgumentException(
                        "a body draws nothing and depends only on the inputs listed, not on "
                                + leaf);
            }
        }
    }

    private static List<Shape> shapes(List<Node> nodes) {
        return nodes.stream().map(Node::shape).toList();
    }

    Graph graph() {
        return next.isEmpty() ? emitted.getFirst().graph() : next.getFirst().graph();
    }

    public List<Node> carried() {
        return carried;
    }

    public List<Node> each() {
        return each;
    }

    public List<Node> fixed() {
        return fixed;
    }

    public List<Node> next() {
        return next;
    }

    public List<Node> emitted() {
        return emitted;
    }

    /// Number of inputs of an [Op.Repeat] of this body.
    int inputs() {
        return carried.size() + each.size() + fixed.size();
    }

    /// The inputs and draws that nodes of one graph depend on, in ascending order: with `rules`
    /// those of their derivatives, too.
    static List<Node> leaves(List<Node> roots, boolean rules) {
        TreeSet<Integer> seen = new TreeSet<>();
        roots.forEach(root -> seen.add(root.number()));
        List<Node> nodes = roots.getFirst().graph().nodes();
        List<Node> leaves = new ArrayList<>();
        for (@Nullable Integer at = seen.last(); at != null; at = seen.lower(at)) {
            Node node = nodes.get(at);
            if (node.op() instanceof Op.Input || node.op() instanceof Op.Draw) {
                leaves.addFirst(node);
            }
            node.needed(rules).forEach(input -> seen.add(input.number()));
        }
        return leaves;
    }

    /// What a result of a repeat of this body needs; with `rules` what its derivatives do, too.
    public synchronized Needs needs(Op.Repeat.Result kind, int index, boolean rules) {
        Result result = new Result(kind, index, rules);
        Needs known = needs.get(result);
        if (known == null) {
            known = Needs.of(this, kind, index, rules);
            needs.put(result, known);
        }
        return known;
    }

    synchronized RepeatAdjoint adjoint(Op.Repeat.Result kind, int index) {
        Result result = new Result(kind, index, true);
        RepeatAdjoint known = adjoints.get(result);
        if (known == null) {
            known = RepeatAdjoint.of(this, kind, index);
            adjoints.put(result, known);
        }
        return known;
    }

    /// `along`: which inputs of the repeat have tangents.
    synchronized RepeatTangent tangent(List<Boolean> along) {
        RepeatTangent known = tangents.get(along);
        if (known == null) {
            known = RepeatTangent.of(this, along);
            tangents.put(along, known);
        }
        return known;
    }

    /// Nodes of this body computed in another graph, from these inputs.
    List<Node> copied(
            List<Node> roots, Graph to, List<Node> states, List<Node> slices, List<Node> same) {
        SequencedMap<Node, Node> by = new LinkedHashMap<>();
        put(carried, states, by);
        put(each, slices, by);
        put(fixed, same, by);
        return Substitution.of(roots, by, to);
    }

    private static void put(List<Node> from, List<Node> to, SequencedMap<Node, Node> by) {
        for (int i = 0; i < from.size(); i++) {
            by.put(from.get(i), to.get(i));
        }
    }

    /// Those of a list that stand at these places.
    static List<Node> at(List<Node> nodes, List<Integer> places) {
        return places.stream().map(nodes::get).toList();
    }

    /// Inputs of a graph, named `kind` and a number, of the shapes of these nodes.
    static List<Node> like(List<Node> nodes, String kind, Graph graph) {
        List<Node> inputs = new ArrayList<>();
        for (Node node : nodes) {
            inputs.add(graph.input(kind + " " + inputs.size(), node.shape()));
        }
        return inputs;
    }

    @Override
    public String toString() {
        return "body of " + graph().nodes().size() + " nodes";
    }
}
