package org.phasezoo.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/// Bodies applied again and again. A body is traced once; it may use any node of the graph, and the
/// rule of an [Op.WithAdjoint] in it only the nodes that the rule is given.
public final class FixedPoint {
    private FixedPoint() {}

    /// x after `trips` applications of a body, at least 1: one [Op.Repeat].
    public static Node repeated(Node x, int trips, UnaryOperator<Node> body) {
        Node named = x.renamed();
        Traced traced = Traced.of(List.of(named), body.apply(named));
        Body trip =
                new Body(
                        traced.arguments(),
                        List.of(),
                        traced.fixed(),
                        List.of(traced.result()),
                        List.of());
        return last(trip, trips, x, traced.captured());
    }

    /// The states after each slice of a stack, from `start` by `next` of the state before and the
    /// slice, stacked: a recurrent net over a sequence. The stack's first axis that is not bounded
    /// is the trips.
    public static Node scanned(Node start, Node stack, BinaryOperator<Node> next) {
        int axis = stack.shape().isBounded() ? 1 : 0;
        int trips = stack.shape().size(axis);
        Node state = start.renamed();
        Shape shape = stack.shape();
        List<Integer> sizes = new ArrayList<>(shape.sizes());
        sizes.remove(axis);
        Node slice = stack.slice(axis, 0, 1).reshape(new Shape(shape.rows(), sizes)).renamed();
        Traced traced = Traced.of(List.of(state, slice), next.apply(state, slice));
        Body trip =
                new Body(
                        List.of(traced.arguments().getFirst()),
                        List.of(traced.arguments().getLast()),
                        traced.fixed(),
                        List.of(traced.result()),
                        List.of(traced.result()));
        List<Node> inputs = new ArrayList<>(List.of(start, stack));
        inputs.addAll(traced.captured());
        return start.graph()
                .node(
                        new Op.Repeat(trip, trips, false, Op.Repeat.Result.EMITTED, 0),
                        inputs.toArray(new Node[0]));
    }

    private static Node last(Body trip, int trips, Node start, List<Node> fixed) {
        List<Node> inputs = new ArrayList<>(List.of(start));
        inputs.addAll(fixed);
        return start.graph()
                .node(
                        new Op.Repeat(trip, trips, false, Op.Repeat.Result.LAST, 0),
                        inputs.toArray(new Node[0]));
    }

    /// The fixed point x* = f(x*, θ), from `start` by `trips` applications of `body`, with
    /// derivatives in θ by the implicit function theorem: the adjoint of θ is (∂f/∂θ)ᵀ u with u = g
    /// + (∂f/∂x)ᵀ u, again by `trips` applications. No derivative in `start`.
    ///
    /// Where the body does not contract, both are what they are after `trips` applications; look at
    /// f(x*) − x*.
    ///
    /// *Source*: Bai, Kolter and Koltun, "Deep equilibrium models", 2019, theorem 1.
    public static Node of(Node start, Node theta, int trips, BinaryOperator<Node> body) {
        Node x = start.renamed();
        Node at = theta.renamed();
        Traced traced = Traced.of(List.of(x, at), body.apply(x, at));
        List<Node> fixed = new ArrayList<>(List.of(traced.arguments().getLast()));
        fixed.addAll(traced.fixed());
        Body trip =
                new Body(
                        List.of(traced.arguments().getFirst()),
                        List.of(),
                        fixed,
                        List.of(traced.result()),
                        List.of());
        List<Node> inputs = new ArrayList<>(List.of(theta, start));
        inputs.addAll(traced.captured());
        return new Implicit(trip, trips).value(inputs);
    }

    /// The rule of a fixed point: its inputs are θ, the start, and what the body captured.
    private record Implicit(Body trip, int trips) implements Op.Rule {
        private Node value(List<Node> inputs) {
            List<Node> fixed = new ArrayList<>(List.of(inputs.getFirst().stopGradient()));
            fixed.addAll(inputs.subList(2, inputs.size()));
            return last(trip, trips, inputs.get(1).stopGradient(), fixed)
                    .stopGradient()
                    .withAdjoint(this, inputs.toArray(new Node[0]));
        }

        @Override
        public List<Node> adjoints(Node g, List<Node> inputs) {
            Node x = value(inputs);
            Node theta = inputs.getFirst();
            List<Node> captured = inputs.subList(2, inputs.size());
            List<Node> all = new ArrayList<>(List.of(g, x, theta));
            all.addAll(captured);
            Node u = last(back(), trips, g, all);
            Node named = theta.renamed();
            List<Node> fixed = new ArrayList<>(List.of(named));
            fixed.addAll(captured);
            List<Node> y = trip.copied(trip.next(), g.graph(), List.of(x), List.of(), fixed);
            return Derivatives.pulled(y, List.of(u), List.of(named));
        }

        /// u ↦ g + (∂f/∂x)ᵀ u, with g, x, θ and what was captured fixed.
        private Body back() {
            Graph graph = new Graph();
            List<Node> x = Body.like(trip.carried(), "state", graph);
            List<Node> u = Body.like(trip.carried(), "u", graph);
            List<Node> g = Body.like(trip.carried(), "g", graph);
            List<Node> fixed = Body.like(trip.fixed(), "fixed", graph);
            List<Node> y = trip.copied(trip.next(), graph, x, List.of(), fixed);
            Node next = g.getFirst().plus(Derivatives.pulled(y, u, x).getFirst());
            List<Node> all = new ArrayList<>(g);
            all.addAll(x);
            all.addAll(fixed);
            return new Body(u, List.of(), all, List.of(next), List.of());
        }
    }
}
