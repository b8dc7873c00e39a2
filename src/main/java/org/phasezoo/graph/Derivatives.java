package org.phasezoo.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/// Derivatives of graphs, as graphs: reverse mode, forward mode, and their compositions to any
/// order.
public final class Derivatives {
    private static final double TWO_OVER_SQRT_PI = 2 / Math.sqrt(StrictMath.PI);

    private Derivatives() {}

    /// The gradient of a scalar with respect to each node named; a zero array where it does not
    /// depend on one. Contributions to a node's adjoint are added in ascending number of the nodes
    /// they come from.
    public static List<Node> gradient(Node scalar, List<Node> withRespectTo) {
        if (scalar.shape().rank() != 0) {
            throw new IllegalArgumentException(
                    "the gradient of " + scalar + ": it must be a scalar");
        }
        return pulled(List.of(scalar), List.of(scalar.graph().constant(1)), withRespectTo);
    }

    /// Σ (∂y/∂x)ᵀ u over nodes `ys` of one graph and their adjoints `seeds`, for each x named; a
    /// zero array where none depends on it. A node's own seed is the last of its contributions.
    static List<Node> pulled(List<Node> ys, List<Node> seeds, List<Node> withRespectTo) {
        Graph graph = seeds.getFirst().graph();
        List<Node> nodes = graph.nodes();
        TreeMap<Integer, List<Node>> contributions = new TreeMap<>();
        for (int i = ys.size() - 1; i >= 0; i--) {
            contributions
                    .computeIfAbsent(ys.get(i).number(), _ -> new ArrayList<>())
                    .add(seeds.get(i));
        }
        boolean[] depends = depends(withRespectTo, nodes, contributions.lastKey());
        TreeMap<Integer, Node> adjoints = new TreeMap<>();
        while (!contributions.isEmpty()) {
            var last = contributions.pollLastEntry();
            Node y = nodes.get(last.getKey());
            Node adjoint = last.getValue().reversed().stream().reduce(Node::plus).orElseThrow();
            adjoints.put(y.number(), adjoint);
            List<Node> needed = y.needed(true);
            if (needed.stream().noneMatch(input -> depends[input.number()])) {
                continue;
            }
            List<Node> toInputs = Adjoints.of(y, adjoint);
            for (int i = toInputs.size() - 1; i >= 0; i--) {
                if (!depends[y.input(i).number()] || !needed.contains(y.input(i))) {
                    continue;
                }
                contributions
                        .computeIfAbsent(y.input(i).number(), _ -> new ArrayList<>())
                        .add(toInputs.get(i));
            }
        }
        List<Node> gradient = new ArrayList<>();
        for (Node x : withRespectTo) {
            Node adjoint = adjoints.get(x.number());
            gradient.add(adjoint == null ? graph.constant(0, x.shape()) : adjoint);
        }
        return gradient;
    }

    /// For each node up to `last`, whether it is one of `sources` or computed from one.
    private static boolean[] depends(List<Node> sources, List<Node> nodes, int last) {
        boolean[] depends = new boolean[last + 1];
        for (Node source : sources) {
            if (source.number() <= last) {
                depends[source.number()] = true;
            }
        }
        for (Node node : nodes.subList(0, last + 1)) {
            for (Node input : node.needed(true)) {
                depends[node.number()] |= depends[input.number()];
            }
        }
        return depends;
    }

    /// The directional derivative of each node of `ys` along the tangents given for some nodes; a
    /// zero array where it is zero by structure.
    public static List<Node> tangents(List<Node> ys, SequencedMap<Node, Node> along) {
        Graph graph = ys.getFirst().graph();
        TreeMap<Integer, Node> known = new TreeMap<>();
        along.forEach((x, tangent) -> known.put(x.number(), tangent));
        List<Node> nodes = graph.nodes();
        int last = 0;
        for (Node y : ys) {
            last = Math.max(last, y.number());
        }
        boolean[] needed = needed(ys, nodes, last);
        for (Node y : nodes.subList(0, last + 1)) {
            if (!needed[y.number()] || known.containsKey(y.number()) || y.inputs().isEmpty()) {
                continue;
            }
            List<Optional<Node>> tangents = new ArrayList<>();
            boolean any = false;
            for (Node input : y.inputs()) {
                tangents.add(Optional.ofNullable(known.get(input.number())));
                any |= known.containsKey(input.number());
            }
            if (any) {
                Tangents.of(y, tangents).ifPresent(tangent -> known.put(y.number(), tangent));
            }
        }
        List<Node> result = new ArrayList<>();
        for (Node y : ys) {
            Node tangent = known.get(y.number());
            result.add(tangent == null ? graph.constant(0, y.shape()) : tangent);
        }
        return result;
    }

    private static boolean[] needed(List<Node> ys, List<Node> nodes, int last) {
        boolean[] needed = new boolean[last + 1];
        for (Node y : ys) {
            needed[y.number()] = true;
        }
        for (int i = last; i >= 0; i--) {
            if (needed[i]) {
                for (Node input : nodes.get(i).needed(true)) {
                    needed[input.number()] = true;
                }
            }
        }
        return needed;
    }

    /// erf′(x) = 2/√π · exp(−x²).
    static Node erf(Node x) {
        return x.times(x).negated().exp().times(TWO_OVER_SQRT_PI);
    }
}
