package org.phasezoo.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;

/// The tangents of all results of an [Op.Repeat]: a repeat in the same direction, whose body takes
/// states and their tangents one trip on, side by side.
///
/// @param along which inputs of the repeat have tangents
/// @param carried the states that get tangents, carried behind the states
/// @param emitted the results whose tangents are emitted behind the results
record RepeatTangent(Body body, List<Boolean> along, List<Integer> carried, List<Integer> emitted) {
    static RepeatTangent of(Body body, List<Boolean> along) {
        TreeSet<Integer> moved = new TreeSet<>();
        for (int i = 0; i < body.inputs(); i++) {
            if (along.get(i)) {
                moved.add(inputs(body).get(i).number());
            }
        }
        List<Integer> carried = moving(body, moved);
        List<Integer> emitted = new ArrayList<>();
        for (int i = 0; i < body.emitted().size(); i++) {
            if (depends(body.emitted().get(i), moved)) {
                emitted.add(i);
            }
        }
        Graph graph = new Graph();
        SequencedMap<Node, Node> tangents = new LinkedHashMap<>();
        List<Node> states = Body.like(body.carried(), "state", graph);
        List<Node> each = Body.like(body.each(), "each", graph);
        List<Node> fixed = Body.like(body.fixed(), "fixed", graph);
        List<Node> carry = with(states, carried, "tangent of state", tangents);
        int from = body.carried().size();
        List<Node> slices =
                with(each, places(along, from, each.size()), "tangent of each", tangents);
        from += body.each().size();
        List<Node> same =
                with(fixed, places(along, from, fixed.size()), "tangent of fixed", tangents);
        List<Node> roots = new ArrayList<>(body.next());
        roots.addAll(body.emitted());
        List<Node> results = body.copied(roots, graph, states, each, fixed);
        List<Node> next = results.subList(0, states.size());
        List<Node> emits = results.subList(states.size(), results.size());
        return new RepeatTangent(
                new Body(
                        carry,
                        slices,
                        same,
                        and(next, Body.at(next, carried), tangents),
                        and(emits, Body.at(emits, emitted), tangents)),
                along,
                carried,
                emitted);
    }

    private static List<Node> inputs(Body body) {
        List<Node> inputs = new ArrayList<>(body.carried());
        inputs.addAll(body.each());
        inputs.addAll(body.fixed());
        return inputs;
    }

    /// The states that move when these inputs do, which they join.
    private static List<Integer> moving(Body body, TreeSet<Integer> moved) {
        for (boolean more = true; more; ) {
            more = false;
            for (int i = 0; i < body.carried().size(); i++) {
                if (depends(body.next().get(i), moved)) {
                    more |= moved.add(body.carried().get(i).number());
                }
            }
        }
        List<Integer> moving = new ArrayList<>();
        for (int i = 0; i < body.carried().size(); i++) {
            if (moved.contains(body.carried().get(i).number())) {
                moving.add(i);
            }
        }
        return moving;
    }

    private static boolean depends(Node node, TreeSet<Integer> moved) {
        return Body.leaves(List.of(node), true).stream()
                .anyMatch(leaf -> moved.contains(leaf.number()));
    }

    private static List<Integer> places(List<Boolean> along, int from, int n) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            if (along.get(from + i)) {
                places.add(i);
            }
        }
        return places;
    }

    /// These inputs and, behind them, tangents for some.
    private static List<Node> with(
            List<Node> inputs,
            List<Integer> which,
            String kind,
            SequencedMap<Node, Node> tangents) {
        List<Node> all = new ArrayList<>(inputs);
        if (!which.isEmpty()) {
            List<Node> moved = Body.at(inputs, which);
            List<Node> along = Body.like(moved, kind, moved.getFirst().graph());
            for (int i = 0; i < moved.size(); i++) {
                tangents.put(moved.get(i), along.get(i));
            }
            all.addAll(along);
        }
        return all;
    }

    private static List<Node> and(
            List<Node> results, List<Node> moved, SequencedMap<Node, Node> tangents) {
        List<Node> all = new ArrayList<>(results);
        if (!moved.isEmpty()) {
            all.addAll(Derivatives.tangents(moved, tangents));
        }
        return all;
    }

    /// The tangent of a repeat, given those of its inputs.
    static Optional<Node> tangent(Node y, Op.Repeat op, List<Optional<Node>> t) {
        Body body = op.body();
        RepeatTangent tangent = body.tangent(t.stream().map(Optional::isPresent).toList());
        boolean emits = op.result() == Op.Repeat.Result.EMITTED;
        int behind = (emits ? tangent.emitted : tangent.carried).indexOf(op.of());
        if (behind < 0) {
            return Optional.empty();
        }
        int eachAt = body.carried().size();
        int fixedAt = eachAt + body.each().size();
        List<Node> inputs = new ArrayList<>(y.inputs().subList(0, eachAt));
        for (int i : tangent.carried) {
            Node still = y.graph().constant(0, y.input(i).shape());
            inputs.add(t.get(i).orElse(still));
        }
        inputs.addAll(y.inputs().subList(eachAt, fixedAt));
        t.subList(eachAt, fixedAt).forEach(d -> d.ifPresent(inputs::add));
        inputs.addAll(y.inputs().subList(fixedAt, body.inputs()));
        t.subList(fixedAt, body.inputs()).forEach(d -> d.ifPresent(inputs::add));
        int of = (emits ? body.emitted() : body.carried()).size() + behind;
        Op.Repeat along = new Op.Repeat(tangent.body, op.trips(), op.reversed(), op.result(), of);
        return Optional.of(y.graph().node(along, inputs.toArray(new Node[0])));
    }
}
