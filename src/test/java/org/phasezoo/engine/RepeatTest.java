package org.phasezoo.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
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
import org.phasezoo.graph.Shape;

/// Repeats: their bits are those of the plain loop over their body, their derivatives those of the
/// same trips one after the other, and neither graph nor program grows with the trips.
@Tag("bits")
class RepeatTest {
    private static final Shape ROWS = RepeatCase.ROWS;
    private static final Shape SQUARE = RepeatCase.SQUARE;

    static Stream<Arguments> cases() {
        return RepeatCase.all();
    }

    private static SequencedMap<String, Node> named(String name, List<Node> nodes) {
        SequencedMap<String, Node> named = new LinkedHashMap<>();
        nodes.forEach(node -> named.put(name + named.size(), node));
        return named;
    }

    private static SequencedMap<Node, Node> along(RepeatCase c) {
        SequencedMap<Node, Node> along = new LinkedHashMap<>();
        for (Node x : c.sources()) {
            along.put(x, x.graph().input("v." + ((Op.Input) x.op()).name(), x.shape()));
        }
        return along;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void values_and_derivatives_equal_the_definition_bit_for_bit(String name, RepeatCase c) {
        SequencedMap<String, Node> outputs = named("y", c.values());
        List<Node> gradient = Derivatives.gradient(c.loss(), c.sources());
        outputs.putAll(named("g", gradient));
        outputs.putAll(named("h", Derivatives.tangents(gradient, along(c))));
        ForcedPlansTest.assertDefined(outputs, ForcedPlansTest.plans(2), 17);
        ForcedPlansTest.assertDefined(outputs, List.of(Forced.NOTHING), 1, 7, 16, 33);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void the_derivative_of_a_gradient_in_reverse_equals_the_definition_bit_for_bit(
            String name, RepeatCase c) {
        List<Node> gradient = Derivatives.gradient(c.loss(), c.sources());
        Node norm = new RepeatCase(gradient, List.of()).loss();
        ForcedPlansTest.assertDefined(
                named("r", Derivatives.gradient(norm, c.sources())),
                List.of(Forced.NOTHING),
                7,
                33);
    }

    /// Each result by itself: what it does not need is left out.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void each_result_alone_equals_the_definition_bit_for_bit(boolean reversed) {
        RepeatCase c = RepeatCase.entangled(reversed);
        for (Node value : c.values()) {
            SequencedMap<String, Node> outputs = named("y", List.of(value));
            outputs.putAll(
                    named("g", Derivatives.gradient(value.times(value).sumAll(), c.sources())));
            ForcedPlansTest.assertDefined(outputs, List.of(Forced.NOTHING), 19);
        }
    }

    @ParameterizedTest
    @EnumSource
    void updates_through_a_repeat_equal_the_definition_bit_for_bit(Precision precision) {
        RepeatCase c = RepeatCase.recurrent();
        List<Node> gradient = Derivatives.gradient(c.loss(), c.sources());
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        SequencedMap<String, String> carries = new LinkedHashMap<>();
        outputs.put("loss", c.loss());
        for (int i = 0; i < gradient.size(); i++) {
            Node x = c.sources().get(i);
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

    private static SequencedMap<String, Node> derivatives(RepeatCase c) {
        SequencedMap<String, Node> outputs = named("y", c.values());
        List<Node> gradient = Derivatives.gradient(c.loss(), c.sources());
        outputs.putAll(named("g", gradient));
        SequencedMap<Node, Node> along = along(c);
        List<Node> product = Derivatives.tangents(gradient, along);
        outputs.putAll(named("h", product));
        outputs.putAll(named("t", Derivatives.tangents(product, along)));
        Node norm = new RepeatCase(gradient, List.of()).loss();
        outputs.putAll(named("r", Derivatives.gradient(norm, c.sources())));
        outputs.putAll(named("j", Derivatives.tangents(c.values(), along)));
        SequencedMap<Node, Node> second = new LinkedHashMap<>();
        second.put(c.sources().get(1), along.get(c.sources().get(1)));
        outputs.putAll(named("p", Derivatives.tangents(gradient, second)));
        return outputs;
    }

    @ParameterizedTest
    @ValueSource(strings = {"layers", "recurrent", "nested"})
    void derivatives_to_the_third_are_those_of_the_trips_one_after_the_other(String name) {
        RepeatCase c =
                switch (name) {
                    case "layers" -> RepeatCase.layers(4);
                    case "nested" -> RepeatCase.nested();
                    default -> RepeatCase.recurrent();
                };
        SequencedMap<String, Node> outputs = derivatives(c);
        SequencedMap<String, Node> expected = derivatives(RepeatCase.unrolled(name));
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

    /// All cases but fixed points after few trips, whose derivative is not that of the trips.
    static Stream<Arguments> trips() {
        return cases().filter(c -> !c.get()[0].equals("rules"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("trips")
    void gradients_and_tangents_agree_with_finite_differences(String name, RepeatCase c) {
        SequencedMap<Node, Node> along = along(c);
        SequencedMap<String, Node> outputs =
                named("g", Derivatives.gradient(c.loss(), c.sources()));
        outputs.put("f", c.loss());
        outputs.put("slope", Derivatives.tangents(List.of(c.loss()), along).getFirst());
        Program program = Program.of(outputs);
        TreeMap<String, double[]> inputs = EngineTest.draws(outputs, 5);
        double[] f = new double[3];
        double slope = 0;
        double product = 0;
        double step = 1e-5;
        for (int side = -1; side <= 1; side++) {
            TreeMap<String, double[]> moved = new TreeMap<>(inputs);
            for (Node x : c.sources()) {
                String input = ((Op.Input) x.op()).name();
                double[] values = inputs.get(input).clone();
                double[] v = inputs.get("v." + input);
                for (int i = 0; i < values.length; i++) {
                    values[i] += side * step * v[i];
                }
                moved.put(input, values);
            }
            Workspace work = EngineTest.set(program, Precision.FLOAT64, 9, moved);
            work.run();
            f[side + 1] = work.scalar("f");
            if (side == 0) {
                slope = work.scalar("slope");
                for (int i = 0; i < c.sources().size(); i++) {
                    Node x = c.sources().get(i);
                    double[] g = new double[x.shape().elements()];
                    work.get("g" + i, g, 0);
                    double[] v = inputs.get("v." + ((Op.Input) x.op()).name());
                    for (int j = 0; j < g.length; j++) {
                        product += g[j] * v[j];
                    }
                }
            }
        }
        assertThat(slope).isNotZero();
        assertThat(product).isCloseTo(slope, within(1e-11 * (1 + Math.abs(slope))));
        assertThat((f[2] - f[0]) / (2 * step))
                .isCloseTo(slope, within(1e-7 * (1 + Math.abs(slope))));
    }

    @Test
    void graph_and_program_do_not_grow_with_the_trips_nor_the_arena_for_a_last_state() {
        RepeatCase few = RepeatCase.layers(2);
        RepeatCase many = RepeatCase.layers(1000);
        assertThat(Program.of(named("y", many.values())).arenaElements())
                .isEqualTo(Program.of(named("y", few.values())).arenaElements());
        SequencedMap<String, Node> a = derivatives(few);
        SequencedMap<String, Node> b = derivatives(many);
        assertThat(b.firstEntry().getValue().graph().nodes())
                .hasSameSizeAs(a.firstEntry().getValue().graph().nodes());
        assertThat(Program.of(b).explained()).hasSameSizeAs(Program.of(a).explained());
        assertThat(Program.of(b).multiplyAdds() / Program.of(a).multiplyAdds())
                .isBetween(490.0, 510.0);
        assertThat(Program.of(named("y", many.values())).multiplyAdds())
                .isEqualTo(1000.0 * 40 * 25);
    }

    @ParameterizedTest
    @EnumSource
    void a_last_state_may_become_its_start(Precision precision) {
        RepeatCase c = RepeatCase.layers(3);
        SequencedMap<String, Node> outputs = named("y", c.values());
        SequencedMap<String, String> carries = new LinkedHashMap<>();
        carries.put("y0", "x");
        TreeMap<String, double[]> inputs = EngineTest.draws(outputs, 3);
        Workspace work = EngineTest.set(Program.of(outputs, carries), precision, 33, inputs);
        work.run();
        work.run();
        double[] found = new double[33 * 5];
        work.get("y0", found, 0);
        assertThat(found)
                .isEqualTo(
                        new Interpreter(
                                        precision,
                                        33,
                                        EngineTest.draws(
                                                named("y", RepeatCase.layers(6).values()), 3))
                                .value(RepeatCase.layers(6).values().getFirst()));
    }

    /// The result of the second of two repeats and its body fit where the first's body stood.
    @Test
    void memory_of_a_body_is_free_behind_its_loop() {
        RepeatCase c = RepeatCase.layers(3);
        Node w = c.sources().get(1);
        Node once = c.values().getFirst();
        Node twice = FixedPoint.repeated(once, 2, s -> s.contract(false, w, false).tanh().exp());
        assertThat(Program.of(named("y", List.of(once, twice))).arenaElements())
                .isEqualTo(Program.of(named("y", List.of(once))).arenaElements());
    }

    private static List<String> kernels(Node... outputs) {
        return Program.of(named("y", List.of(outputs))).explained().stream()
                .map(Explained::kernel)
                .toList();
    }

    @Test
    void results_of_one_repeat_are_one_loop_of_what_they_need() {
        RepeatCase c = RepeatCase.entangled(false);
        assertThat(kernels(c.values().get(0), c.values().get(3)))
                .containsExactly(
                        "3 × Broadcast · Multiply · Add · Broadcast · Broadcast · Multiply · Subtract · Tanh"
                                + " · Add · Sin",
                        "Repeat of 3 trips: last 0",
                        "Repeat of 3 trips: states 1");
        assertThat(kernels(c.values().get(9))).containsExactly("Repeat of 3 trips: emitted 1");
        Explained last = Program.of(named("y", List.of(c.values().get(4)))).explained().getFirst();
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
