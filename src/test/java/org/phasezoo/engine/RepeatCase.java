package org.phasezoo.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.phasezoo.graph.Body;
import org.phasezoo.graph.FixedPoint;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Op;
import org.phasezoo.graph.Op.Repeat.Result;
import org.phasezoo.graph.Recomputation;
import org.phasezoo.graph.Shape;

/// A graph with repeats: values, and the inputs in which they are differentiated.
record RepeatCase(List<Node> values, List<Node> sources) {
    static final Shape ROWS = Shape.bounded("n", 40, 5);
    static final Shape SQUARE = Shape.of(5, 5);

    Node loss() {
        return values.stream().map(y -> y.times(y).sumAll()).reduce(Node::plus).orElseThrow();
    }

    private static Node layer(Node x, Node w, Node b) {
        return x.contract(false, w, true).plus(b.broadcast(x.shape(), 1)).tanh();
    }

    static RepeatCase layers(int trips) {
        Graph g = new Graph();
        Node x = g.input("x", ROWS);
        Node w = g.input("w", SQUARE);
        Node b = g.input("b", Shape.of(5));
        return new RepeatCase(
                List.of(FixedPoint.repeated(x, trips, s -> layer(s, w, b))), List.of(x, w, b));
    }

    static RepeatCase recurrent() {
        Graph g = new Graph();
        Node stack = g.input("x", Shape.bounded("n", 40, 6, 5));
        Node w = g.input("w", SQUARE);
        Node b = g.input("b", Shape.of(5));
        Node start = g.input("s", ROWS);
        return new RepeatCase(
                List.of(FixedPoint.scanned(start, stack, (s, e) -> layer(s.plus(e), w, b))),
                List.of(stack, w, b, start));
    }

    /// In a fixed shape whose slices are no whole lanes.
    static RepeatCase fixed() {
        Graph g = new Graph();
        Node stack = g.input("x", Shape.of(4, 3, 5));
        Node w = g.input("w", SQUARE);
        Node start = g.input("s", Shape.of(3, 5));
        BinaryOperator<Node> next =
                (s, e) -> {
                    Node half = s.contract(false, w, false).times(.5);
                    return half.plus(e).sin().plus(e.sum(0).broadcast(e.shape(), 1));
                };
        return new RepeatCase(
                List.of(FixedPoint.scanned(start, stack, next)), List.of(stack, w, start));
    }

    static RepeatCase images() {
        Graph g = new Graph();
        Node x = g.input("x", Shape.bounded("n", 40, 2, 5, 4));
        Node w = g.input("w", Shape.of(2, 2, 3, 3));
        return new RepeatCase(
                List.of(
                        FixedPoint.repeated(x, 3, s -> s.convolve(w, 1).tanh().plus(x))
                                .convolve(w, 1)),
                List.of(x, w));
    }

    /// Solves, and rows of a table that the state is.
    static RepeatCase families() {
        Graph g = new Graph();
        Node x = g.input("x", Shape.of(5, 2));
        Node w = g.input("w", SQUARE);
        Node row = g.node(new Op.Iota(SQUARE, 0));
        Node column = g.node(new Op.Iota(SQUARE, 1));
        Node identity = row.atMost(column).times(column.atMost(row));
        Node index = g.node(new Op.Iota(Shape.of(5), 0)).times(2).minus(g.constant(3));
        Node y =
                FixedPoint.repeated(
                        x,
                        3,
                        s -> {
                            Node a = w.contract(false, w, true).plus(identity);
                            Node next = a.plus(s.contract(false, s, true)).solve(s);
                            return next.plus(s.gather(index)).plus(x);
                        });
        return new RepeatCase(List.of(y), List.of(x, w));
    }

    static RepeatCase nested() {
        Graph g = new Graph();
        Node x = g.input("x", ROWS);
        Node w = g.input("w", SQUARE);
        Node b = g.input("b", Shape.of(5));
        Node y =
                FixedPoint.repeated(
                        x,
                        3,
                        s ->
                                FixedPoint.repeated(s, 2, t -> layer(t.plus(s.times(.5)), w, b))
                                        .plus(x));
        return new RepeatCase(List.of(y), List.of(x, w, b));
    }

    /// Three states: two change places, one is both the last state's and its own; emitted are
    /// states, a slice, a constant, a fixed input and what was computed.
    static RepeatCase entangled(boolean reversed) {
        Graph inside = new Graph();
        List<Node> states = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            states.add(inside.input("state " + i, ROWS));
        }
        Node each = inside.input("each", ROWS);
        Node unread = inside.input("unread", ROWS);
        Node same = inside.input("same", Shape.of(5));
        Node idle = inside.input("idle", Shape.of(3));
        Node sum =
                states.get(2).times(.5).plus(each).minus(same.broadcast(ROWS, 1).times(.25)).tanh();
        List<Node> emitted =
                List.of(
                        states.get(0),
                        each,
                        inside.constant(.5, Shape.of(3)),
                        same,
                        sum.times(states.get(1)).sum(0),
                        sum,
                        states.get(3));
        Body body =
                new Body(
                        states,
                        List.of(each, unread),
                        List.of(same, idle),
                        List.of(states.get(1), states.get(0).plus(sum).sin(), sum, sum),
                        emitted);
        Graph g = new Graph();
        List<Node> inputs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            inputs.add(g.input("x" + i, ROWS));
        }
        inputs.add(g.input("each", Shape.bounded("n", 40, 3, 5)));
        inputs.add(g.input("unread", Shape.bounded("n", 40, 3, 5)));
        inputs.add(g.input("same", Shape.of(5)));
        inputs.add(g.input("idle", Shape.of(3)));
        Node[] in = inputs.toArray(new Node[0]);
        List<Node> values = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            values.add(g.node(new Op.Repeat(body, 3, reversed, Result.LAST, i), in));
            values.add(g.node(new Op.Repeat(body, 3, reversed, Result.STATES, i), in));
        }
        for (int i = 0; i < emitted.size(); i++) {
            values.add(g.node(new Op.Repeat(body, 3, reversed, Result.EMITTED, i), in));
        }
        return new RepeatCase(values, inputs);
    }

    /// A body that recomputes, and a fixed point in each trip.
    static RepeatCase ruled() {
        Graph g = new Graph();
        Node x = g.input("x", ROWS);
        Node w = g.input("w", SQUARE);
        Node b = g.input("b", Shape.of(5));
        Node y =
                FixedPoint.repeated(
                        x,
                        2,
                        s -> {
                            Node again =
                                    Recomputation.of(
                                            in -> layer(in.get(0), in.get(1), in.get(2)), s, w, b);
                            return FixedPoint.of(
                                    x, again, 2, (u, t) -> u.times(.25).plus(t).plus(x).sin());
                        });
        return new RepeatCase(List.of(y), List.of(x, w, b));
    }

    static RepeatCase ignoring() {
        Graph g = new Graph();
        Node x = g.input("x", ROWS);
        Node w = g.input("w", SQUARE);
        return new RepeatCase(
                List.of(
                        FixedPoint.repeated(x, 3, s -> x.contract(false, w, false).sin()),
                        FixedPoint.repeated(x, 3, s -> x.graph().constant(2, ROWS)),
                        FixedPoint.repeated(x, 3, s -> s)),
                List.of(x, w));
    }

    static Stream<Arguments> all() {
        return Stream.of(
                Arguments.of("layers", layers(4)),
                Arguments.of("one trip", layers(1)),
                Arguments.of("recurrent", recurrent()),
                Arguments.of("fixed shape", fixed()),
                Arguments.of("images", images()),
                Arguments.of("families", families()),
                Arguments.of("nested", nested()),
                Arguments.of("entangled", entangled(false)),
                Arguments.of("entangled, reversed", entangled(true)),
                Arguments.of("rules", ruled()),
                Arguments.of("ignoring", ignoring()));
    }

    /// The same trips one after the other, of the three cases that authors write.
    static RepeatCase unrolled(String name) {
        Graph g = new Graph();
        Node w = g.input("w", SQUARE);
        Node b = g.input("b", Shape.of(5));
        switch (name) {
            case "layers" -> {
                Node x = g.input("x", ROWS);
                Node y = x;
                for (int trip = 0; trip < 4; trip++) {
                    y = layer(y, w, b);
                }
                return new RepeatCase(List.of(y), List.of(x, w, b));
            }
            case "nested" -> {
                Node x = g.input("x", ROWS);
                Node y = x;
                for (int trip = 0; trip < 3; trip++) {
                    Node s = y;
                    y = layer(y.plus(s.times(.5)), w, b);
                    y = layer(y.plus(s.times(.5)), w, b).plus(x);
                }
                return new RepeatCase(List.of(y), List.of(x, w, b));
            }
            default -> {
                Node stack = g.input("x", Shape.bounded("n", 40, 6, 5));
                Node start = g.input("s", ROWS);
                Node s = start;
                List<Node> slices = new ArrayList<>();
                for (int trip = 0; trip < 6; trip++) {
                    s = layer(s.plus(stack.slice(1, trip, trip + 1).reshape(ROWS)), w, b);
                    slices.add(s.reshape(Shape.bounded("n", 40, 1, 5)));
                }
                return new RepeatCase(
                        List.of(
                                slices.stream()
                                        .reduce((l, r) -> l.concatenate(1, r))
                                        .orElseThrow()),
                        List.of(stack, w, b, start));
            }
        }
    }
}
