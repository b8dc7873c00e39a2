package org.phasezoo.engine;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.phasezoo.graph.Body;
import org.phasezoo.graph.Needs;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Op;
import org.phasezoo.graph.Shape;

/// The slow definition of a repeat: trip by trip, each by an interpreter of its own, of what the
/// result needs.
final class DefinedRepeat {
    private final Op.Repeat op;
    private final Body body;
    private final int count;

    private DefinedRepeat(Op.Repeat op, int count) {
        this.op = op;
        this.body = op.body();
        this.count = count;
    }

    /// @param value of an input of the repeat
    /// @param interpreter of a body's nodes, given the body's inputs
    static double[] of(
            Op.Repeat op,
            List<Node> in,
            Function<Node, double[]> value,
            Function<Map<String, double[]>, Interpreter> interpreter,
            int count) {
        return new DefinedRepeat(op, count).run(in, value, interpreter);
    }

    private double[] run(
            List<Node> in,
            Function<Node, double[]> value,
            Function<Map<String, double[]>, Interpreter> interpreter) {
        Needs needs = body.needs(op.result(), op.of(), false);
        int eachAt = body.carried().size();
        int fixedAt = eachAt + body.each().size();
        TreeMap<Integer, double[]> states = new TreeMap<>();
        needs.carried().forEach(i -> states.put(i, value.apply(in.get(i))));
        double[] result = new double[0];
        for (int i = 0; i < op.trips(); i++) {
            int trip = op.reversed() ? op.trips() - 1 - i : i;
            TreeMap<String, double[]> given = new TreeMap<>();
            states.forEach((k, state) -> given.put(name(body.carried().get(k)), state));
            for (int k : needs.each()) {
                Node slice = body.each().get(k);
                double[] values = new double[elements(slice.shape())];
                double[] stack = value.apply(in.get(eachAt + k));
                for (int j = 0; j < values.length; j++) {
                    values[j] = stack[stacked(slice.shape(), j, trip)];
                }
                given.put(name(slice), values);
            }
            for (int k : needs.fixed()) {
                given.put(name(body.fixed().get(k)), value.apply(in.get(fixedAt + k)));
            }
            Interpreter one = interpreter.apply(given);
            if (op.result() != Op.Repeat.Result.LAST) {
                boolean emits = op.result() == Op.Repeat.Result.EMITTED;
                Node slice = (emits ? body.emitted() : body.carried()).get(op.of());
                double[] values = one.value(slice);
                if (i == 0) {
                    result = new double[values.length * op.trips()];
                }
                for (int j = 0; j < values.length; j++) {
                    result[stacked(slice.shape(), j, trip)] = values[j];
                }
            }
            states.replaceAll((k, _) -> one.value(body.next().get(k)));
        }
        return op.result() == Op.Repeat.Result.LAST ? states.get(op.of()) : result;
    }

    private static String name(Node input) {
        return ((Op.Input) input.op()).name();
    }

    private int elements(Shape shape) {
        return shape.isBounded() ? count * shape.rowElements() : shape.elements();
    }

    /// Where element j of a slice stands in its stack.
    private int stacked(Shape slice, int j, int trip) {
        int row = slice.rowElements();
        return (j / row * op.trips() + trip) * row + j % row;
    }
}
