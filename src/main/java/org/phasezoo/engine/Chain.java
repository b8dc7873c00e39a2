package org.phasezoo.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Op;
import org.phasezoo.graph.Shape;

/// Builds the element-wise chain of a node: a list of block kernels over scratch blocks, in the
/// order of node numbers but for what is made anew, which comes right before its first reader.
final class Chain {
    private final Node root;
    private final int y;
    private final Plan plan;
    private final Fusion fusion;
    private final List<Micro> once = new ArrayList<>();
    private final List<Micro> blocks = new ArrayList<>();
    private final List<Bordered> borders = new ArrayList<>();
    private final TreeMap<Integer, Operand> made = new TreeMap<>();
    private final List<Integer> scratch = new ArrayList<>();
    private final TreeMap<Integer, Integer> readers = new TreeMap<>();
    private final List<Integer> spare = new ArrayList<>();

    private Chain(Node root, int y, Plan plan, Fusion fusion) {
        this.root = root;
        this.y = y;
        this.plan = plan;
        this.fusion = fusion;
    }

    /// `y`: where the root's array stands; 0 if only a sum reads it, which is taken on the way.
    static Step of(Node root, int y, Plan plan, Fusion fusion) {
        Chain chain = new Chain(root, y, plan, fusion);
        TreeMap<Integer, Node> inside = fusion.inside(root);
        for (Node node : inside.sequencedValues()) {
            for (Node input : node.inputs()) {
                if (inside.containsKey(input.number())) {
                    chain.readers.merge(input.number(), 1, Integer::sum);
                }
            }
        }
        for (Node node : inside.sequencedValues()) {
            if (fusion.isAnew(node)) {
                continue;
            }
            chain.emitWithOperands(node);
            Operand made = chain.made.get(node.number());
            if (made != null
                    && (node.equals(root) || fusion.isKept(node))
                    && plan.forced().isOn(Choice.BORDERS_BY_CHAINS, true)) {
                chain.borders.addAll(plan.borders(node, made));
            }
        }
        Summed sum = chain.sum();
        for (int at : chain.scratch) {
            plan.giveBack(at, Plan.BLOCK);
        }
        Shape shape = root.shape();
        return new Step.Elementwise(
                shape.rows(),
                shape.rowElements(),
                List.copyOf(chain.once),
                List.copyOf(chain.blocks),
                List.copyOf(chain.borders),
                sum);
    }

    /// The sum of the root; a product that it alone reads is not written at all.
    private @Nullable Summed sum() {
        Operand x = made.get(root.number());
        Summed sum = x == null ? null : plan.summed(root, x);
        Micro last = blocks.isEmpty() ? null : blocks.getLast();
        if (sum == null
                || y != 0
                || last == null
                || last.kind() != Micro.Kind.MULTIPLY
                || !pairs()
                || isConstant(last.a())
                || isConstant(last.b())) {
            return sum;
        }
        blocks.removeLast();
        return sum.ofProducts(last.a(), last.b());
    }

    /// Whether an operand is a block filled once and for all, in which a sum may clear no lanes.
    private boolean isConstant(Operand operand) {
        return !operand.moves() && !scratch.contains(operand.at());
    }

    /// The ops of a node's chain, in the order in which they run.
    static List<String> names(Node root, Fusion fusion) {
        List<String> names = new ArrayList<>();
        for (Node node : fusion.inside(root).sequencedValues()) {
            names.add(node.op().getClass().getSimpleName());
        }
        return names;
    }

    private int block() {
        if (!spare.isEmpty()) {
            return spare.removeLast();
        }
        int at = plan.take(Plan.BLOCK);
        scratch.add(at);
        return at;
    }

    /// A node, and before it those operands that are made anew: beside their reader, with which
    /// they may become one kernel.
    private void emitWithOperands(Node node) {
        for (Node input : node.inputs()) {
            if (fusion.isAnew(input)
                    && readers.containsKey(input.number())
                    && !made.containsKey(input.number())) {
                emitWithOperands(input);
            }
        }
        emit(node);
    }

    private void emit(Node node) {
        if (node.op() instanceof Op.Broadcast(Shape target, List<Integer> axes)) {
            repeat(node, target, axes);
            return;
        }
        // a factor is a number of the kernel, not a block of memory
        Double factor = null;
        int other = 0;
        if (node.op() instanceof Op.Multiply && plan.forced().isOn(Choice.FACTORS, true)) {
            factor = Fusion.constantOf(node.input(1));
            if (factor == null) {
                factor = Fusion.constantOf(node.input(0));
                other = factor == null ? 0 : 1;
            }
        }
        Operand a = operand(node, other);
        Operand b = node.inputs().size() > 1 && factor == null ? operand(node, 1) : a;
        for (int i = 0; i < node.inputs().size(); i++) {
            release(node, i);
        }
        Operand to = place(node);
        made.put(node.number(), to);
        double constant =
                switch (node.op()) {
                    case Op.Relu(double slope) -> slope;
                    case Op.ReluSlope(double slope) -> slope;
                    default -> factor == null ? 0 : factor;
                };
        Micro.Kind kind = factor == null ? kind(node.op()) : Micro.Kind.SCALE;
        Micro next = new Micro(kind, a, b, to, constant, null);
        Micro last = blocks.isEmpty() ? null : blocks.getLast();
        Micro both =
                last != null && pairs() && isLastReader(node, last.y()) ? last.then(next) : null;
        if (both != null) {
            blocks.removeLast();
        }
        blocks.add(both == null ? next : both);
    }

    private boolean pairs() {
        return plan.forced().isOn(Choice.PAIRS, true);
    }

    /// Whether a node has just read a scratch block for the last time.
    private boolean isLastReader(Node node, Operand block) {
        for (Node input : node.inputs()) {
            if (block.equals(made.get(input.number()))
                    && readers.getOrDefault(input.number(), 1) == 0) {
                return true;
            }
        }
        return false;
    }

    private Operand place(Node node) {
        if (node.equals(root) && y != 0) {
            return new Operand(y, true);
        }
        return fusion.isKept(node)
                ? new Operand(plan.place(node), true)
                : new Operand(block(), false);
    }

    private Operand operand(Node node, int index) {
        Node input = node.input(index);
        Double value = Fusion.constantOf(input);
        Operand operand = made.get(input.number());
        if (operand == null && value != null) {
            operand = new Operand(plan.constant(value), false);
        }
        return operand != null ? operand : new Operand(plan.place(input), true);
    }

    private void release(Node node, int index) {
        Node input = node.input(index);
        if (readers.containsKey(input.number())
                && readers.merge(input.number(), -1, Integer::sum) == 0) {
            Operand operand = made.get(input.number());
            if (operand != null
                    && !operand.moves()
                    && scratch.contains(operand.at())
                    && plan.forced().isOn(Choice.REUSE, true)) {
                spare.add(operand.at());
            }
        }
    }

    /// With members in the lanes a repeat moves whole rows of lanes, of a scalar too.
    private void repeat(Node node, Shape target, List<Integer> axes) {
        Node from = node.input(0);
        boolean isRoot = node.equals(root);
        Double value = Fusion.constantOf(from);
        if (value != null && !isRoot) {
            return;
        }
        boolean members = plan.layout() == Layout.MEMBER_LANES;
        boolean scalar = from.shape().rank() == 0 && !members;
        Operand source =
                new Operand(value != null ? plan.constant(value) : plan.place(from), false);
        if (scalar && !isRoot) {
            // A scalar's block is written once a run and may not be reused by later nodes of the
            // chain.
            Operand to = new Operand(plan.take(Plan.BLOCK), false);
            scratch.add(to.at());
            readers.merge(node.number(), 1, Integer::sum);
            once.add(new Micro(Micro.Kind.FILL, source, source, to, 0, null));
            made.put(node.number(), to);
            return;
        }
        Operand to = place(node);
        made.put(node.number(), to);
        if (scalar) {
            blocks.add(new Micro(Micro.Kind.FILL, source, source, to, 0, null));
            return;
        }
        boolean rows = members || from.shape().isBounded();
        Micro.Kind kind =
                rows
                        ? Micro.Kind.REPEAT_LANES
                        : target.isBounded() ? Micro.Kind.REPEAT : Micro.Kind.REPEAT_FIXED;
        int sourceRows = from.shape().isBounded() ? from.shape().rowElements() : 0;
        int[] map = Reduction.repeats(from.shape(), target, axes);
        blocks.add(new Micro(kind, source, source, to, 0, Repeat.of(sourceRows, map, rows)));
    }

    private static Micro.Kind kind(Op op) {
        return switch (op) {
            case Op.Add() -> Micro.Kind.ADD;
            case Op.Subtract() -> Micro.Kind.SUBTRACT;
            case Op.Multiply() -> Micro.Kind.MULTIPLY;
            case Op.Divide() -> Micro.Kind.DIVIDE;
            case Op.Minimum() -> Micro.Kind.MINIMUM;
            case Op.AtMost() -> Micro.Kind.AT_MOST;
            case Op.Negate() -> Micro.Kind.NEGATE;
            case Op.Exp() -> Micro.Kind.EXP;
            case Op.Log() -> Micro.Kind.LOG;
            case Op.Tanh() -> Micro.Kind.TANH;
            case Op.Erf() -> Micro.Kind.ERF;
            case Op.Sqrt() -> Micro.Kind.SQRT;
            case Op.Sin() -> Micro.Kind.SIN;
            case Op.Cos() -> Micro.Kind.COS;
            case Op.Where() -> Micro.Kind.WHERE;
            case Op.Relu(_) -> Micro.Kind.RELU;
            case Op.ReluSlope(_) -> Micro.Kind.RELU_SLOPE;
            case Op.Input(_, _),
                    Op.Constant(_),
                    Op.Count(_),
                    Op.StopGradient(),
                    Op.WithAdjoint(_),
                    Op.Iota(_, _),
                    Op.Draw(_, _, _),
                    Op.Broadcast(_, _),
                    Op.Reshape(_),
                    Op.Sum(_),
                    Op.FirstMax(),
                    Op.Contract(_, _),
                    Op.Convolve(_, _),
                    Op.ConvolveInput(_, _, _, _),
                    Op.ConvolveWeights(_, _, _, _),
                    Op.AveragePool(_),
                    Op.Spread(_),
                    Op.Take(_, _),
                    Op.Put(_, _),
                    Op.Gather(),
                    Op.SegmentSum(_),
                    Op.TakeAlong(),
                    Op.PutAlong(_),
                    Op.ArgSort(),
                    Op.CumulativeSum(_),
                    Op.Cholesky(),
                    Op.SolveTriangular(_),
                    Op.EigenSymmetric(),
                    Op.Repeat _ ->
                    throw new IllegalStateException(op + " has no element-wise kernel");
        };
    }
}
