package org.phasezoo.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasezoo.graph.Derivatives;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Op;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;

/// Each of 16 members in the lanes of one program has the bits that it has alone.
class MemberLanesTest {
    private static final TreeSet<String> WITHOUT =
            new TreeSet<>(
                    List.of(
                            "Convolve",
                            "ConvolveInput",
                            "ConvolveWeights",
                            "Gather",
                            "SegmentSum",
                            "Cholesky",
                            "SolveTriangular",
                            "EigenSymmetric"));

    static Stream<OpDerivativesTest.Case> cases() {
        return OpDerivativesTest.cases().filter(c -> !WITHOUT.contains(c.name()));
    }

    private static double[] values(String name, int member, int n) {
        Draws draws = new Draws(Key.of(name + member));
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = name.equals("y") ? (i + member) % 3 == 0 ? 1 : 0 : (float) draws.normal(i);
        }
        return values;
    }

    private static void compare(
            SequencedMap<String, Node> outputs,
            SequencedMap<String, String> carries,
            int... counts) {
        Program program = Program.of(outputs, carries);
        for (Precision precision : Precision.values()) {
            for (int count : counts) {
                MemberWorkspace together = Program.members(outputs, carries, precision);
                together.count("n", count);
                List<Workspace> alone = new ArrayList<>();
                for (int member = 0; member < MemberWorkspace.MEMBERS; member++) {
                    Workspace work = program.workspace(precision);
                    work.count("n", count);
                    for (String name : program.inputNames()) {
                        double[] values = values(name, member, program.shapeOf(name).elements());
                        work.set(name, values);
                        together.set(member, name, values);
                    }
                    alone.add(work);
                }
                for (int run = 0; run < 3; run++) {
                    together.run();
                    alone.forEach(Workspace::run);
                }
                outputs.forEach((name, node) -> {
                    int n =
                            node.shape().isBounded()
                                    ? count * node.shape().rowElements()
                                    : node.shape().elements();
                    for (int member = 0; member < MemberWorkspace.MEMBERS; member++) {
                        double[] expected = new double[n];
                        double[] found = new double[n];
                        alone.get(member).get(name, expected, 0);
                        together.get(member, name, found, 0);
                        assertThat(found)
                                .as("%s of member %d, n=%d %s", name, member, count, precision)
                                .isEqualTo(expected);
                    }
                });
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void an_op_and_its_gradient_have_the_bits_of_a_member_alone(OpDerivativesTest.Case c) {
        Graph graph = new Graph();
        Node a = graph.input("a", c.a());
        Node b = graph.input("b", c.b());
        Node y = c.op().apply(a, b);
        List<Node> gradient = Derivatives.gradient(y.times(y).sumAll(), List.of(a, b));
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("value", y);
        outputs.put("ga", gradient.get(0));
        outputs.put("gb", gradient.get(1));
        outputs.put("keep", a.sumAll().plus(b.sumAll()));
        compare(outputs, new LinkedHashMap<>(), 1, 17, 24);
    }

    @ParameterizedTest
    @ValueSource(strings = {"relu", "leaky", "tanh", "gelu"})
    void training_has_the_bits_of_a_member_alone(String activation) {
        Nets net = Nets.perceptron(activation, 150);
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        SequencedMap<String, String> carries = new LinkedHashMap<>();
        outputs.put("loss", net.loss());
        List<Node> gradient = Derivatives.gradient(net.loss(), net.parameters());
        for (int i = 0; i < gradient.size(); i++) {
            Node parameter = net.parameters().get(i);
            String name = ((Op.Input) parameter.op()).name();
            outputs.put("new." + name, parameter.minus(gradient.get(i).times(.05)));
            carries.put("new." + name, name);
        }
        compare(outputs, carries, 1, 7, 15, 16, 33, 64, 65, 130);
    }

    @Test
    void members_may_have_rows_of_a_table_of_their_own() {
        Graph graph = new Graph();
        Node x = graph.input("x", org.phasezoo.graph.Shape.bounded("n", 20, 3));
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("sum", x.sum(0));
        outputs.put("twice", x.plus(x));
        MemberWorkspace work = Program.members(outputs, new LinkedHashMap<>(), Precision.FLOAT32);
        float[] table = new float[60];
        for (int i = 0; i < 60; i++) {
            table[i] = i;
        }
        TreeMap<Integer, int[]> rows = new TreeMap<>();
        for (int member = 0; member < 16; member++) {
            rows.put(member, new int[] {member, 19 - member});
            work.gather(member, "x", table, rows.get(member), 0, 2);
        }
        work.run();
        for (int member = 0; member < 16; member++) {
            double[] sum = new double[3];
            work.get(member, "sum", sum, 0);
            assertThat(sum).containsExactly(57, 59, 61);
            double[] twice = new double[6];
            work.get(member, "twice", twice, 0);
            assertThat(twice[1]).isEqualTo(2.0 * (3 * member + 1));
        }
    }

    @Test
    void convolutions_have_no_member_lanes() {
        Nets net = Nets.convolutional("relu", 8, false);
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("loss", net.loss());
        assertThatThrownBy(() -> Program.members(outputs, new LinkedHashMap<>(), Precision.FLOAT32))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Convolve has no member lanes");
    }
}
