package org.phasezoo.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// What some results of an [Op.Repeat] need: places of the carried, each and fixed inputs in their
/// lists, ascending. A state that is needed after some trip is needed with all that its next value
/// needs.
public record Needs(List<Integer> carried, List<Integer> each, List<Integer> fixed) {
    /// What nothing needs.
    public static final Needs NOTHING = new Needs(List.of(), List.of(), List.of());

    public Needs {
        carried = List.copyOf(carried);
        each = List.copyOf(each);
        fixed = List.copyOf(fixed);
    }

    static Needs of(Body body, Op.Repeat.Result kind, int index, boolean rules) {
        TreeSet<Integer> carried = new TreeSet<>();
        TreeSet<Integer> each = new TreeSet<>();
        TreeSet<Integer> fixed = new TreeSet<>();
        List<Node> open = new ArrayList<>();
        if (kind == Op.Repeat.Result.EMITTED) {
            open.add(body.emitted().get(index));
        } else {
            carried.add(index);
            open.add(body.next().get(index));
        }
        while (!open.isEmpty()) {
            List<Node> leaves = Body.leaves(open, rules);
            open.clear();
            for (Node leaf : leaves) {
                int state = body.carried().indexOf(leaf);
                if (state >= 0) {
                    if (carried.add(state)) {
                        open.add(body.next().get(state));
                    }
                } else if (body.each().contains(leaf)) {
                    each.add(body.each().indexOf(leaf));
                } else if (body.fixed().contains(leaf)) {
                    fixed.add(body.fixed().indexOf(leaf));
                }
            }
        }
        return new Needs(List.copyOf(carried), List.copyOf(each), List.copyOf(fixed));
    }

    /// What these results and others need.
    public Needs and(Needs others) {
        return new Needs(
                both(carried, others.carried), both(each, others.each), both(fixed, others.fixed));
    }

    private static List<Integer> both(List<Integer> left, List<Integer> right) {
        TreeSet<Integer> both = new TreeSet<>(left);
        both.addAll(right);
        return List.copyOf(both);
    }

    /// Places among all inputs of a repeat of this body.
    List<Integer> places(Body body) {
        List<Integer> places = new ArrayList<>(carried);
        each.forEach(i -> places.add(body.carried().size() + i));
        fixed.forEach(i -> places.add(body.carried().size() + body.each().size() + i));
        return places;
    }
}
