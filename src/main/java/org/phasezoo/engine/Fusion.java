package org.phasezoo.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Op;

/// Which nodes get an array of their own (*owners*), and which live inside an element-wise chain.
///
/// Going backwards, an element-wise node joins the chain of its readers if all of them lie in one
/// chain; otherwise it heads a chain of its own. An output that joins a chain is *kept*: the chain
/// writes it on the way. Repeats, constants and what takes less time to make than to read are made
/// *anew* in each chain that reads them.
final class Fusion {
    private final TreeMap<Integer, Node> chainOf = new TreeMap<>();
    private final List<Node> arrays = new ArrayList<>();
    private final TreeMap<Integer, Node> kept = new TreeMap<>();
    private final TreeSet<Integer> anew = new TreeSet<>();
    private final TreeMap<Integer, TreeMap<Integer, Node>> insides = new TreeMap<>();
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
            case Op.Repeat _ -> false;
        };
    }

    private static boolean isAlias(Op op) {
        return op instanceof Op.Reshape
                || op instanceof Op.StopGradient
                || op instanceof Op.WithAdjoint;
    }

    /// Whether each chain that reads a node should make it: repeats, and what has one operand and
    /// costs an instruction.
    private static boolean isQuick(Node node) {
        return switch (node.op()) {
            case Op.Broadcast(_, _), Op.Negate(), Op.ReluSlope(_) -> true;
            case Op.Multiply() -> node.inputs().stream().anyMatch(x -> constantOf(x) != null);
            default -> false;
        };
    }

    /// The constant, repeated or not, that a node is; null if it is none.
    static @Nullable Double constantOf(Node node) {
        Node from = node.op() instanceof Op.Broadcast ? node.input(0) : node;
        return from.op() instanceof Op.Constant(double value) ? value : null;
    }

    static Fusion of(List<Node> outputs, Forced forced) {
        Fusion fusion = new Fusion();
        TreeMap<Integer, Node> reached = new TreeMap<>();
        List<Node> stack = new ArrayList<>(outputs);
        while (!stack.isEmpty()) {
            Node node = stack.removeLast();
            if (reached.put(node.number(), node) == null) {
                stack.addAll(node.needed(false));
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
                continue;
            }
            boolean own = owned.contains(node.number());
            boolean result = results.contains(node.number());
            boolean again =
                    isQuick(node)
                            && !own
                            && !result
                            && !in.isEmpty()
                            && forced.isOn(Choice.REPEATS, true);
            boolean joins =
                    isElementwise(node.op())
                            && !(node.op() instanceof Op.Broadcast)
                            && !own
                            && in.size() == 1
                            && forced.isOn(Choice.CHAINS, true);
            if (node.op() instanceof Op.Constant && !own && !result) {
                continue;
            }
            if (again) {
                fusion.anew.add(node.number());
            } else if (joins) {
                fusion.chainOf.put(node.number(), reached.get(in.getFirst()));
                if (result) {
                    fusion.kept.put(node.number(), node);
                }
            } else {
                fusion.arrays.add(node);
                fusion.chainOf.put(node.number(), node);
                in = new TreeSet<>(List.of(node.number()));
            }
            for (Node input : node.needed(false)) {
                if (mayJoin(input, node)) {
                    chains.computeIfAbsent(input.number(), _ -> new TreeSet<>()).addAll(in);
                } else if (!(isElementwise(node.op()) && input.op() instanceof Op.Constant)) {
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

    /// Whether an input can be computed in the same block as its reader.
    private static boolean mayJoin(Node input, Node reader) {
        return isElementwise(reader.op())
                && !(reader.op() instanceof Op.Broadcast)
                && isElementwise(input.op());
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
            for (Node input : node.needed(false)) {
                found.put(owner(input).number(), owner(input));
            }
        }
        return List.copyOf(found.sequencedValues());
    }

    /// The nodes of the chain that `root` heads, in ascending order, itself the last.
    TreeMap<Integer, Node> inside(Node root) {
        TreeMap<Integer, Node> known = insides.get(root.number());
        if (known != null) {
            return known;
        }
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
        insides.put(root.number(), inside);
        return inside;
    }

    /// Whether `input` of `reader` is computed inside the chain that `root` heads.
    private boolean isInside(Node input, Node reader, Node root) {
        return mayJoin(input, reader)
                && (isAnew(input)
                        || root.equals(chainOf.get(input.number())) && !input.equals(root));
    }

    /// Whether each chain that reads a node makes it.
    boolean isAnew(Node node) {
        return anew.contains(node.number());
    }

    /// Whether a result may be written over an array that no later step reads: a chain makes it, of
    /// the same size, and reads the array element by element only, and not after the result is
    /// made.
    boolean canReplace(Node result, Node array) {
        Node root = chainOf.get(result.number());
        if (root == null
                || !isElementwise(result.op())
                || array.op() instanceof Op.Constant
                || !array.shape().rows().equals(result.shape().rows())
                || array.shape().elements() != result.shape().elements()) {
            return false;
        }
        TreeMap<Integer, Node> inside = inside(root);
        for (Node node : inside.sequencedValues()) {
            for (Node read : node.inputs()) {
                boolean reads = !inside.containsKey(read.number()) && owner(read).equals(array);
                boolean late = madeAt(node, inside) > result.number();
                if (reads && (late || node.op() instanceof Op.Broadcast)) {
                    return false;
                }
            }
        }
        return true;
    }

    /// The number of a node of a chain, or of the first reader beside which it is made anew.
    private int madeAt(Node node, TreeMap<Integer, Node> inside) {
        if (!isAnew(node)) {
            return node.number();
        }
        return inside.sequencedValues().stream()
                .filter(reader -> reader.inputs().contains(node))
                .mapToInt(reader -> madeAt(reader, inside))
                .min()
                .orElseThrow();
    }

    /// Whether a step after the one that makes `result` reads an array.
    boolean isReadAfter(Node result, Node array) {
        int at = arrays.indexOf(chainOf.getOrDefault(result.number(), result));
        return arrays.stream().skip(at + 1).anyMatch(step -> reads(step).contains(array));
    }

    /// Whether a chain of another root writes this node on the way.
    boolean isKept(Node node) {
        return kept.containsKey(node.number());
    }

    /// Those nodes, in ascending order.
    List<Node> kept() {
        return List.copyOf(kept.sequencedValues());
    }

    /// Puts the steps in phases, each in ascending order.
    void inPhases(MicroBatches batches) {
        arrays.sort(Comparator.comparing(batches::phase).thenComparing(Node::number));
    }

    /// The nodes that get an array by a step of their own, in the order of steps: ascending, unless
    /// they are put in phases.
    List<Node> arrays() {
        return arrays;
    }

    List<Node> reads(Node array) {
        return reads.getOrDefault(array.number(), List.of());
    }

    /// How many steps and outputs read each array.
    TreeMap<Integer, Integer> readers(List<Node> outputs) {
        TreeMap<Integer, Integer> readers = new TreeMap<>();
        for (Node node : arrays) {
            for (Node read : reads(node)) {
                readers.merge(read.number(), 1, Integer::sum);
            }
        }
        for (Node output : outputs) {
            readers.merge(owner(output).number(), 1, Integer::sum);
        }
        return readers;
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
