package org.phasezoo.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The tangent of each op's result, given the tangents of its inputs: a table. A tangent that is
/// zero by structure is absent, not a node.
final class Tangents {
    private Tangents() {}

    static Optional<Node> of(Node y, List<Optional<Node>> t) {
        Graph graph = y.graph();
        return switch (y.op()) {
            case Op.Input(_, _), Op.Constant(_), Op.Count(_), Op.Iota(_, _), Op.Draw(_, _, _) ->
                    Optional.empty();
            case Op.ReluSlope(_), Op.StopGradient(), Op.AtMost(), Op.FirstMax(), Op.ArgSort() ->
                    Optional.empty();
            case Op.WithAdjoint(Op.Rule rule) -> transposed(y, rule, t);
            case Op.Exp() -> t.get(0).map(d -> d.times(y));
            case Op.Log() -> t.get(0).map(d -> d.over(y.input(0)));
            case Op.Tanh() -> t.get(0).map(d -> d.times(graph.constant(1).minus(y.times(y))));
            case Op.Erf() -> t.get(0).map(d -> d.times(Derivatives.erf(y.input(0))));
            case Op.Sqrt() -> t.get(0).map(d -> d.times(.5).over(y));
            case Op.Sin() -> t.get(0).map(d -> d.times(y.input(0).cos()));
            case Op.Cos() -> t.get(0).map(d -> d.times(y.input(0).sin()).negated());
            case Op.Where() -> t.get(0).map(d -> d.where(y.input(1)));
            case Op.Relu(double slope) -> t.get(0).map(d -> d.times(y.slope(slope)));
            case Op.Negate(),
                    Op.Broadcast(_, _),
                    Op.Reshape(_),
                    Op.Sum(_),
                    Op.AveragePool(_),
                    Op.Spread(_),
                    Op.Take(_, _),
                    Op.Put(_, _),
                    Op.CumulativeSum(_) ->
                    t.get(0).map(d -> graph.node(y.op(), d));
            case Op.Add() -> sum(t.get(0), t.get(1));
            case Op.Subtract() -> sum(t.get(0), t.get(1).map(Node::negated));
            case Op.Multiply() ->
                    sum(
                            t.get(0).map(d -> d.times(y.input(1))),
                            t.get(1).map(d -> y.input(0).times(d)));
            case Op.Divide() ->
                    sum(
                            t.get(0).map(d -> d.over(y.input(1))),
                            t.get(1).map(d -> y.over(y.input(1)).times(d).negated()));
            case Op.Minimum() -> {
                Node first = y.input(0).atMost(y.input(1));
                yield sum(
                        t.get(0).map(d -> d.times(first)),
                        t.get(1).map(d -> d.times(graph.constant(1).minus(first))));
            }
            case Op.Contract(_, _),
                    Op.Convolve(_, _),
                    Op.ConvolveInput(_, _, _, _),
                    Op.ConvolveWeights(_, _, _, _) ->
                    sum(
                            t.get(0).map(d -> graph.node(y.op(), d, y.input(1))),
                            t.get(1).map(d -> graph.node(y.op(), y.input(0), d)));
            case Op.Gather(), Op.SegmentSum(_), Op.TakeAlong(), Op.PutAlong(_) ->
                    t.get(0).map(d -> graph.node(y.op(), d, y.input(1)));
            case Op.Cholesky() -> t.get(0).map(d -> Factorisations.choleskyTangent(y, d));
            case Op.SolveTriangular(boolean transposed) ->
                    sum(
                            t.get(0).map(d -> Factorisations.solveTangent(y, d, transposed)),
                            t.get(1).map(d -> graph.node(y.op(), y.input(0), d)));
            case Op.EigenSymmetric() -> t.get(0).map(d -> Factorisations.eigenTangent(y, d));
            case Op.Repeat repeat -> RepeatTangent.tangent(y, repeat, t);
        };
    }

    /// The tangent of a result whose adjoints are given: they are linear in the adjoint g of the
    /// result, so the tangent is the derivative of Σ adjoint(g) · tangent in g.
    private static Optional<Node> transposed(Node y, Op.Rule rule, List<Optional<Node>> t) {
        Graph graph = y.graph();
        List<Node> inputs = y.inputs().subList(0, y.inputs().size() - 1);
        Node g = graph.input("adjoint of node " + y.number(), y.shape());
        List<Node> adjoints = rule.adjoints(g, inputs);
        Optional<Node> total = Optional.empty();
        for (int i = 0; i < adjoints.size(); i++) {
            Node adjoint = adjoints.get(i);
            total = sum(total, t.get(i).map(d -> adjoint.times(d).sumAll()));
        }
        return total.map(scalar -> Derivatives.gradient(scalar, List.of(g)).getFirst());
    }

    private static Optional<Node> sum(Optional<Node> left, Optional<Node> right) {
        List<Node> both = new ArrayList<>();
        left.ifPresent(both::add);
        right.ifPresent(both::add);
        return both.stream().reduce(Node::plus);
    }
}
