package org.phasezoo.engine;

import java.util.List;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Op;
import org.phasezoo.graph.Shape;

/// The step of each op: a table.
final class Steps {
    private Steps() {}

    /// The step that writes a node's array at `y`.
    static Step of(Node node, int y, Plan plan, Fusion fusion) {
        return switch (node.op()) {
            case Op.Count(String rows) -> new Step.WriteCount(rows, y);
            case Op.Sum(List<Integer> axes) -> Reduction.sum(node, axes, y, plan);
            case Op.FirstMax() -> {
                Shape shape = node.shape();
                int inner = shape.size(shape.rank() - 1);
                yield new Step.FirstMax(
                        bounded(shape),
                        plan.place(node.input(0)),
                        shape.rowElements() / inner,
                        inner,
                        y);
            }
            case Op.Contract(boolean left, boolean right) ->
                    Contractions.of(node, left, right, y, plan);
            case Op.Convolve(_, int stride) -> Convolutions.forward(node, stride, y, plan);
            case Op.ConvolveInput(int padding, int stride, _, _) ->
                    Convolutions.input(node, padding, stride, y, plan);
            case Op.ConvolveWeights(_, int stride, int kh, int kw) ->
                    Convolutions.weights(node, stride, kh, kw, y, plan);
            case Op.AveragePool(int size) -> {
                Shape x = node.input(0).shape();
                yield new Step.Pool(
                        x.rows(),
                        plan.place(node.input(0)),
                        x.size(1),
                        x.size(2),
                        x.size(3),
                        size,
                        y);
            }
            case Op.Spread(int size) -> {
                Shape x = node.input(0).shape();
                yield new Step.Spread(
                        x.rows(),
                        plan.place(node.input(0)),
                        x.size(1),
                        x.size(2),
                        x.size(3),
                        size,
                        y);
            }
            case Op.Take(_, _),
                    Op.Put(_, _),
                    Op.Gather(),
                    Op.SegmentSum(_),
                    Op.TakeAlong(),
                    Op.PutAlong(_),
                    Op.ArgSort(),
                    Op.CumulativeSum(_) ->
                    Indexing.of(node, y, plan);
            case Op.Iota(Shape shape, int axis) -> {
                int outer = 1;
                for (int i = 0; i < axis; i++) {
                    outer *= shape.size(i);
                }
                int size = shape.size(axis);
                yield new Step.Iota(outer, size, shape.elements() / (outer * size), y);
            }
            case Op.Draw(String name, Op.Distribution distribution, Shape shape) ->
                    new Step.Draw(name, distribution, shape.rows(), shape.rowElements(), y);
            case Op.Cholesky(), Op.EigenSymmetric(), Op.SolveTriangular(_) -> {
                Shape a = node.input(0).shape();
                int n = last(a);
                boolean two = node.inputs().size() > 1;
                yield new Step.Factorise(
                        node.op(),
                        a.elements() / (n * n),
                        n,
                        plan.place(node.input(0)),
                        two ? plan.place(node.input(1)) : 0,
                        two ? last(node.shape()) : 0,
                        y);
            }
            case Op.Repeat repeat -> Loops.of(node, repeat, plan, fusion);
            case Op.Input(_, _),
                    Op.Constant(_),
                    Op.Reshape(_),
                    Op.StopGradient(),
                    Op.WithAdjoint(_) ->
                    throw new IllegalStateException(node + " has no step of its own");
            case Op.Negate(),
                    Op.Exp(),
                    Op.Log(),
                    Op.Tanh(),
                    Op.Erf(),
                    Op.Sqrt(),
                    Op.Sin(),
                    Op.Cos(),
                    Op.Relu(_),
                    Op.ReluSlope(_),
                    Op.Add(),
                    Op.Subtract(),
                    Op.Multiply(),
                    Op.Divide(),
                    Op.Minimum(),
                    Op.AtMost(),
                    Op.Where(),
                    Op.Broadcast(_, _) ->
                    Chain.of(node, y, plan, fusion);
        };
    }

    private static int last(Shape shape) {
        return shape.size(shape.rank() - 1);
    }

    private static String bounded(Shape shape) {
        if (!shape.isBounded()) {
            throw new IllegalArgumentException(
                    "shape " + shape + ": a bounded leading axis is needed here");
        }
        return shape.rows();
    }
}
