package org.phasezoo.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasezoo.graph.Derivatives;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Op;
import org.phasezoo.graph.Shape;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;

/// Every op and its gradient by itself, bit for bit as the interpreter, in both precisions and at
/// counts around the lanes.
@Tag("bits")
class OpBitsTest {
    static Stream<OpDerivativesTest.Case> cases() {
        return OpDerivativesTest.cases();
    }

    private static void compare(SequencedMap<String, Node> outputs) {
        Program program = Program.of(outputs);
        compare(outputs, program, draws(program));
    }

    private static TreeMap<String, double[]> draws(Program program) {
        TreeMap<String, double[]> inputs = new TreeMap<>();
        for (String name : program.inputNames()) {
            Draws draws = new Draws(Key.of(name));
            double[] values = new double[program.input(name).shape().elements()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) draws.normal(i);
            }
            inputs.put(name, values);
        }
        return inputs;
    }

    private static void compare(
            SequencedMap<String, Node> outputs, Program program, TreeMap<String, double[]> inputs) {
        for (Precision precision : Precision.values()) {
            for (int count : new int[] {1, 15, 16, 17, 24}) {
                Workspace work = program.workspace(precision);
                work.count("n", count);
                work.count("r", count);
                work.draws("d", new Draws(Key.of("d")), Interpreter.DRAWS_FROM);
                work.draws("u", new Draws(Key.of("u")), Interpreter.DRAWS_FROM);
                program.inputNames().forEach(name -> work.set(name, inputs.get(name)));
                work.run();
                work.run();
                Interpreter definition = new Interpreter(precision, count, inputs);
                outputs.forEach((name, node) -> {
                    double[] expected = definition.value(node);
                    double[] found = new double[expected.length];
                    work.get(name, found, 0);
                    assertThat(found).as("%s %s n=%d", name, precision, count).isEqualTo(expected);
                });
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void an_op_and_its_gradient_equal_the_definition_bit_for_bit(OpDerivativesTest.Case c) {
        Graph graph = new Graph();
        Node a = graph.input("a", c.a());
        Node b = graph.input("b", c.b());
        Node y = c.op().apply(a, b);
        List<Node> gradient = Derivatives.gradient(y.times(y).sumAll(), List.of(a, b));
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("y", y);
        outputs.put("ga", gradient.get(0));
        outputs.put("gb", gradient.get(1));
        outputs.put("keep", a.sumAll().plus(b.sumAll()));
        compare(outputs);
    }

    @Test
    void draws_and_indices_equal_the_definition_bit_for_bit() {
        Graph graph = new Graph();
        Shape rows = Shape.bounded("n", 24, 3);
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("normal", graph.draw("d", Op.Distribution.NORMAL, rows).times(2));
        outputs.put("uniform", graph.draw("u", Op.Distribution.UNIFORM, Shape.of(2, 5)));
        outputs.put("sign", graph.draw("u", Op.Distribution.SIGN, rows));
        outputs.put("iota", graph.node(new Op.Iota(Shape.of(3, 4, 5), 1)));
        compare(outputs);
    }

    /// Every row of three of these values, over samples and places.
    @Test
    void the_first_largest_is_never_NaN() {
        double[] kinds = {Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, -2, 3};
        double[] values = new double[24 * 25 * 3];
        for (int i = 0, row = 0; i < values.length; row++) {
            for (int power : new int[] {1, 5, 25}) {
                values[i++] = kinds[row / power % kinds.length];
            }
        }
        Graph graph = new Graph();
        Node x = graph.input("x", Shape.bounded("n", 24, 25, 3));
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("first", graph.node(new Op.FirstMax(), x));
        TreeMap<String, double[]> inputs = new TreeMap<>();
        inputs.put("x", values);
        compare(outputs, Program.of(outputs), inputs);
    }

    /// 1e-46 is 0 in single precision.
    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-46, .1})
    void a_rectifier_equals_the_definition_at_zeros_and_values_that_are_not_finite(double slope) {
        Graph graph = new Graph();
        Node x = graph.input("x", Shape.of(7));
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("relu", x.relu(slope));
        outputs.put("slope", graph.node(new Op.ReluSlope(slope), x));
        outputs.put("both", graph.node(new Op.ReluSlope(slope), x).times(x));
        TreeMap<String, double[]> inputs = new TreeMap<>();
        inputs.put(
                "x",
                new double[] {
                    -3, -0.0, 0, 2, Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY
                });
        compare(outputs, Program.of(outputs), inputs);
    }
}
