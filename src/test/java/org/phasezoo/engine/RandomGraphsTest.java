package org.phasezoo.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Op;
import org.phasezoo.graph.Shape;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;

/// Fusion, arrays written over arrays, outputs made on the way and outputs carried into inputs:
/// over random graphs of element-wise ops, repeats and sums, two runs of a program equal the
/// definition bit for bit, alone and with members in the lanes.
@Tag("bits")
class RandomGraphsTest {
    private static final int GRAPHS = 300;
    private static final int FORCED = 40;
    private static final int CAPACITY = 70;
    private static final Shape FIXED = Shape.of(3, 5);
    private static final Shape COLUMNS = Shape.of(5);
    private static final Shape CHANNELS = Shape.of(3);
    private static final Shape SCALAR = Shape.of();
    private static final Shape ROWS = Shape.bounded("n", CAPACITY, 3, 5);
    private static final Shape COLUMN_ROWS = Shape.bounded("n", CAPACITY, 5);

    private record Case(SequencedMap<String, Node> outputs, SequencedMap<String, String> carries) {}

    private static Node pick(SplittableRandom random, List<Node> nodes, Shape shape) {
        List<Node> fitting = nodes.stream().filter(node -> node.shape().equals(shape)).toList();
        return fitting.get(random.nextInt(fitting.size()));
    }

    private static Node grow(SplittableRandom random, List<Node> nodes) {
        Node a = random.nextBoolean() ? nodes.getLast() : nodes.get(random.nextInt(nodes.size()));
        Node b = pick(random, nodes, a.shape());
        return switch (random.nextInt(20)) {
            case 0 -> a.plus(b);
            case 1 -> a.minus(b);
            case 2 -> a.times(b);
            case 3 -> a.minimum(b);
            case 4 -> a.times(.9).plus(b);
            case 5 -> b.minus(a.times(.25));
            case 6 -> a.relu(random.nextBoolean() ? 0 : .1);
            case 7 -> a.graph().node(new Op.ReluSlope(.1), a).times(b);
            case 8 -> a.tanh();
            case 9 -> a.negated().where(b.atMost(a));
            case 10 ->
                    pick(random, nodes, COLUMNS)
                            .broadcast(ROWS, 2)
                            .times(pick(random, nodes, ROWS));
            case 11 ->
                    pick(random, nodes, ROWS)
                            .minus(pick(random, nodes, FIXED).broadcast(ROWS, 1, 2));
            case 12 ->
                    pick(random, nodes, ROWS)
                            .plus(pick(random, nodes, COLUMN_ROWS).broadcast(ROWS, 0, 2));
            case 13 -> pick(random, nodes, ROWS).sum(1).times(.5);
            case 14 -> pick(random, nodes, ROWS).sum(0).times(.125);
            case 15 ->
                    pick(random, nodes, ROWS)
                            .times(pick(random, nodes, CHANNELS).broadcast(ROWS, 1));
            case 16 -> pick(random, nodes, SCALAR).broadcast(ROWS).minus(pick(random, nodes, ROWS));
            case 17 ->
                    pick(random, nodes, ROWS)
                            .reshape(Shape.bounded("n", CAPACITY, 5, 3))
                            .reshape(ROWS);
            case 18 -> a.stopGradient();
            default -> pick(random, nodes, FIXED).sum(0).tanh().broadcast(FIXED, 1);
        };
    }

    private static Case random(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Graph graph = new Graph();
        List<Node> nodes = new ArrayList<>();
        List<Node> inputs = new ArrayList<>();
        for (Shape shape : List.of(FIXED, COLUMNS, CHANNELS, SCALAR, ROWS, COLUMN_ROWS)) {
            for (int i = 0; i < 2; i++) {
                inputs.add(graph.input("x" + inputs.size(), shape));
            }
        }
        nodes.addAll(inputs);
        while (nodes.size() < 30) {
            nodes.add(grow(random, nodes));
        }
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        SequencedMap<String, String> carries = new LinkedHashMap<>();
        // every input stays in the program
        Node all = graph.constant(0);
        for (Node input : inputs) {
            all = all.plus(input.sumAll());
        }
        outputs.put("all", all);
        for (int i = 0; i < 6; i++) {
            Node output = nodes.get(inputs.size() + random.nextInt(nodes.size() - inputs.size()));
            if (outputs.containsValue(output) || owner(output).op() instanceof Op.Input) {
                continue;
            }
            outputs.put("y" + i, output);
            for (Node input : inputs) {
                String name = ((Op.Input) input.op()).name();
                if (input.shape().equals(output.shape()) && !carries.containsValue(name)) {
                    carries.put("y" + i, name);
                    break;
                }
            }
        }
        return new Case(outputs, carries);
    }

    private static Node owner(Node node) {
        boolean alias = node.op() instanceof Op.Reshape || node.op() instanceof Op.StopGradient;
        return alias ? owner(node.input(0)) : node;
    }

    private static double[] values(String name, int member, int n) {
        Draws draws = new Draws(Key.of(name + "." + member));
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) draws.normal(i);
        }
        return values;
    }

    /// The outputs of two runs by the definition.
    private static SequencedMap<String, double[]> defined(
            Case c, Program program, int member, int count, Precision precision) {
        TreeMap<String, double[]> inputs = new TreeMap<>();
        for (String name : program.inputNames()) {
            inputs.put(name, values(name, member, program.shapeOf(name).elements()));
        }
        SequencedMap<String, double[]> found = new LinkedHashMap<>();
        for (int run = 0; run < 2; run++) {
            Interpreter definition = new Interpreter(precision, count, inputs);
            c.outputs().forEach((name, node) -> found.put(name, definition.value(node)));
            c.carries().forEach((from, to) -> inputs.put(to, found.get(from)));
        }
        return found;
    }

    /// `late`: by what was made of it before, but is made anew beside its reader.
    @ParameterizedTest
    @CsvSource({"FLOAT32, false", "FLOAT32, true", "FLOAT64, false", "FLOAT64, true"})
    void an_input_that_is_read_after_the_output_made_of_it_is_not_written_over(
            Precision precision, boolean late) {
        Graph graph = new Graph();
        Node x = graph.input("x", FIXED);
        Node slope = graph.node(new Op.ReluSlope(.25), x);
        Node y = x.times(.9).plus(graph.input("g", FIXED));
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("y", y);
        outputs.put("z", late ? y.times(slope) : y.times(x));
        SequencedMap<String, String> carries = new LinkedHashMap<>();
        carries.put("y", "x");
        compare("", new Case(outputs, carries), 1, precision, List.of(Forced.NOTHING));
    }

    @Test
    void carries_that_would_change_another_output_are_refused() {
        Graph graph = new Graph();
        Node x = graph.input("x", FIXED);
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("old", x.stopGradient());
        outputs.put("y", x.times(.9));
        outputs.put("z", x.times(.8));
        SequencedMap<String, String> carries = new LinkedHashMap<>();
        carries.put("y", "x");
        assertThatThrownBy(() -> Program.of(outputs, carries))
                .hasMessage(
                        "output old is input x, which output y becomes: make it an array of its"
                                + " own");
        outputs.remove("old");
        carries.put("z", "x");
        assertThatThrownBy(() -> Program.of(outputs, carries))
                .hasMessage("two outputs become input x");
    }

    @ParameterizedTest
    @EnumSource
    void programs_equal_the_definition_bit_for_bit(Precision precision) {
        for (long seed = 0; seed < GRAPHS; seed++) {
            compare(
                    "graph " + seed,
                    random(seed),
                    1 + (int) (seed % CAPACITY),
                    precision,
                    List.of(Forced.NOTHING));
        }
    }

    /// Each graph by one choice off, in turn, by all off and by all on, and by a mixture of its
    /// own.
    @ParameterizedTest
    @EnumSource
    void forced_plans_equal_the_definition_bit_for_bit(Precision precision) {
        List<Forced> single = ForcedPlansTest.single();
        for (int seed = 0; seed < FORCED; seed++) {
            List<Forced> plans = new ArrayList<>(ForcedPlansTest.mixed(seed));
            plans.add(single.get(seed % single.size()));
            compare("graph " + seed, random(seed), 1 + seed % CAPACITY, precision, plans);
        }
    }

    /// Graphs whose outputs are sums over the samples where they were samples, so that many of them
    /// may run in micro-batches.
    @ParameterizedTest
    @EnumSource
    void graphs_in_micro_batches_equal_the_definition_bit_for_bit(Precision precision) {
        int batches = 0;
        for (int seed = 0; seed < FORCED; seed++) {
            Case c = random(seed);
            c.outputs()
                    .replaceAll((name, y) -> {
                        if (!y.shape().isBounded()) {
                            return y;
                        }
                        c.carries().remove(name);
                        return y.sum(0);
                    });
            TreeMap<Choice, Boolean> on =
                    new TreeMap<>(ForcedPlansTest.mixed(seed).getLast().choices());
            on.put(Choice.MICRO_BATCHES, true);
            Forced forced = new Forced(on);
            compare("graph " + seed, c, 1 + seed % CAPACITY, precision, List.of(forced));
            batches +=
                    (int)
                            Program.of(c.outputs(), c.carries(), forced).plan().steps().stream()
                                    .filter(Step.MicroBatches.class::isInstance)
                                    .count();
        }
        assertThat(batches).isGreaterThan(FORCED / 8);
    }

    private static void compare(
            String told, Case c, int count, Precision precision, List<Forced> plans) {
        SequencedMap<String, double[]> defined =
                defined(c, Program.of(c.outputs(), c.carries()), 3, count, precision);
        for (Forced forced : plans) {
            compare(told + " " + forced.choices(), c, count, precision, forced, defined);
        }
    }

    private static void compare(
            String told,
            Case c,
            int count,
            Precision precision,
            Forced forced,
            SequencedMap<String, double[]> defined) {
        Program program = Program.of(c.outputs(), c.carries(), forced);
        Workspace work = program.workspace(precision);
        MemberWorkspace lanes = Program.members(c.outputs(), c.carries(), precision, forced);
        work.count("n", count);
        lanes.count("n", count);
        for (String name : program.inputNames()) {
            int n = program.shapeOf(name).elements();
            work.set(name, values(name, 3, n));
            for (int member = 0; member < MemberWorkspace.MEMBERS; member++) {
                lanes.set(member, name, values(name, member, n));
            }
        }
        for (int run = 0; run < 2; run++) {
            work.run();
            lanes.run();
        }
        defined.forEach((name, expected) -> {
            double[] alone = new double[expected.length];
            work.get(name, alone, 0);
            assertThat(alone).as("%s %s, %s rows", told, name, count).isEqualTo(expected);
            double[] beside = new double[expected.length];
            lanes.get(3, name, beside, 0);
            assertThat(beside).as("%s %s in lanes", told, name).isEqualTo(expected);
        });
    }
}
