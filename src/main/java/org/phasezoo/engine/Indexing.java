package org.phasezoo.engine;

import java.util.List;
import org.phasezoo.graph.Elements;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Op;
import org.phasezoo.graph.Shape;

/// Plans what puts elements or rows elsewhere: by maps that are known, by indices that are
/// computed, in sorted order; and running sums.
final class Indexing {
    private Indexing() {}

    static Step of(Node node, int y, Plan plan) {
        List<Node> inputs = node.inputs();
        Shape shape = node.shape();
        Shape first = inputs.getFirst().shape();
        Shape second = inputs.getLast().shape();
        int x = plan.place(inputs.getFirst());
        int index = plan.place(inputs.getLast());
        return switch (node.op()) {
            case Op.Take(_, Elements from) ->
                    new Step.Take(
                            groups(first, first.rowElements()),
                            x,
                            first.rowElements(),
                            from.toArray(),
                            y);
            case Op.Put(Shape target, Elements to) ->
                    new Step.Put(
                            groups(target, target.rowElements()),
                            x,
                            to.toArray(),
                            y,
                            target.rowElements());
            case Op.Gather() ->
                    new Step.Gather(
                            table(first, x, plan),
                            table(second, index, plan),
                            second.rowElements(),
                            first.elements() / first.size(0),
                            y);
            case Op.SegmentSum(Shape target) ->
                    new Step.SegmentSum(
                            x,
                            table(second, index, plan),
                            second.rowElements(),
                            target.elements() / target.size(0),
                            table(target, y, plan));
            case Op.TakeAlong() ->
                    new Step.TakeAlong(
                            groups(shape, last(shape)), x, last(first), index, last(shape), y);
            case Op.PutAlong(int size) ->
                    new Step.PutAlong(groups(shape, size), x, index, last(first), y, size);
            case Op.ArgSort() -> new Step.ArgSort(groups(shape, last(shape)), x, last(shape), y);
            case Op.CumulativeSum(boolean reversed) ->
                    new Step.CumulativeSum(groups(shape, last(shape)), x, last(shape), reversed, y);
            default -> throw new IllegalStateException(node + " moves no elements");
        };
    }

    private static int last(Shape shape) {
        return shape.size(shape.rank() - 1);
    }

    /// Groups of `size` elements of a row of an array, or of the whole array.
    private static Step.Groups groups(Shape shape, int size) {
        return new Step.Groups(shape.rows(), shape.rowElements() / size);
    }

    private static Step.Table table(Shape shape, int at, Plan plan) {
        return new Step.Table(
                shape.rows(), shape.isBounded() ? 0 : shape.size(0), at, plan.layout().size(shape));
    }
}
