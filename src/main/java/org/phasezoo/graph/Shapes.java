package org.phasezoo.graph;

import java.util.ArrayList;
import java.util.List;

/// The shape of each op's result: a table, and with it the check that a node is valid.
final class Shapes {
    private Shapes() {}

    static Shape of(Op op, List<Node> in) {
        return switch (op) {
            case Op.Input(_, Shape shape) -> arity(op, in, 0, shape);
            case Op.Constant(_), Op.Count(_) -> arity(op, in, 0, Shape.SCALAR);
            case Op.Negate(),
                    Op.Exp(),
                    Op.Log(),
                    Op.Tanh(),
                    Op.Erf(),
                    Op.Sqrt(),
                    Op.Sin(),
                    Op.Cos(),
                    Op.StopGradient() ->
                    same(op, in, 1);
            case Op.Relu(_), Op.ReluSlope(_) -> same(op, in, 1);
            case Op.Add(),
                    Op.Subtract(),
                    Op.Multiply(),
                    Op.Divide(),
                    Op.Minimum(),
                    Op.AtMost(),
                    Op.Where() ->
                    same(op, in, 2);
            case Op.WithAdjoint(_) -> in.getLast().shape();
            case Op.Iota(Shape shape, int axis) -> {
                need(!shape.isBounded() && axis < shape.rank(), op, in, "has an axis of its shape");
                yield arity(op, in, 0, shape);
            }
            case Op.Draw(_, _, Shape shape) -> arity(op, in, 0, shape);
            case Op.Broadcast(Shape target, List<Integer> axes) -> broadcast(op, in, target, axes);
            case Op.Reshape(Shape target) -> reshape(op, in, target);
            case Op.Sum(List<Integer> axes) -> sum(op, in, axes);
            case Op.FirstMax() -> same(op, in, 1);
            case Op.Contract(boolean left, boolean right) -> contract(op, in, left, right);
            case Op.Convolve(int padding, int stride) -> convolve(op, in, padding, stride);
            case Op.ConvolveInput(int padding, int stride, int h, int w) ->
                    convolveInput(op, in, padding, stride, h, w);
            case Op.ConvolveWeights(int padding, int stride, int kh, int kw) ->
                    convolveWeights(op, in, padding, stride, kh, kw);
            case Op.AveragePool(int size) -> pool(op, in, size, false);
            case Op.Spread(int size) -> pool(op, in, size, true);
            case Op.Take(Shape to, Elements from) ->
                    moved(op, in, to, from, to, in.getFirst().shape());
            case Op.Put(Shape target, Elements to) ->
                    moved(op, in, target, to, in.getFirst().shape(), target);
            case Op.Gather() -> in.get(1).shape().with(inner(in.getFirst().shape()));
            case Op.SegmentSum(Shape target) -> {
                need(
                        in.getFirst().shape().equals(in.get(1).shape().with(inner(target))),
                        op,
                        in,
                        "takes a row for each segment number");
                yield target;
            }
            case Op.TakeAlong() -> along(op, in, in.getFirst().shape(), in.get(1).shape());
            case Op.PutAlong(int size) -> {
                need(
                        in.getFirst().shape().equals(in.get(1).shape()),
                        op,
                        in,
                        "takes an index for each element");
                yield last(in.getFirst().shape(), size);
            }
            case Op.ArgSort(), Op.CumulativeSum(_) -> {
                need(
                        in.getFirst().shape().rank() > (in.getFirst().shape().isBounded() ? 1 : 0),
                        op,
                        in,
                        "has a last axis that is not bounded");
                yield same(op, in, 1);
            }
            case Op.Cholesky() -> square(op, in.getFirst().shape(), in);
            case Op.SolveTriangular(_) -> {
                Shape l = square(op, in.getFirst().shape(), in);
                Shape b = in.get(1).shape();
                need(
                        b.rank() == l.rank()
                                && b.sizes()
                                        .subList(0, b.rank() - 1)
                                        .equals(l.sizes().subList(0, l.rank() - 1))
                                && !b.isBounded(),
                        op,
                        in,
                        "takes a matrix of as many rows for each factor");
                yield b;
            }
            case Op.EigenSymmetric() -> {
                Shape a = square(op, in.getFirst().shape(), in);
                List<Integer> sizes = new ArrayList<>(a.sizes());
                sizes.set(a.rank() - 2, a.size(a.rank() - 1) + 1);
                yield new Shape("", sizes);
            }
            case Op.Repeat repeat -> repeat(repeat, in);
        };
    }

    private static Shape arity(Op op, List<Node> in, int n, Shape shape) {
        need(in.size() == n, op, in, "takes " + n + " inputs");
        return shape;
    }

    private static Shape same(Op op, List<Node> in, int n) {
        need(in.size() == n, op, in, "takes " + n + " inputs");
        for (Node node : in) {
            need(node.shape().equals(in.getFirst().shape()), op, in, "takes inputs of one shape");
        }
        return in.getFirst().shape();
    }

    private static Shape broadcast(Op op, List<Node> in, Shape target, List<Integer> axes) {
        Shape from = in.getFirst().shape();
        need(axes.size() == from.rank(), op, in, "names an axis for each axis of its input");
        for (int i = 0; i < axes.size(); i++) {
            int axis = axes.get(i);
            need(
                    axis < target.rank() && target.size(axis) == from.size(i),
                    op,
                    in,
                    "keeps the size of axis " + i);
            need(i == 0 || axis > axes.get(i - 1), op, in, "names axes that ascend");
        }
        if (from.isBounded()) {
            need(
                    axes.getFirst() == 0 && target.rows().equals(from.rows()),
                    op,
                    in,
                    "keeps a bounded axis leading");
        } else {
            need(
                    !target.isBounded() || axes.isEmpty() || axes.getFirst() > 0,
                    op,
                    in,
                    "keeps a fixed axis off the bounded one");
        }
        return target;
    }

    private static Shape reshape(Op op, List<Node> in, Shape target) {
        Shape from = in.getFirst().shape();
        need(from.elements() == target.elements(), op, in, "keeps the number of elements");
        need(from.rows().equals(target.rows()), op, in, "keeps a bounded axis");
        need(
                !from.isBounded() || from.size(0) == target.size(0),
                op,
                in,
                "keeps a bounded axis leading");
        return target;
    }

    private static Shape sum(Op op, List<Node> in, List<Integer> axes) {
        Shape from = in.getFirst().shape();
        for (int i = 0; i < axes.size(); i++) {
            need(
                    axes.get(i) < from.rank() && (i == 0 || axes.get(i) > axes.get(i - 1)),
                    op,
                    in,
                    "names axes that ascend");
        }
        return from.without(axes);
    }

    private static Shape contract(Op op, List<Node> in, boolean left, boolean right) {
        Shape a = in.get(0).shape();
        Shape b = in.get(1).shape();
        int rank = a.rank();
        need(
                rank >= 2 && b.rank() == rank,
                op,
                in,
                "takes matrices, or stacks of them of one rank");
        int row = rank - (left ? 1 : 2);
        int column = rank - (right ? 2 : 1);
        need(
                a.size(rank - (left ? 2 : 1)) == b.size(rank - (right ? 1 : 2)),
                op,
                in,
                "contracts axes of one size");
        if (rank > 2) {
            need(
                    a.rows().equals(b.rows())
                            && a.sizes()
                                    .subList(0, rank - 2)
                                    .equals(b.sizes().subList(0, rank - 2)),
                    op,
                    in,
                    "takes stacks with the same batch axes");
            List<Integer> sizes = new ArrayList<>(a.sizes().subList(0, rank - 2));
            sizes.add(a.size(row));
            sizes.add(b.size(column));
            return new Shape(a.rows(), sizes);
        }
        boolean overSamples =
                a.isBounded() && b.isBounded() && left && !right && a.rows().equals(b.rows());
        boolean perSample = a.isBounded() && !left && !b.isBounded();
        boolean fixed = !a.isBounded() && !b.isBounded();
        need(
                overSamples || perSample || fixed,
                op,
                in,
                "has a bounded axis on the left only, or contracts it on both sides");
        return new Shape(perSample ? a.rows() : "", List.of(a.size(row), b.size(column)));
    }

    private static void images(Op op, List<Node> in, Shape shape) {
        need(
                shape.rank() == 4 && shape.isBounded(),
                op,
                in,
                "takes bounded images (n, channels, height, width)");
    }

    /// How often a kernel finds room along an axis of this size.
    private static int windows(
            Op op, List<Node> in, int size, int kernel, int padding, int stride) {
        need(stride >= 1, op, in, "has a stride of at least 1");
        need(padding >= 0, op, in, "has a padding of at least 0");
        need(kernel <= size + 2 * padding, op, in, "has a kernel inside the padded image");
        return (size + 2 * padding - kernel) / stride + 1;
    }

    private static Shape convolve(Op op, List<Node> in, int padding, int stride) {
        Shape x = in.get(0).shape();
        Shape w = in.get(1).shape();
        images(op, in, x);
        need(
                w.rank() == 4 && !w.isBounded() && w.size(1) == x.size(1),
                op,
                in,
                "takes weights (out, in, height, width)");
        int height = windows(op, in, x.size(2), w.size(2), padding, stride);
        int width = windows(op, in, x.size(3), w.size(3), padding, stride);
        return new Shape(x.rows(), List.of(x.size(0), w.size(0), height, width));
    }

    private static Shape convolveInput(
            Op op, List<Node> in, int padding, int stride, int h, int w) {
        Shape g = in.get(0).shape();
        Shape k = in.get(1).shape();
        images(op, in, g);
        need(
                k.rank() == 4 && k.size(0) == g.size(1),
                op,
                in,
                "takes weights (out, in, height, width)");
        need(
                windows(op, in, h, k.size(2), padding, stride) == g.size(2),
                op,
                in,
                "has a height that fits");
        need(
                windows(op, in, w, k.size(3), padding, stride) == g.size(3),
                op,
                in,
                "has a width that fits");
        need(
                padding < k.size(2) && padding < k.size(3),
                op,
                in,
                "has a padding below the kernel's size");
        return new Shape(g.rows(), List.of(g.size(0), k.size(1), h, w));
    }

    private static Shape convolveWeights(
            Op op, List<Node> in, int padding, int stride, int kh, int kw) {
        Shape x = in.get(0).shape();
        Shape g = in.get(1).shape();
        images(op, in, x);
        images(op, in, g);
        need(x.rows().equals(g.rows()) && x.size(0) == g.size(0), op, in, "takes one bounded axis");
        need(
                windows(op, in, x.size(2), kh, padding, stride) == g.size(2),
                op,
                in,
                "has a kernel height that fits");
        need(
                windows(op, in, x.size(3), kw, padding, stride) == g.size(3),
                op,
                in,
                "has a kernel width that fits");
        return Shape.of(g.size(1), x.size(1), kh, kw);
    }

    private static Shape pool(Op op, List<Node> in, int size, boolean spread) {
        Shape x = in.getFirst().shape();
        images(op, in, x);
        need(
                spread || (x.size(2) % size == 0 && x.size(3) % size == 0),
                op,
                in,
                "has a size that divides height and width");
        List<Integer> sizes = new ArrayList<>(x.sizes());
        sizes.set(2, spread ? x.size(2) * size : x.size(2) / size);
        sizes.set(3, spread ? x.size(3) * size : x.size(3) / size);
        return new Shape(x.rows(), sizes);
    }

    private static Shape moved(
            Op op, List<Node> in, Shape result, Elements map, Shape from, Shape to) {
        Shape x = in.getFirst().shape();
        need(map.size() == from.rowElements(), op, in, "names an element for each of a row");
        for (int i = 0; i < map.size(); i++) {
            need(map.get(i) < to.rowElements(), op, in, "names elements of a row");
        }
        need(
                x.rows().equals(result.rows()) && (!x.isBounded() || x.size(0) == result.size(0)),
                op,
                in,
                "keeps a bounded axis");
        return result;
    }

    private static List<Integer> inner(Shape shape) {
        return shape.sizes().subList(1, shape.rank());
    }

    private static Shape last(Shape shape, int size) {
        List<Integer> sizes = new ArrayList<>(shape.sizes());
        sizes.set(shape.rank() - 1, size);
        return new Shape(shape.rows(), sizes);
    }

    private static Shape along(Op op, List<Node> in, Shape x, Shape index) {
        need(
                x.rank() == index.rank()
                        && x.rank() > (x.isBounded() ? 1 : 0)
                        && last(x, 1).equals(last(index, 1)),
                op,
                in,
                "takes indices along a last axis that is not bounded");
        return index;
    }

    private static Shape square(Op op, Shape shape, List<Node> in) {
        need(
                !shape.isBounded()
                        && shape.rank() >= 2
                        && shape.size(shape.rank() - 1) == shape.size(shape.rank() - 2),
                op,
                in,
                "takes square matrices, or stacks of them, without a bounded axis");
        return shape;
    }

    private static Shape repeat(Op.Repeat op, List<Node> in) {
        Body body = op.body();
        need(op.trips() >= 1, op, in, "makes at least 1 trip");
        List<Shape> shapes = new ArrayList<>();
        body.carried().forEach(start -> shapes.add(start.shape()));
        body.each().forEach(slice -> shapes.add(slice.shape().stacked(op.trips())));
        body.fixed().forEach(same -> shapes.add(same.shape()));
        need(
                in.stream().map(Node::shape).toList().equals(shapes),
                op,
                in,
                "takes starts, stacks of slices and fixed inputs of shapes " + shapes);
        List<Node> of = op.result() == Op.Repeat.Result.EMITTED ? body.emitted() : body.carried();
        need(op.of() >= 0 && op.of() < of.size(), op, in, "is a result of its body");
        Shape shape = of.get(op.of()).shape();
        return op.result() == Op.Repeat.Result.LAST ? shape : shape.stacked(op.trips());
    }

    private static void need(boolean condition, Op op, List<Node> in, String what) {
        if (!condition) {
            List<Shape> shapes = new ArrayList<>();
            for (Node node : in) {
                shapes.add(node.shape());
            }
            throw new IllegalArgumentException(op + " " + what + "; its inputs are " + shapes);
        }
    }
}
