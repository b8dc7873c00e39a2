package org.phasezoo.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// What some results of an [Op.Repeat] need: places of the carried, each and fixed inputs in their
/// lists. A state that is needed after some trip is needed with all that its next value needs.
public record Needs(TreeSet<Integer> carried, TreeSet<Integer> each, TreeSet<Integer> fixed) {
    /// What nothing needs.
    public Needs() {
        this(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
    }

    static Needs of(Body body, Op.Repeat.Result kind, int index, boolean rules) {
        Needs needs = new Needs();
        List<Node> open = new ArrayList<>();
        if (kind == Op.Repeat.Result.EMITTED) {
            open.add(body.emitted().get(index));
        } else {
            needs.carried.add(index);
            open.add(body.next().get(index));
        }
        while (!open.isEmpty()) {
            List<Node> leaves = Body.leaves(open, rules);
            open.clear();
            for (Node leaf : leaves) {
                int state = body.carried().indexOf(leaf);
                if (state >= 0) {
                    if (needs.carried.add(state)) {
                        open.add(body.next().get(state));
                    }
                } else if (body.each().contains(leaf)) {
                    needs.each.add(body.each().indexOf(leaf));
                } else if (body.fixed().contains(leaf)) {
                    needs.fixed.add(body.fixed().indexOf(leaf));
                }
            }
        }
        return needs;
    }

    /// Adds what others need.
    public void add(Needs others) {
        carried.addAll(others.carried);
        each.addAll(others.each);
        fixed.addAll(others.fixed);
    }

    /// Places among all inputs of a repeat of this body.
    TreeSet<Integer> places(Body body) {
        TreeSet<Integer> places = new TreeSet<>(carried);
        each.forEach(i -> places.add(body.carried().size() + i));
        fixed.forEach(i -> places.add(body.carried().size() + body.each().size() + i));
        return places;
    }
}
