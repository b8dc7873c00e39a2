package org.phasezoo.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Op;

/// Which nodes get an array of their own (*owners*), and which live inside an element-wise chain.
///
/// Going backwards, an element-wise node joins the chain of its readers if all of them lie in one
/// chain; otherwise it heads a chain of its own. An output that joins a chain is *kept*: the chain
/// writes it on the way. Repeats and constants are made anew in each chain that reads them.
final class Fusion {
    private final TreeMap<Integer, Node> chainOf = new TreeMap<>();
    private final List<Node> arrays = new ArrayList<>();
    private final TreeMap<Integer, Node> kept = new TreeMap<>();
    private final TreeMap<Integer, List<Node>> reads = new TreeMap<>();

    private Fusion() {}

    static boolean isElementwise(Op op) {
        return switch (op) {
            case Op.Negate(),
                    Op.Exp(),
                    Op.Log(),
                    Op.Tanh(),
                    Op.Erf(),
                    Op.Sqrt(),
                    Op.Sin(),
                    Op.Cos(),
                    Op.Relu(_),
                    Op.ReluSlope(_) ->
                    true;
            case Op.Add(),
                    Op.Subtract(),
                    Op.Multiply(),
                    Op.Divide(),
                    Op.Minimum(),
                    Op.AtMost(),
                    Op.Where(),
                    Op.Broadcast(_, _) ->
                    true;
            case Op.Input(_, _),
                    Op.Constant(_),
                    Op.Count(_),
                    Op.StopGradient(),
                    Op.Reshape(_),
                    Op.Sum(_),
                    Op.FirstMax() ->
                    false;
            case Op.Contract(_, _),
                    Op.Convolve(_, _),
                    Op.ConvolveInput(_, _, _, _),
                    Op.ConvolveWeights(_, _, _, _) ->
                    false;
            case Op.AveragePool(_), Op.Spread(_) -> false;
            case Op.WithAdjoint(_), Op.Iota(_, _), Op.Draw(_, _, _) -> false;
            case Op.Take(_, _),
                    Op.Put(_, _),
                    Op.Gather(),
                    Op.SegmentSum(_),
                    Op.TakeAlong(),
                    Op.PutAlong(_),
                    Op.ArgSort(),
                    Op.CumulativeSum(_) ->
                    false;
            case Op.Cholesky(), Op.SolveTriangular(_), Op.EigenSymmetric() -> false;
        };
    }

    private static boolean isAlias(Op op) {
        return op instanceof Op.Reshape
                || op instanceof Op.StopGradient
                || op instanceof Op.WithAdjoint;
    }

    /// Made anew by each chain that reads it.
    static boolean isRepeated(Op op) {
        return op instanceof Op.Broadcast || op instanceof Op.Constant;
    }

    static Fusion of(List<Node> outputs) {
        Fusion fusion = new Fusion();
        TreeMap<Integer, Node> reached = new TreeMap<>();
        List<Node> stack = new ArrayList<>(outputs);
        while (!stack.isEmpty()) {
            Node node = stack.removeLast();
            if (reached.put(node.number(), node) == null) {
                stack.addAll(isAlias(node.op()) ? List.of(node.inputs().getLast()) : node.inputs());
            }
        }
        TreeMap<Integer, TreeSet<Integer>> chains = new TreeMap<>();
        TreeSet<Integer> owned = new TreeSet<>();
        TreeSet<Integer> results = new TreeSet<>();
        for (Node output : outputs) {
            results.add(fusion.owner(output).number());
        }
        for (Node node : reached.descendingMap().sequencedValues()) {
            TreeSet<Integer> in = chains.getOrDefault(node.number(), new TreeSet<>());
            if (isAlias(node.op())) {
                if (!in.isEmpty()) {
                    owned.add(fusion.owner(node).number());
                }
                continue;
            }
            boolean own = owned.contains(node.number());
            boolean result = results.contains(node.number());
            boolean inline =
                    isElementwise(node.op())
                            && !own
                            && (isRepeated(node.op()) ? !result && !in.isEmpty() : in.size() == 1);
            if (node.op() instanceof Op.Constant && !own && !result) {
                continue;
            }
            if (inline && result) {
                fusion.kept.put(node.number(), node);
            }
            if (!inline) {
                fusion.arrays.add(node);
                fusion.chainOf.put(node.number(), node);
                in = new TreeSet<>(List.of(node.number()));
            } else if (!isRepeated(node.op())) {
                fusion.chainOf.put(node.number(), reached.get(in.getFirst()));
            }
            for (Node input : node.inputs()) {
                if (isElementwise(node.op())) {
                    if (isElementwise(input.op())
                            && input.shape().equals(node.shape())
                            && !(node.op() instanceof Op.Broadcast)) {
                        chains.computeIfAbsent(input.number(), _ -> new TreeSet<>()).addAll(in);
                    } else if (!(input.op() instanceof Op.Constant)) {
                        owned.add(fusion.owner(input).number());
                    }
                } else {
                    owned.add(fusion.owner(input).number());
                }
            }
        }
        fusion.arrays.sort((a, b) -> Integer.compare(a.number(), b.number()));
        for (Node node : fusion.arrays) {
            fusion.reads.put(node.number(), fusion.findReads(node));
        }
        return fusion;
    }

    /// The nodes whose arrays a node's step reads, each once, in ascending order.
    private List<Node> findReads(Node node) {
        TreeMap<Integer, Node> found = new TreeMap<>();
        if (isElementwise(node.op())) {
            TreeMap<Integer, Node> inside = inside(node);
            for (Node reader : inside.sequencedValues()) {
                for (Node input : reader.inputs()) {
                    if (!(input.op() instanceof Op.Constant)
                            && !inside.containsKey(input.number())) {
                        found.put(owner(input).number(), owner(input));
                    }
                }
            }
        } else {
            for (Node input : node.inputs()) {
                found.put(owner(input).number(), owner(input));
            }
        }
        return List.copyOf(found.sequencedValues());
    }

    /// The nodes of the chain that `root` heads, in ascending order, itself the last.
    TreeMap<Integer, Node> inside(Node root) {
        TreeMap<Integer, Node> inside = new TreeMap<>();
        List<Node> stack = new ArrayList<>(List.of(root));
        while (!stack.isEmpty()) {
            Node node = stack.removeLast();
            if (inside.put(node.number(), node) == null) {
                for (Node input : node.inputs()) {
                    if (isInside(input, node, root)) {
                        stack.add(input);
                    }
                }
            }
        }
        return inside;
    }

    /// Whether `input` of `reader` is computed inside the chain that `root` heads.
    boolean isInside(Node input, Node reader, Node root) {
        if (!isElementwise(input.op())
                || reader.op() instanceof Op.Broadcast
                || !input.shape().equals(reader.shape())) {
            return false;
        }
        if (isRepeated(input.op())) {
            return !chainOf.containsKey(input.number());
        }
        return root.equals(chainOf.get(input.number())) && !input.equals(root);
    }

    /// Whether an output may be written over the input of this name: a chain makes it, no later
    /// array reads the input, and its chain reads the input element by element only, and not after
    /// the output is made.
    boolean canReplace(Node output, String input) {
        Node root = chainOf.get(output.number());
        if (root == null || !isElementwise(output.op())) {
            return false;
        }
        Predicate<Node> isInput =
                node -> node.op() instanceof Op.Input(String name, _) && name.equals(input);
        for (Node array : arrays) {
            if (array.number() > root.number() && reads(array).stream().anyMatch(isInput)) {
                return false;
            }
        }
        TreeMap<Integer, Node> inside = inside(root);
        return !repeats(root, isInput)
                && inside.tailMap(output.number(), false).sequencedValues().stream()
                        .flatMap(node -> node.inputs().stream())
                        .noneMatch(read ->
                                !inside.containsKey(read.number()) && isInput.test(owner(read)));
    }

    /// Whether the chain of `root` may be written over an array that nobody else reads: of the same
    /// size, and read element by element only.
    boolean canReplace(Node root, Node read) {
        return isElementwise(root.op())
                && !(root.op() instanceof Op.Broadcast)
                && !(read.op() instanceof Op.Constant)
                && read.shape().rows().equals(root.shape().rows())
                && read.shape().elements() == root.shape().elements()
                && !repeats(root, read::equals);
    }

    /// Whether a chain repeats such an array along other axes.
    private boolean repeats(Node root, Predicate<Node> array) {
        return inside(root).sequencedValues().stream()
                .anyMatch(node ->
                        node.op() instanceof Op.Broadcast && array.test(owner(node.input(0))));
    }

    /// Whether a chain of another root writes this node on the way.
    boolean isKept(Node node) {
        return kept.containsKey(node.number());
    }

    /// Those nodes, in ascending order.
    List<Node> kept() {
        return List.copyOf(kept.sequencedValues());
    }

    /// The nodes that get an array by a step of their own, in ascending order.
    List<Node> arrays() {
        return arrays;
    }

    List<Node> reads(Node array) {
        return reads.getOrDefault(array.number(), List.of());
    }

    /// The node whose array a node's elements stand in.
    Node owner(Node node) {
        Node owner = node;
        while (isAlias(owner.op())) {
            owner = owner.inputs().getLast();
        }
        return owner;
    }
}
