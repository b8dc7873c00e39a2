package org.phasezoo.graph;

import java.util.ArrayList;
import java.util.List;

/// The adjoint of one result of an [Op.Repeat]: a repeat in the other direction. Its body takes one
/// trip back: it carries the adjoints of the states and a sum for each fixed input, reads the
/// states before the trip, the slices and the slice of the result's adjoint, and emits the adjoints
/// of the slices.
///
/// @param needs the states and fixed inputs whose adjoints are carried, in this order, and the
///   slices whose adjoints are emitted
/// @param states the states whose trajectories are read
/// @param each the slices that are read, after them
/// @param slices whether slices of the result's adjoint are read, after these
/// @param fixed the fixed inputs that are read
record RepeatAdjoint(
        Body body,
        Needs needs,
        List<Integer> states,
        List<Integer> each,
        boolean slices,
        List<Integer> fixed) {
    static RepeatAdjoint of(Body body, Op.Repeat.Result kind, int index) {
        Needs needs = body.needs(kind, index, true);
        List<Integer> carried = needs.carried();
        List<Integer> emitted = needs.each();
        List<Integer> summed = needs.fixed();
        Graph graph = new Graph();
        List<Node> states = Body.like(body.carried(), "state", graph);
        List<Node> each = Body.like(body.each(), "each", graph);
        List<Node> fixed = Body.like(body.fixed(), "fixed", graph);
        List<Node> slice = Body.like(sliced(body, kind, index), "adjoint of slice", graph);
        List<Node> adjoints =
                Body.like(Body.at(body.carried(), carried), "adjoint of state", graph);
        List<Node> sums = Body.like(Body.at(body.fixed(), summed), "adjoint of fixed", graph);

        List<Node> roots = new ArrayList<>(Body.at(body.next(), carried));
        List<Node> seeds = new ArrayList<>(adjoints);
        if (kind == Op.Repeat.Result.EMITTED) {
            roots.add(body.emitted().get(index));
            seeds.addAll(slice);
        }
        List<Node> sources = new ArrayList<>(Body.at(states, carried));
        sources.addAll(Body.at(each, emitted));
        sources.addAll(Body.at(fixed, summed));
        List<Node> back =
                Derivatives.pulled(body.copied(roots, graph, states, each, fixed), seeds, sources);

        List<Node> next = new ArrayList<>(back.subList(0, carried.size()));
        if (kind == Op.Repeat.Result.STATES) {
            int at = carried.indexOf(index);
            next.set(at, next.get(at).plus(slice.getFirst()));
        }
        int behind = carried.size() + emitted.size();
        for (int i = 0; i < summed.size(); i++) {
            next.add(sums.get(i).plus(back.get(behind + i)));
        }
        List<Node> results = new ArrayList<>(next);
        List<Node> emits = back.subList(carried.size(), behind);
        results.addAll(emits);

        List<Node> read = Body.leaves(results, true);
        List<Integer> readStates = places(states, read);
        List<Integer> readEach = places(each, read);
        List<Integer> readFixed = places(fixed, read);
        List<Node> readSlice = Body.at(slice, places(slice, read));
        List<Node> carry = new ArrayList<>(adjoints);
        carry.addAll(sums);
        List<Node> slices = new ArrayList<>(Body.at(states, readStates));
        slices.addAll(Body.at(each, readEach));
        slices.addAll(readSlice);
        Body backwards = new Body(carry, slices, Body.at(fixed, readFixed), next, emits);
        return new RepeatAdjoint(
                backwards, needs, readStates, readEach, !readSlice.isEmpty(), readFixed);
    }

    /// What a result stacks, if it is a stack.
    private static List<Node> sliced(Body body, Op.Repeat.Result kind, int index) {
        return switch (kind) {
            case LAST -> List.of();
            case EMITTED -> List.of(body.emitted().get(index));
            case STATES -> List.of(body.carried().get(index));
        };
    }

    private static List<Integer> places(List<Node> nodes, List<Node> read) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            if (read.contains(nodes.get(i))) {
                places.add(i);
            }
        }
        return places;
    }

    /// The adjoints of the inputs of a repeat, given that of its result; zeros for those that the
    /// result does not need.
    static List<Node> adjoints(Node y, Op.Repeat op, Node g) {
        Graph graph = y.graph();
        Body body = op.body();
        RepeatAdjoint adjoint = body.adjoint(op.result(), op.of());
        Needs needs = adjoint.needs;
        int eachAt = body.carried().size();
        int fixedAt = eachAt + body.each().size();

        List<Node> inputs = new ArrayList<>();
        for (int state : needs.carried()) {
            boolean seed = op.result() == Op.Repeat.Result.LAST && op.of() == state;
            inputs.add(seed ? g : graph.constant(0, y.input(state).shape()));
        }
        for (int i : needs.fixed()) {
            inputs.add(graph.constant(0, y.input(fixedAt + i).shape()));
        }
        Node[] same = y.inputs().toArray(new Node[0]);
        for (int state : adjoint.states) {
            inputs.add(graph.node(op.with(Op.Repeat.Result.STATES, state), same));
        }
        adjoint.each.forEach(i -> inputs.add(y.input(eachAt + i)));
        if (adjoint.slices) {
            inputs.add(g);
        }
        adjoint.fixed.forEach(i -> inputs.add(y.input(fixedAt + i)));

        Node[] back = inputs.toArray(new Node[0]);
        Op.Repeat last =
                new Op.Repeat(adjoint.body, op.trips(), !op.reversed(), Op.Repeat.Result.LAST, 0);
        List<Node> adjoints = new ArrayList<>();
        for (Node input : y.inputs()) {
            adjoints.add(graph.constant(0, input.shape()));
        }
        int at = 0;
        for (int state : needs.carried()) {
            adjoints.set(state, graph.node(last.with(Op.Repeat.Result.LAST, at++), back));
        }
        for (int i : needs.fixed()) {
            adjoints.set(fixedAt + i, graph.node(last.with(Op.Repeat.Result.LAST, at++), back));
        }
        at = 0;
        for (int i : needs.each()) {
            adjoints.set(eachAt + i, graph.node(last.with(Op.Repeat.Result.EMITTED, at++), back));
        }
        return adjoints;
    }
}
