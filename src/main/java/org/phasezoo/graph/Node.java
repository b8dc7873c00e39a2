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

    public Node relu(double slope) {
        return graph.node(new Op.Relu(slope), this);
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
