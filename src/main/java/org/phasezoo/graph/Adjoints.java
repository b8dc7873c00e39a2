package org.phasezoo.graph;

import java.util.ArrayList;
import java.util.List;

/// The adjoints of each op's inputs, given the adjoint of its result: a table. Rules return graph,
/// so they can be differentiated again.
final class Adjoints {
    private Adjoints() {}

    /// Adjoints of the first inputs of `y`; the inputs beyond get no derivative.
    static List<Node> of(Node y, Node g) {
        Graph graph = y.graph();
        return switch (y.op()) {
            case Op.Input(_, _), Op.Constant(_), Op.Count(_), Op.Iota(_, _), Op.Draw(_, _, _) ->
                    List.of();
            case Op.ReluSlope(_), Op.StopGradient(), Op.AtMost(), Op.FirstMax(), Op.ArgSort() ->
                    List.of();
            case Op.WithAdjoint(Op.Rule rule) ->
                    rule.adjoints(g, y.inputs().subList(0, y.inputs().size() - 1));
            case Op.Negate() -> List.of(g.negated());
            case Op.Exp() -> List.of(g.times(y));
            case Op.Log() -> List.of(g.over(y.input(0)));
            case Op.Tanh() -> List.of(g.times(graph.constant(1).minus(y.times(y))));
            case Op.Erf() -> List.of(g.times(Derivatives.erf(y.input(0))));
            case Op.Sqrt() -> List.of(g.times(.5).over(y));
            case Op.Sin() -> List.of(g.times(y.input(0).cos()));
            case Op.Cos() -> List.of(g.times(y.input(0).sin()).negated());
            case Op.Where() -> List.of(g.where(y.input(1)));
            case Op.Relu(double slope) -> List.of(g.times(y.slope(slope)));
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
            case Op.Take(_, Elements from) ->
                    List.of(graph.node(new Op.Put(y.input(0).shape(), from), g));
            case Op.Put(_, Elements to) ->
                    List.of(graph.node(new Op.Take(y.input(0).shape(), to), g));
            case Op.Gather() ->
                    List.of(graph.node(new Op.SegmentSum(y.input(0).shape()), g, y.input(1)));
            case Op.SegmentSum(_) -> List.of(graph.node(new Op.Gather(), g, y.input(1)));
            case Op.TakeAlong() -> {
                Shape x = y.input(0).shape();
                yield List.of(graph.node(new Op.PutAlong(x.size(x.rank() - 1)), g, y.input(1)));
            }
            case Op.PutAlong(_) -> List.of(graph.node(new Op.TakeAlong(), g, y.input(1)));
            case Op.CumulativeSum(boolean reversed) ->
                    List.of(graph.node(new Op.CumulativeSum(!reversed), g));
            case Op.Cholesky() -> List.of(Factorisations.choleskyAdjoint(y, g));
            case Op.SolveTriangular(boolean transposed) ->
                    Factorisations.solveAdjoint(y, g, transposed);
            case Op.EigenSymmetric() -> List.of(Factorisations.eigenAdjoint(y, g));
            case Op.Repeat repeat -> RepeatAdjoint.adjoints(y, repeat, g);
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
