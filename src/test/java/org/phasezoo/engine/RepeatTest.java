package org.phasezoo.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasezoo.graph.Body;
import org.phasezoo.graph.Derivatives;
import org.phasezoo.graph.FixedPoint;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Op;
import org.phasezoo.graph.Op.Repeat.Result;
import org.phasezoo.graph.Recomputation;
import org.phasezoo.graph.Shape;

/// Repeats: their bits are those of the plain loop over their body, their derivatives those of the
/// same trips one after the other, and neither graph nor program grows with the trips.
@Tag("bits")
class RepeatTest {
    private static final Shape ROWS = Shape.bounded("n", 40, 5);
    private static final Shape SQUARE = Shape.of(5, 5);

    /// Values, and the nodes in which they are differentiated.
    private record Case(List<Node> values, List<Node> sources) {
        Node loss() {
            return values.stream().map(y -> y.times(y).sumAll()).reduce(Node::plus).orElseThrow();
        }
    }

    private static Node layer(Node x, Node w, Node b) {
        return x.contract(false, w, true).plus(b.broadcast(x.shape(), 1)).tanh();
    }

    private static Case layers(int trips) {
        Graph g = new Graph();
        Node x = g.input("x", ROWS);
        Node w = g.input("w", SQUARE);
        Node b = g.input("b", Shape.of(5));
        return new Case(
                List.of(FixedPoint.repeated(x, trips, s -> layer(s, w, b))), List.of(x, w, b));
    }

    private static Case recurrent() {
        Graph g = new Graph();
        Node stack = g.input("x", Shape.bounded("n", 40, 6, 5));
        Node w = g.input("w", SQUARE);
        Node b = g.input("b", Shape.of(5));
        Node start = g.input("s", ROWS);
        return new Case(
                List.of(FixedPoint.scanned(start, stack, (s, e) -> layer(s.plus(e), w, b))),
                List.of(stack, w, b, start));
    }

    /// In a fixed shape whose slices are no whole lanes.
    private static Case fixed() {
        Graph g = new Graph();
        Node stack = g.input("x", Shape.of(4, 3, 5));
        Node w = g.input("w", SQUARE);
        Node start = g.input("s", Shape.of(3, 5));
        BinaryOperator<Node> next =
                (s, e) -> {
                    Node half = s.contract(false, w, false).times(.5);
                    return half.plus(e).sin().plus(e.sum(0).broadcast(e.shape(), 1));
                };
        return new Case(List.of(FixedPoint.scanned(start, stack, next)), List.of(stack, w, start));
    }

    private static Case images() {
        Graph g = new Graph();
        Node x = g.input("x", Shape.bounded("n", 40, 2, 5, 4));
        Node w = g.input("w", Shape.of(2, 2, 3, 3));
        return new Case(
                List.of(FixedPoint.repeated(x, 3, s -> s.convolve(w, 1).tanh().plus(x))),
                List.of(x, w));
    }

    private static Case nested() {
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
        return new Case(List.of(y), List.of(x, w, b));
    }

    /// Three states: two change places, one is both the last state's and its own; emitted are a
    /// state, a slice, a constant, a fixed input and what was computed.
    private static Case entangled(boolean reversed) {
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
                        sum);
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
        return new Case(values, inputs);
    }

    /// A body that recomputes, and a fixed point in each trip.
    private static Case ruled() {
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
        return new Case(List.of(y), List.of(x, w, b));
    }

    private static Case ignoring() {
        Graph g = new Graph();
        Node x = g.input("x", ROWS);
        Node w = g.input("w", SQUARE);
        return new Case(
                List.of(
                        FixedPoint.repeated(x, 3, s -> x.contract(false, w, false).sin()),
                        FixedPoint.repeated(x, 3, s -> x.graph().constant(2, ROWS)),
                        FixedPoint.repeated(x, 3, s -> s)),
                List.of(x, w));
    }

    static Stream<Arguments> cases() {
        return Stream.of(
                Arguments.of("layers", layers(4)),
                Arguments.of("one trip", layers(1)),
                Arguments.of("recurrent", recurrent()),
                Arguments.of("fixed shape", fixed()),
                Arguments.of("images", images()),
                Arguments.of("nested", nested()),
                Arguments.of("entangled", entangled(false)),
                Arguments.of("entangled, reversed", entangled(true)),
                Arguments.of("rules", ruled()),
                Arguments.of("ignoring", ignoring()));
    }

    private static SequencedMap<String, Node> named(String name, List<Node> nodes) {
        SequencedMap<String, Node> named = new LinkedHashMap<>();
        nodes.forEach(node -> named.put(name + named.size(), node));
        return named;
    }

    private static SequencedMap<Node, Node> along(Case c) {
        SequencedMap<Node, Node> along = new LinkedHashMap<>();
        for (Node x : c.sources) {
            along.put(x, x.graph().input("v." + ((Op.Input) x.op()).name(), x.shape()));
        }
        return along;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void values_and_derivatives_equal_the_definition_bit_for_bit(String name, Case c) {
        SequencedMap<String, Node> outputs = named("y", c.values);
        List<Node> gradient = Derivatives.gradient(c.loss(), c.sources);
        outputs.putAll(named("g", gradient));
        outputs.putAll(named("h", Derivatives.tangents(gradient, along(c))));
        ForcedPlansTest.assertDefined(outputs, ForcedPlansTest.plans(2), 17);
        ForcedPlansTest.assertDefined(outputs, List.of(Forced.NOTHING), 1, 7, 16, 33);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void the_derivative_of_a_gradient_in_reverse_equals_the_definition_bit_for_bit(
            String name, Case c) {
        List<Node> gradient = Derivatives.gradient(c.loss(), c.sources);
        Node norm = new Case(gradient, List.of()).loss();
        ForcedPlansTest.assertDefined(
                named("r", Derivatives.gradient(norm, c.sources)), List.of(Forced.NOTHING), 7, 33);
    }

    /// Each result by itself: what it does not need is left out.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void each_result_alone_equals_the_definition_bit_for_bit(boolean reversed) {
        Case c = entangled(reversed);
        for (Node value : c.values) {
            SequencedMap<String, Node> outputs = named("y", List.of(value));
            outputs.putAll(
                    named("g", Derivatives.gradient(value.times(value).sumAll(), c.sources)));
            ForcedPlansTest.assertDefined(outputs, List.of(Forced.NOTHING), 19);
        }
    }

    @ParameterizedTest
    @EnumSource
    void updates_through_a_repeat_equal_the_definition_bit_for_bit(Precision precision) {
        Case c = recurrent();
        List<Node> gradient = Derivatives.gradient(c.loss(), c.sources);
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        SequencedMap<String, String> carries = new LinkedHashMap<>();
        outputs.put("loss", c.loss());
        for (int i = 0; i < gradient.size(); i++) {
            Node x = c.sources.get(i);
            outputs.put("new" + i, x.minus(gradient.get(i).times(.01)));
            carries.put("new" + i, ((Op.Input) x.op()).name());
        }
        TreeMap<String, double[]> inputs = EngineTest.draws(outputs, 3);
        Workspace work = EngineTest.set(Program.of(outputs, carries), precision, 33, inputs);
        for (int run = 0; run < 3; run++) {
            work.run();
            Interpreter definition = new Interpreter(precision, 33, inputs);
            outputs.forEach((name, node) -> {
                double[] expected = definition.value(node);
                double[] found = new double[expected.length];
                work.get(name, found, 0);
                assertThat(found).as(name).isEqualTo(expected);
            });
            carries.forEach((from, to) -> inputs.put(to, definition.value(outputs.get(from))));
        }
    }

    /// The same trips one after the other, of the three cases that authors write.
    private static Case unrolled(String name) {
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
                return new Case(List.of(y), List.of(x, w, b));
            }
            case "nested" -> {
                Node x = g.input("x", ROWS);
                Node y = x;
                for (int trip = 0; trip < 3; trip++) {
                    Node s = y;
                    y = layer(y.plus(s.times(.5)), w, b);
                    y = layer(y.plus(s.times(.5)), w, b).plus(x);
                }
                return new Case(List.of(y), List.of(x, w, b));
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
                return new Case(
                        List.of(
                                slices.stream()
                                        .reduce((l, r) -> l.concatenate(1, r))
                                        .orElseThrow()),
                        List.of(stack, w, b, start));
            }
        }
    }

    private static SequencedMap<String, Node> derivatives(Case c) {
        SequencedMap<String, Node> outputs = named("y", c.values);
        List<Node> gradient = Derivatives.gradient(c.loss(), c.sources);
        outputs.putAll(named("g", gradient));
        SequencedMap<Node, Node> along = along(c);
        List<Node> product = Derivatives.tangents(gradient, along);
        outputs.putAll(named("h", product));
        outputs.putAll(named("t", Derivatives.tangents(product, along)));
        Node norm = new Case(gradient, List.of()).loss();
        outputs.putAll(named("r", Derivatives.gradient(norm, c.sources)));
        outputs.putAll(named("j", Derivatives.tangents(c.values, along)));
        return outputs;
    }

    @ParameterizedTest
    @ValueSource(strings = {"layers", "recurrent", "nested"})
    void derivatives_to_the_third_are_those_of_the_trips_one_after_the_other(String name) {
        Case c =
                switch (name) {
                    case "layers" -> layers(4);
                    case "nested" -> nested();
                    default -> recurrent();
                };
        SequencedMap<String, Node> outputs = derivatives(c);
        SequencedMap<String, Node> expected = derivatives(unrolled(name));
        TreeMap<String, double[]> inputs = EngineTest.draws(expected, 7);
        Workspace work = EngineTest.set(Program.of(outputs), Precision.FLOAT64, 9, inputs);
        Workspace by = EngineTest.set(Program.of(expected), Precision.FLOAT64, 9, inputs);
        work.run();
        by.run();
        outputs.forEach((key, node) -> {
            double[] found = new double[node.shape().elements()];
            double[] right = new double[node.shape().elements()];
            work.get(key, found, 0);
            by.get(key, right, 0);
            double most =
                    Stream.of(right)
                            .flatMapToDouble(Arrays::stream)
                            .map(Math::abs)
                            .max()
                            .orElseThrow();
            assertThat(most).as(key).isPositive();
            assertThat(found).as(key).containsExactly(right, within(1e-12 * most));
        });
    }

    @Test
    void graph_and_program_do_not_grow_with_the_trips_nor_the_arena_for_a_last_state() {
        Case few = layers(2);
        Case many = layers(1000);
        assertThat(Program.of(named("y", many.values)).arenaElements())
                .isEqualTo(Program.of(named("y", few.values)).arenaElements());
        SequencedMap<String, Node> a = derivatives(few);
        SequencedMap<String, Node> b = derivatives(many);
        assertThat(b.firstEntry().getValue().graph().nodes())
                .hasSameSizeAs(a.firstEntry().getValue().graph().nodes());
        assertThat(Program.of(b).explained()).hasSameSizeAs(Program.of(a).explained());
        assertThat(Program.of(b).multiplyAdds() / Program.of(a).multiplyAdds())
                .isBetween(490.0, 510.0);
        assertThat(Program.of(named("y", many.values)).multiplyAdds()).isEqualTo(1000.0 * 40 * 25);
    }

    private static List<String> kernels(Node... outputs) {
        return Program.of(named("y", List.of(outputs))).explained().stream()
                .map(Explained::kernel)
                .toList();
    }

    @Test
    void results_of_one_repeat_are_one_loop_of_what_they_need() {
        Case c = entangled(false);
        assertThat(kernels(c.values.get(0), c.values.get(3)))
                .containsExactly(
                        "3 × Broadcast · Multiply · Add · Broadcast · Broadcast · Multiply · Subtract · Tanh"
                                + " · Add · Sin",
                        "Repeat of 3 trips: last 0",
                        "Repeat of 3 trips: states 1");
        assertThat(kernels(c.values.get(9))).containsExactly("Repeat of 3 trips: emitted 1");
        Explained last = Program.of(named("y", List.of(c.values.get(4)))).explained().getFirst();
        assertThat(last.kernel()).startsWith("3 × ").doesNotContain("Sin");
        assertThat(last.flops()).isEqualTo(3.0 * last.kernel().split("·").length * 200);
    }

    /// The gradient of a linear repeat in its start needs none of its states.
    @Test
    void trajectories_that_nothing_needs_are_not_kept() {
        Graph g = new Graph();
        Node x = g.input("x", ROWS);
        Node w = g.input("w", SQUARE);
        Node y = FixedPoint.repeated(x, 9, s -> s.contract(false, w, false)).sumAll();
        List<Node> gradient = Derivatives.gradient(y, List.of(x, w));
        assertThat(kernels(gradient.get(0))).noneMatch(kernel -> kernel.contains("states"));
        assertThat(kernels(gradient.get(1))).anyMatch(kernel -> kernel.contains("states 0"));
    }

    @Test
    void the_ops_of_a_graph_are_also_those_of_bodies_and_their_derivatives() {
        Graph inside = new Graph();
        Node state = inside.input("state", ROWS);
        Body body =
                new Body(
                        List.of(state),
                        List.of(),
                        List.of(),
                        List.of(FixedPoint.repeated(state, 2, Node::erf)),
                        List.of());
        Graph g = new Graph();
        Node x = g.input("x", ROWS);
        Node y = g.node(new Op.Repeat(body, 2, false, Result.LAST, 0), x);
        assertThat(names(g)).containsExactly("Erf", "Input", "Repeat", "WithAdjoint");
        Derivatives.gradient(y.sumAll(), List.of(x));
        assertThat(names(g)).contains("Exp", "Negate");
    }

    private static List<String> names(Graph graph) {
        return graph.ops().stream().map(op -> op.getClass().getSimpleName()).toList();
    }
}
