package org.phasezoo.graph;

import java.util.ArrayList;
import java.util.List;

/// The adjoints of each op's inputs, given the adjoint of its result: a table. Rules return graph,
/// so they can be differentiated again.
final class Adjoints {
    private Adjoints() {}

    /// One adjoint per input of `y`, or none at all where `y` passes no derivative on.
    static List<Node> of(Node y, Node g) {
        Graph graph = y.graph();
        return switch (y.op()) {
            case Op.Input(_, _), Op.Constant(_), Op.Count(_) -> List.of();
            case Op.ReluSlope(_), Op.StopGradient(), Op.AtMost(), Op.FirstMax() -> List.of();
            case Op.Negate() -> List.of(g.negated());
            case Op.Exp() -> List.of(g.times(y));
            case Op.Log() -> List.of(g.over(y.input(0)));
            case Op.Tanh() -> List.of(g.times(graph.constant(1).minus(y.times(y))));
            case Op.Erf() -> List.of(g.times(Derivatives.erf(y.input(0))));
            case Op.Sqrt() -> List.of(g.times(.5).over(y));
            case Op.Relu(double slope) ->
                    List.of(g.times(graph.node(new Op.ReluSlope(slope), y.input(0))));
            case Op.Add() -> List.of(g, g);
            case Op.Subtract() -> List.of(g, g.negated());
            case Op.Multiply() -> List.of(g.times(y.input(1)), g.times(y.input(0)));
            case Op.Divide() -> {
                Node left = g.over(y.input(1));
                yield List.of(left, left.times(y).negated());
            }
            case Op.Minimum() -> {
                Node first = y.input(0).atMost(y.input(1));
                yield List.of(g.times(first), g.times(graph.constant(1).minus(first)));
            }
            case Op.Broadcast(Shape target, List<Integer> axes) ->
                    List.of(graph.node(new Op.Sum(others(target.rank(), axes)), g));
            case Op.Reshape(_) -> List.of(g.reshape(y.input(0).shape()));
            case Op.Sum(List<Integer> axes) -> {
                Shape from = y.input(0).shape();
                yield List.of(graph.node(new Op.Broadcast(from, others(from.rank(), axes)), g));
            }
            case Op.Contract(boolean left, boolean right) -> contract(y, g, left, right);
            case Op.Convolve(int p, int s) -> {
                Node x = y.input(0);
                Node w = y.input(1);
                yield List.of(input(x.shape(), p, s, g, w), weights(w.shape(), p, s, x, g));
            }
            case Op.ConvolveInput(int p, int s, _, _) -> {
                Node w = y.input(1);
                yield List.of(
                        graph.node(new Op.Convolve(p, s), g, w),
                        weights(w.shape(), p, s, g, y.input(0)));
            }
            case Op.ConvolveWeights(int p, int s, _, _) -> {
                Node x = y.input(0);
                yield List.of(
                        input(x.shape(), p, s, y.input(1), g),
                        graph.node(new Op.Convolve(p, s), x, g));
            }
            case Op.AveragePool(int size) -> List.of(graph.node(new Op.Spread(size), g));
            case Op.Spread(int size) -> List.of(graph.node(new Op.AveragePool(size), g));
        };
    }

    private static Node input(Shape x, int padding, int stride, Node g, Node w) {
        return g.graph().node(new Op.ConvolveInput(padding, stride, x.size(2), x.size(3)), g, w);
    }

    private static Node weights(Shape w, int padding, int stride, Node x, Node g) {
        return g.graph().node(new Op.ConvolveWeights(padding, stride, w.size(2), w.size(3)), x, g);
    }

    private static List<Node> contract(Node y, Node g, boolean left, boolean right) {
        Node a = y.input(0);
        Node b = y.input(1);
        Node da = left ? b.contract(right, g, true) : g.contract(false, b, !right);
        Node db = right ? g.contract(true, a, left) : a.contract(!left, g, false);
        return List.of(da, db);
    }

    private static List<Integer> others(int rank, List<Integer> axes) {
        List<Integer> others = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            if (!axes.contains(axis)) {
                others.add(axis);
            }
        }
        return others;
    }
}
