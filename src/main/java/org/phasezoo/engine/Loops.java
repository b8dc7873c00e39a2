package org.phasezoo.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.phasezoo.graph.Body;
import org.phasezoo.graph.Needs;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Op;
import org.phasezoo.graph.Shape;

/// Plans a repeat: all results of it that a program needs are made by one loop, which carries and
/// computes only what they need. Its body is planned into the same arena, where the fixed inputs
/// are read in their places and a state stands where its last value is wanted.
final class Loops {
    private final List<Node> results;
    private final Plan plan;
    private final Op.Repeat op;
    private final Body body;
    private Needs needs = Needs.NOTHING;
    private final TreeMap<Integer, Integer> states = new TreeMap<>();
    private final SequencedMap<String, Integer> inputs = new LinkedHashMap<>();

    /// Where a state stands aside that is the next value of another.
    private final TreeMap<Integer, Integer> aside = new TreeMap<>();

    private final SequencedMap<Integer, Integer> taken = new LinkedHashMap<>();
    private final List<Copy> before = new ArrayList<>();
    private final List<Copy> begin = new ArrayList<>();
    private final List<Copy> end = new ArrayList<>();

    private Loops(List<Node> results, Op.Repeat op, Plan plan) {
        this.results = results;
        this.plan = plan;
        this.op = op;
        this.body = op.body();
    }

    /// The loop of a repeat, for this node and all other results of it.
    static Step of(Node node, Op.Repeat op, Plan plan, Fusion fusion) {
        List<Node> results = fusion.arrays().stream().filter(other -> areOne(node, other)).toList();
        return new Loops(results, op, plan).step();
    }

    private static boolean areOne(Node a, Node b) {
        return a.op() instanceof Op.Repeat x
                && b.op() instanceof Op.Repeat y
                && x.body().equals(y.body())
                && x.trips() == y.trips()
                && x.reversed() == y.reversed()
                && a.inputs().equals(b.inputs());
    }

    private Step step() {
        for (Node result : results) {
            if (result.op() instanceof Op.Repeat r) {
                needs = needs.and(body.needs(r.result(), r.of(), false));
                int y = plan.made(result);
                if (r.result() == Op.Repeat.Result.LAST) {
                    states.put(r.of(), y);
                }
            }
        }
        read();
        SequencedMap<Node, String> carries = new LinkedHashMap<>();
        List<Node> outputs = new ArrayList<>();
        for (int i : needs.carried()) {
            Node next = body.next().get(i);
            if (isState(next) && !plan.isInput(next, name(body.carried().get(i)))) {
                aside.put(i, take(next.shape()));
            }
            outputs.add(next);
            carries.put(next, name(body.carried().get(i)));
        }
        for (Node result : results) {
            if (result.op() instanceof Op.Repeat(_, _, _, Op.Repeat.Result kind, int i)
                    && kind == Op.Repeat.Result.EMITTED) {
                outputs.add(body.emitted().get(i));
            }
        }
        Plan trip = plan.inside(outputs, carries, inputs, op.trips());
        for (Node result : results) {
            stack(result, trip);
        }
        for (int i : needs.carried()) {
            move(i, trip);
        }
        trip.release(outputs, new TreeSet<>(states.sequencedValues()));
        taken.forEach(plan::giveBack);
        return new Step.Loop(op.trips(), op.reversed(), before, begin, trip.steps(), end);
    }

    private int take(Shape shape) {
        int size = plan.layout().size(shape);
        int at = plan.take(size);
        taken.put(at, size);
        return at;
    }

    /// Places of the inputs of a trip, and how they are filled.
    private void read() {
        List<Node> in = results.getFirst().inputs();
        for (int i : needs.carried()) {
            Shape shape = in.get(i).shape();
            int at = states.computeIfAbsent(i, _ -> take(shape));
            inputs.put(name(body.carried().get(i)), at);
            before.add(whole(shape, plan.place(in.get(i)), at));
        }
        int from = body.carried().size();
        for (int i : needs.each()) {
            Shape shape = body.each().get(i).shape();
            int at = take(shape);
            inputs.put(name(body.each().get(i)), at);
            begin.add(slice(shape, at, plan.place(in.get(from + i))).back());
        }
        from += body.each().size();
        for (int i : needs.fixed()) {
            inputs.put(name(body.fixed().get(i)), plan.place(in.get(from + i)));
        }
    }

    private static String name(Node input) {
        if (input.op() instanceof Op.Input(String name, _)) {
            return name;
        }
        throw new IllegalStateException(input + " is no input");
    }

    /// A result that is a stack gets its slice.
    private void stack(Node result, Plan trip) {
        if (!(result.op() instanceof Op.Repeat r) || r.result() == Op.Repeat.Result.LAST) {
            return;
        }
        int y = plan.place(result);
        if (r.result() == Op.Repeat.Result.STATES) {
            Shape shape = body.carried().get(r.of()).shape();
            begin.add(slice(shape, state(r.of()), y));
            return;
        }
        Node emitted = body.emitted().get(r.of());
        (isState(emitted) ? begin : end).add(slice(emitted.shape(), trip.place(emitted), y));
    }

    private int state(int i) {
        Integer at = states.get(i);
        if (at == null) {
            throw new IllegalStateException("no place was planned for state " + i);
        }
        return at;
    }

    /// Whether a node is a state before the trip, which its end changes.
    private boolean isState(Node node) {
        for (int i : needs.carried()) {
            if (plan.isInput(node, name(body.carried().get(i)))) {
                return true;
            }
        }
        return false;
    }

    /// The next state becomes the state; if it is another state, that one as it was before the
    /// trip.
    private void move(int i, Plan trip) {
        Node next = body.next().get(i);
        Integer apart = aside.get(i);
        int from = trip.place(next);
        if (apart != null) {
            begin.add(whole(next.shape(), from, apart));
            from = apart;
        }
        if (from != state(i)) {
            end.add(whole(next.shape(), from, state(i)));
        }
    }

    /// A whole array.
    private Copy whole(Shape shape, int from, int to) {
        int length = shape.isBounded() ? group(shape) : plan.layout().size(shape);
        return new Copy(shape.rows(), length, from, length, 0, to, length, 0);
    }

    /// An array to its slice of a stack.
    private Copy slice(Shape shape, int from, int stack) {
        int length = group(shape);
        int apart = length * op.trips();
        return new Copy(shape.rows(), length, from, length, 0, stack, apart, length);
    }

    /// Elements that stand together.
    private int group(Shape shape) {
        return shape.rowElements() * plan.layout().width(shape);
    }
}
