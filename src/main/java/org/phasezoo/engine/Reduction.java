package org.phasezoo.engine;

import java.util.List;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Op;
import org.phasezoo.graph.Shape;
import org.phasezoo.kernel.FloatReduce;
import org.phasezoo.kernel.Lanes;

/// Sums over axes, and index tables of sums and repeats in row-major order. For bounded shapes they
/// speak of the elements of one sample.
final class Reduction {
    private static final int FEW = 256;

    private Reduction() {}

    /// The step of a sum over these axes; scratch is given back at once.
    static Step sum(Node node, List<Integer> axes, int y, Plan plan) {
        Node x = node.input(0);
        Shape shape = x.shape();
        int[][] from = Reduction.sources(shape, axes);
        if (!shape.isBounded()) {
            int scratch = plan.take(Lanes.LANES);
            plan.giveBack(scratch, Lanes.LANES);
            return new Step.SumFixed(plan.place(x), from, scratch, y);
        } else if (axes.contains(0) && plan.endsInChunks()) {
            Operand whole = new Operand(plan.place(x), true);
            int lanes = plan.sums(node.shape().elements() * Lanes.LANES);
            return new Step.Elementwise(
                    shape.rows(),
                    shape.rowElements(),
                    List.of(),
                    List.of(),
                    List.of(),
                    summed(node, axes, whole, lanes, y));
        } else if (axes.contains(0)) {
            int scratch = plan.take(Lanes.LANES);
            plan.giveBack(scratch, Lanes.LANES);
            return new Step.SumOverSamples(
                    shape.rows(), plan.place(x), shape.rowElements(), from, scratch, y);
        } else {
            boolean beside =
                    !axes.contains(shape.rank() - 1)
                            && shape.size(shape.rank() - 1) % FloatReduce.BESIDE_RESULTS == 0;
            int size = FloatReduce.scratchBeside();
            int scratch = plan.take(size);
            plan.giveBack(scratch, size);
            return new Step.SumPerSample(
                    shape.rows(), plan.place(x), shape.rowElements(), from, beside, scratch, y);
        }
    }

    /// Whether a chain may take a node's sum on the way: one over samples, to so few results that
    /// their lanes stay in the first-level cache.
    static boolean isTakenOnTheWay(Node node, Forced forced) {
        return node.op() instanceof Op.Sum(List<Integer> axes)
                && axes.contains(0)
                && node.input(0).shape().isBounded()
                && forced.isOn(Choice.SUMS, node.shape().elements() <= FEW);
    }

    /// Whether so many rows that follow each other go into one result that a chain adds them in a
    /// register.
    static boolean isOfRuns(Node node) {
        Shape shape = node.input(0).shape();
        int run = 1;
        if (node.op() instanceof Op.Sum(List<Integer> axes)) {
            for (int axis = shape.rank() - 1; axes.contains(axis) && axis > 0; axis--) {
                run *= shape.size(axis);
            }
        }
        return run >= Lanes.LANES;
    }

    /// The same sum, taken by the chain that makes its input at x. `lanes`: 16 elements a result.
    static Summed summed(Node sum, List<Integer> axes, Operand x, int lanes, int y) {
        int[][] from = sources(sum.input(0).shape(), axes);
        int[] result = new int[sum.input(0).shape().rowElements()];
        for (int i = 0; i < from.length; i++) {
            for (int element : from[i]) {
                result[element] = i;
            }
        }
        return new Summed(x, null, result, Repeat.run(result, 0), from.length, lanes, y);
    }

    /// For each element of the sum's result, the elements of the input that it sums.
    static int[][] sources(Shape shape, List<Integer> axes) {
        int skip = shape.isBounded() ? 1 : 0;
        int n = shape.rowElements();
        int results = 1;
        for (int axis = skip; axis < shape.rank(); axis++) {
            results *= axes.contains(axis) ? 1 : shape.size(axis);
        }
        int[][] sources = new int[results][n / results];
        int[] filled = new int[results];
        for (int element = 0; element < n; element++) {
            int result = 0;
            int rest = element;
            int stride = 1;
            for (int axis = shape.rank() - 1; axis >= skip; axis--) {
                if (!axes.contains(axis)) {
                    result += rest % shape.size(axis) * stride;
                    stride *= shape.size(axis);
                }
                rest /= shape.size(axis);
            }
            sources[result][filled[result]++] = element;
        }
        return sources;
    }

    /// For each element of a broadcast's target, the element of its input.
    static int[] repeats(Shape from, Shape target, List<Integer> axes) {
        int skip = target.isBounded() ? 1 : 0;
        int[] strides = new int[target.rank()];
        int stride = 1;
        int sourceSkip = from.isBounded() ? 1 : 0;
        for (int i = from.rank() - 1; i >= sourceSkip; i--) {
            strides[axes.get(i)] = stride;
            stride *= from.size(i);
        }
        int[] map = new int[target.rowElements()];
        for (int element = 0; element < map.length; element++) {
            int rest = element;
            for (int axis = target.rank() - 1; axis >= skip; axis--) {
                map[element] += rest % target.size(axis) * strides[axis];
                rest /= target.size(axis);
            }
        }
        return map;
    }
}
