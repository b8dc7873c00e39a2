package org.phasezoo.graph;

import java.util.ArrayList;
import java.util.List;

/// An op applied to nodes: one array. Made by its [Graph], which gives equal nodes one identity;
/// numbered in the order of making, so inputs have smaller numbers.
public final class Node {
    private final Graph graph;
    private final int number;
    private final Op op;
    private final List<Node> inputs;
    private final Shape shape;

    Node(Graph graph, int number, Op op, List<Node> inputs, Shape shape) {
        this.graph = graph;
        this.number = number;
        this.op = op;
        this.inputs = inputs;
        this.shape = shape;
    }

    public Graph graph() {
        return graph;
    }

    public int number() {
        return number;
    }

    public Op op() {
        return op;
    }

    public List<Node> inputs() {
        return inputs;
    }

    public Node input(int index) {
        return inputs.get(index);
    }

    /// The inputs that this node needs, a repeat those that its result does; with `rules` also what
    /// its derivatives are given to, else only its value.
    public List<Node> needed(boolean rules) {
        if (op instanceof Op.WithAdjoint && !rules) {
            return List.of(inputs.getLast());
        }
        if (op instanceof Op.Repeat(Body body, _, _, Op.Repeat.Result result, int of)) {
            return Body.at(inputs, body.needs(result, of, rules).places(body));
        }
        return inputs;
    }

    public Shape shape() {
        return shape;
    }

    public Node plus(Node other) {
        return elementwise(new Op.Add(), other);
    }

    public Node minus(Node other) {
        return elementwise(new Op.Subtract(), other);
    }

    public Node times(Node other) {
        return elementwise(new Op.Multiply(), other);
    }

    public Node times(double factor) {
        return times(graph.constant(factor));
    }

    public Node over(Node other) {
        return elementwise(new Op.Divide(), other);
    }

    public Node atMost(Node other) {
        return elementwise(new Op.AtMost(), other);
    }

    public Node minimum(Node other) {
        return elementwise(new Op.Minimum(), other);
    }

    public Node negated() {
        return graph.node(new Op.Negate(), this);
    }

    public Node exp() {
        return graph.node(new Op.Exp(), this);
    }

    public Node log() {
        return graph.node(new Op.Log(), this);
    }

    public Node tanh() {
        return graph.node(new Op.Tanh(), this);
    }

    public Node erf() {
        return graph.node(new Op.Erf(), this);
    }

    public Node sqrt() {
        return graph.node(new Op.Sqrt(), this);
    }

    public Node sin() {
        return graph.node(new Op.Sin(), this);
    }

    public Node cos() {
        return graph.node(new Op.Cos(), this);
    }

    public Node relu(double slope) {
        return graph.node(new Op.Relu(slope), this);
    }

    /// The derivative of this rectifier. Where it keeps signs it is read off the result, so that
    /// its input need not be kept.
    Node slope(double slope) {
        return graph().node(new Op.ReluSlope(slope), slope >= 0 ? this : input(0));
    }

    public Node stopGradient() {
        return graph.node(new Op.StopGradient(), this);
    }

    /// The Gaussian error linear unit in its exact form x · Φ(x) = x/2 · (1 + erf(x/√2)).
    ///
    /// *Source*: Hendrycks and Gimpel, "Gaussian error linear units", 2016, equation 1.
    public Node gelu() {
        Node bell = times(Math.sqrt(.5)).erf().plus(graph.constant(1));
        return times(.5).times(bell);
    }

    /// 1 / (1 + exp(−x)), as ½ + ½ tanh(x/2).
    public Node sigmoid() {
        return times(.5).tanh().times(.5).plus(graph.constant(.5));
    }

    /// The sigmoid linear unit x · sigmoid(x).
    ///
    /// *Source*: Elfwing, Uchibe and Doya, 2018, equation 9.
    public Node silu() {
        return times(sigmoid());
    }

    /// log(1 + exp(x)), as max(x, 0) + log(1 + exp(−|x|)).
    public Node softplus() {
        return relu(0).plus(absolute().negated().exp().plus(graph.constant(1)).log());
    }

    /// |x|; its derivative at 0 is 0.
    public Node absolute() {
        return relu(0).plus(negated().relu(0));
    }

    /// The larger; NaN if either is. At a tie the derivative goes to this node.
    public Node maximum(Node other) {
        return negated().minimum(other.negated()).negated();
    }

    /// This node where `condition` is not 0, +0 elsewhere.
    public Node where(Node condition) {
        return graph.node(new Op.Where(), this, condition);
    }

    /// The value of this node with derivatives by `rule` in `inputs`.
    public Node withAdjoint(Op.Rule rule, Node... inputs) {
        Node[] all = java.util.Arrays.copyOf(inputs, inputs.length + 1);
        all[inputs.length] = this;
        return graph.node(new Op.WithAdjoint(rule), all);
    }

    /// Another name of this node, on which nothing depends yet; derivatives pass through it.
    public Node renamed() {
        return withAdjoint(
                new Op.Rule() {
                    @Override
                    public List<Node> adjoints(Node g, List<Node> inputs) {
                        return List.of(g);
                    }
                },
                this);
    }

    public Node sum(Integer... axes) {
        return graph.node(new Op.Sum(List.of(axes)), this);
    }

    /// The sum of all elements.
    public Node sumAll() {
        List<Integer> axes = new ArrayList<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            axes.add(axis);
        }
        return axes.isEmpty() ? this : graph.node(new Op.Sum(axes), this);
    }

    /// This node repeated to `target`: its axis i becomes the target's axis `axes[i]`.
    public Node broadcast(Shape target, Integer... axes) {
        return target.equals(shape)
                ? this
                : graph.node(new Op.Broadcast(target, List.of(axes)), this);
    }

    public Node reshape(Shape target) {
        return target.equals(shape) ? this : graph.node(new Op.Reshape(target), this);
    }

    /// Matrix product with either side transposed.
    public Node contract(boolean transposed, Node other, boolean otherTransposed) {
        return graph.node(new Op.Contract(transposed, otherTransposed), this, other);
    }

    public Node convolve(Node weights, int padding) {
        return convolve(weights, padding, 1);
    }

    public Node convolve(Node weights, int padding, int stride) {
        return graph.node(new Op.Convolve(padding, stride), this, weights);
    }

    public Node averagePool(int size) {
        return graph.node(new Op.AveragePool(size), this);
    }

    /// Indices `from` … `to` − 1 along an inner axis.
    public Node slice(int axis, int from, int to) {
        if (from < 0 || to > shape.size(axis) || from >= to) {
            throw new IllegalArgumentException(
                    "slice " + from + " … " + to + " of axis " + axis + " of " + shape);
        }
        return window(axis, from, to);
    }

    /// Zeros before and after along an inner axis.
    public Node pad(int axis, int before, int after) {
        return before == 0 && after == 0 ? this : window(axis, -before, shape.size(axis) + after);
    }

    private Node window(int axis, int from, int to) {
        List<Integer> sizes = new ArrayList<>(shape.sizes());
        sizes.set(axis, to - from);
        return from == 0 && to == shape.size(axis)
                ? this
                : graph.node(
                        new Op.Take(
                                new Shape(shape.rows(), sizes),
                                Elements.window(shape, axis, from, to)),
                        this);
    }

    /// This node and another, one after the other along an inner axis; −0 becomes +0.
    public Node concatenate(int axis, Node other) {
        int after = other.shape.size(axis);
        return pad(axis, 0, after).plus(other.pad(axis, shape.size(axis), 0));
    }

    /// Axes in another order: axis i of the result is axis `order[i]` of this; a bounded axis stays
    /// leading.
    public Node permuted(Integer... order) {
        List<Integer> sizes = new ArrayList<>();
        for (int axis : order) {
            sizes.add(shape.size(axis));
        }
        return graph.node(
                new Op.Take(
                        new Shape(shape.rows(), sizes), Elements.permuted(shape, List.of(order))),
                this);
    }

    /// The last two axes exchanged.
    public Node transposed() {
        Integer[] order = new Integer[shape.rank()];
        for (int axis = 0; axis < order.length; axis++) {
            order[axis] = axis;
        }
        order[order.length - 2] = order.length - 1;
        order[order.length - 1] = order.length - 2;
        return permuted(order);
    }

    /// Backwards along an inner axis.
    public Node flipped(int axis) {
        return graph.node(new Op.Take(shape, Elements.flipped(shape, axis)), this);
    }

    /// The rows of this table that `indices` name; see [Op.Gather].
    public Node gather(Node indices) {
        return graph.node(new Op.Gather(), this, indices);
    }

    /// Sums of rows over segments, into a result of this shape; see [Op.SegmentSum].
    public Node segmentSum(Node segments, Shape target) {
        return graph.node(new Op.SegmentSum(target), this, segments);
    }

    /// Ascending along the last axis; NaN last.
    public Node sorted() {
        return graph.node(new Op.TakeAlong(), this, graph.node(new Op.ArgSort(), this));
    }

    /// The `k` largest along the last axis, the largest first.
    public Node largest(int k) {
        int last = shape.rank() - 1;
        return sorted().slice(last, shape.size(last) - k, shape.size(last)).flipped(last);
    }

    /// Sums along the last axis up to and with each element.
    public Node cumulativeSum() {
        return graph.node(new Op.CumulativeSum(false), this);
    }

    public Node cholesky() {
        return graph.node(new Op.Cholesky(), this);
    }

    /// X of L X = `right`, or of Lᵀ X = `right`, with this node as L.
    public Node solveTriangular(boolean transposed, Node right) {
        return graph.node(new Op.SolveTriangular(transposed), this, right);
    }

    /// X of A X = `right`, with this node as the symmetric positive definite A.
    public Node solve(Node right) {
        Node l = cholesky();
        return l.solveTriangular(true, l.solveTriangular(false, right));
    }

    private Node elementwise(Op op, Node other) {
        Node left = this;
        if (!shape.equals(other.shape)) {
            if (other.shape.rank() == 0) {
                other = other.broadcast(shape);
            } else if (shape.rank() == 0) {
                left = broadcast(other.shape);
            }
        }
        return graph.node(op, left, other);
    }

    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder().append(number).append(": ").append(op).append(" of [");
        for (int i = 0; i < inputs.size(); i++) {
            text.append(i == 0 ? "" : ", ").append(inputs.get(i).number);
        }
        return text.append("] → ").append(shape).toString();
    }
}
