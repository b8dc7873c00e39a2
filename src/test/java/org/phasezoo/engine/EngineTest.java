package org.phasezoo.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasezoo.graph.Derivatives;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Op;
import org.phasezoo.graph.Shape;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;

@Tag("bits")
class EngineTest {
    private static final int CAPACITY = 150;

    /// Loss, gradient and Hessian-vector product of a net, as named outputs.
    static SequencedMap<String, Node> outputs(Nets net) {
        SequencedMap<String, Node> out = new LinkedHashMap<>();
        out.put("loss", net.loss());
        List<Node> gradient = Derivatives.gradient(net.loss(), net.parameters());
        SequencedMap<Node, Node> along = new LinkedHashMap<>();
        for (Node p : net.parameters()) {
            along.put(p, net.graph().input("v." + ((Op.Input) p.op()).name(), p.shape()));
        }
        List<Node> product = Derivatives.tangents(gradient, along);
        for (int i = 0; i < gradient.size(); i++) {
            out.put("g" + i, gradient.get(i));
            out.put("h" + i, product.get(i));
        }
        return out;
    }

    static TreeMap<String, double[]> draws(SequencedMap<String, Node> outputs, long seed) {
        TreeMap<String, double[]> inputs = new TreeMap<>();
        for (Node node : outputs.firstEntry().getValue().graph().nodes()) {
            if (node.op() instanceof Op.Input(String name, Shape shape)) {
                Draws draws = new Draws(Key.of(seed + name));
                double[] values = new double[shape.elements()];
                for (int i = 0; i < values.length; i++) {
                    values[i] =
                            (float)
                                    (name.equals("y")
                                            ? (i / shape.rowElements() % 3
                                                            == i % shape.rowElements()
                                                    ? 1
                                                    : 0)
                                            : .5 * draws.normal(i));
                }
                inputs.put(name, values);
            }
        }
        return inputs;
    }

    static Workspace set(
            Program program, Precision precision, int count, TreeMap<String, double[]> inputs) {
        Workspace work = program.workspace(precision);
        work.count("n", count);
        for (String name : program.inputNames()) {
            work.set(name, inputs.get(name));
        }
        return work;
    }

    private static double[] read(Workspace work, Node node, String name, int count) {
        int n =
                node.shape().isBounded()
                        ? node.shape().rowElements() * count
                        : node.shape().elements();
        double[] values = new double[n];
        work.get(name, values, 0);
        return values;
    }

    /// All outputs of a workspace that has run are what the definition gives.
    private static void assertDefined(
            Workspace work,
            SequencedMap<String, Node> outputs,
            Precision precision,
            int count,
            TreeMap<String, double[]> inputs) {
        assertDefined(
                "", work, outputs, precision, count, new Interpreter(precision, count, inputs));
    }

    static void assertDefined(
            String told,
            Workspace work,
            SequencedMap<String, Node> outputs,
            Precision precision,
            int count,
            Interpreter definition) {
        outputs.forEach((name, node) ->
                assertThat(read(work, node, name, count))
                        .as("%s %s n=%d %s", name, precision, count, told)
                        .isEqualTo(definition.value(node)));
    }

    @ParameterizedTest
    @CsvSource({"relu,false", "leaky,true", "tanh,false", "gelu,true"})
    void loss_gradient_and_hessian_vector_product_equal_the_definition_bit_for_bit(
            String activation, boolean norm) {
        Nets net = Nets.convolutional(activation, CAPACITY, norm);
        SequencedMap<String, Node> outputs = outputs(net);
        Program program = Program.of(outputs);
        TreeMap<String, double[]> inputs = draws(outputs, 1);
        for (Precision precision : Precision.values()) {
            for (int count : new int[] {1, 7, 8, 15, 16, 17, 33, 64, 65, 130}) {
                Workspace work = set(program, precision, count, inputs);
                work.run();
                work.run();
                assertDefined(work, outputs, precision, count, inputs);
            }
        }
    }

    /// Odd sizes, strides and paddings, kernels that are not square; images so large that their
    /// borders are made tile by tile; images and results of fewer than 4 pixels, also under a
    /// kernel as large as the padded image.
    @ParameterizedTest
    @CsvSource({
        "7,9,3,3,1,2",
        "8,8,3,3,1,2",
        "5,6,1,1,0,2",
        "9,7,5,3,2,3",
        "6,6,2,2,0,2",
        "7,7,3,3,0,1",
        "11,5,4,5,1,1",
        "28,28,3,3,1,2",
        "68,66,3,3,1,1",
        "3,3,3,3,0,1",
        "3,5,3,3,0,1",
        "3,3,3,3,1,1",
        "2,2,4,4,1,1",
        "2,2,3,3,1,2",
        "1,1,3,3,1,1",
        "1,3,3,3,1,1"
    })
    void convolutions_and_their_adjoints_equal_the_definition_bit_for_bit(
            int h, int w, int kh, int kw, int p, int s) {
        org.phasezoo.graph.Graph g = new org.phasezoo.graph.Graph();
        Node x = g.input("x", Shape.bounded("n", 40, 3, h, w));
        Node k = g.input("k", Shape.of(5, 3, kh, kw));
        Node y = x.convolve(k, p, s);
        Node a = g.input("a", y.shape());
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("forward", y);
        outputs.put("input", g.node(new Op.ConvolveInput(p, s, h, w), a, k));
        outputs.put("weights", g.node(new Op.ConvolveWeights(p, s, kh, kw), x, a));
        Program program = Program.of(outputs);
        TreeMap<String, double[]> inputs = draws(outputs, 4);
        for (Precision precision : Precision.values()) {
            for (int count : new int[] {5, 16, 39}) {
                Workspace work = set(program, precision, count, inputs);
                work.run();
                assertDefined(work, outputs, precision, count, inputs);
            }
        }
    }

    /// Images that several convolutions read, with the same border and with others; images of one
    /// geometry that follow each other; runs of more samples before runs of fewer.
    @Test
    void shared_borders_equal_the_definition_bit_for_bit_whatever_ran_before() {
        org.phasezoo.graph.Graph g = new org.phasezoo.graph.Graph();
        Node x = g.input("x", Shape.bounded("n", 40, 4, 6, 5));
        Node k = g.input("k", Shape.of(4, 4, 3, 3));
        Node first = x.exp();
        Node y = first.convolve(k, 1, 1);
        Node second = y.tanh();
        Node last = second.convolve(k, 1, 1).plus(second);
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("second", second);
        outputs.put("last", last);
        outputs.put("wide", first.convolve(k, 2, 2));
        outputs.put("narrow", first.convolve(k, 0, 1));
        outputs.put("input", g.node(new Op.ConvolveInput(1, 1, 6, 5), last.relu(0), k));
        outputs.put("weights", g.node(new Op.ConvolveWeights(1, 1, 3, 3), first, last));
        outputs.put(
                "plain",
                g.node(
                        new Op.ConvolveWeights(0, 1, 2, 2),
                        x,
                        last.convolve(g.input("l", Shape.of(4, 4, 2, 2)), 0, 1)));
        Program program = Program.of(outputs);
        TreeMap<String, double[]> inputs = draws(outputs, 6);
        for (Precision precision : Precision.values()) {
            Workspace work = program.workspace(precision);
            for (int count : new int[] {40, 5, 17, 33}) {
                work.count("n", count);
                for (String name : program.inputNames()) {
                    work.set(name, inputs.get(name));
                }
                work.run();
                assertDefined(work, outputs, precision, count, inputs);
            }
        }
    }

    /// More samples than a chunk, more columns than four registers, rows beyond blocks of 4 and 8.
    @ParameterizedTest
    @ValueSource(ints = {70, 86})
    void a_contraction_over_samples_equals_the_definition_bit_for_bit(int right) {
        org.phasezoo.graph.Graph g = new org.phasezoo.graph.Graph();
        Node a = g.input("a", Shape.bounded("n", 80, 9));
        Node b = g.input("b", Shape.bounded("n", 80, right));
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("product", a.contract(true, b, false));
        Program program = Program.of(outputs);
        TreeMap<String, double[]> inputs = draws(outputs, 8);
        for (Precision precision : Precision.values()) {
            for (int count : new int[] {5, 64, 71}) {
                Workspace work = set(program, precision, count, inputs);
                work.run();
                assertDefined(work, outputs, precision, count, inputs);
            }
        }
    }

    /// Sums of products over samples where what no sample stands in is infinite: ln 0.
    @Test
    void sums_of_products_do_not_see_absent_samples() {
        org.phasezoo.graph.Graph g = new org.phasezoo.graph.Graph();
        Node x = g.input("x", Shape.bounded("n", 40, 3));
        Node square = x.times(x);
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("entropy", square.times(square.log()).sum(0));
        outputs.put("turned", square.log().times(square).sum(0));
        Program program = Program.of(outputs);
        TreeMap<String, double[]> inputs = draws(outputs, 7);
        for (Precision precision : Precision.values()) {
            for (int count : new int[] {5, 17, 40}) {
                Workspace work = set(program, precision, count, inputs);
                work.run();
                assertDefined(work, outputs, precision, count, inputs);
            }
        }
    }

    /// Images of one geometry, of two kinds of samples of which there are not as many.
    @Test
    void images_of_one_geometry_need_not_be_as_many() {
        org.phasezoo.graph.Graph g = new org.phasezoo.graph.Graph();
        Node few = g.input("few", Shape.bounded("n", 16, 2, 4, 4));
        Node many = g.input("many", Shape.bounded("m", 64, 2, 4, 4));
        Node k = g.input("k", Shape.of(2, 2, 3, 3));
        Node first = few.exp().convolve(k, 1, 1);
        Node bound = first.sumAll().exp();
        Node second = many.minus(bound.broadcast(many.shape())).convolve(k, 1, 1);
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("first", first);
        outputs.put("second", second);
        outputs.put("third", first.tanh().convolve(k, 1, 1));
        Program program = Program.of(outputs);
        TreeMap<String, double[]> inputs = draws(outputs, 3);
        for (Precision precision : Precision.values()) {
            Workspace work = program.workspace(precision);
            work.count("n", 16);
            work.count("m", 64);
            for (String name : program.inputNames()) {
                work.set(name, inputs.get(name));
            }
            work.run();
            double[] once = read(work, second, "second", 64);
            work.run();
            assertThat(read(work, second, "second", 64)).isEqualTo(once);
            SequencedMap<String, Node> alone = new LinkedHashMap<>();
            alone.put("third", outputs.get("third"));
            Workspace other = Program.of(alone).workspace(precision);
            other.count("n", 16);
            other.set("few", inputs.get("few"));
            other.set("k", inputs.get("k"));
            other.run();
            assertThat(read(work, outputs.get("third"), "third", 16))
                    .isEqualTo(read(other, outputs.get("third"), "third", 16));
        }
    }

    /// Inputs whose rows are contracted over the samples: set, gathered, changed by a carry; no
    /// samples at all.
    @ParameterizedTest
    @ValueSource(ints = {16, 70})
    void contracted_inputs_are_what_was_set_gathered_or_carried(int right) {
        org.phasezoo.graph.Graph g = new org.phasezoo.graph.Graph();
        Node a = g.input("a", Shape.bounded("n", 80, 9));
        Node b = g.input("b", Shape.bounded("n", 80, right));
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("product", a.contract(true, b, false));
        outputs.put("next", b.times(.5));
        SequencedMap<String, String> carries = new LinkedHashMap<>();
        TreeMap<String, double[]> inputs = draws(outputs, 9);
        float[] table = new float[80 * right];
        int[] rows = new int[80];
        for (int i = 0; i < table.length; i++) {
            table[i] = (float) inputs.get("b")[(79 - i / right) * right + i % right];
            rows[i / right] = 79 - i / right;
        }
        for (boolean carried : new boolean[] {false, true}) {
            if (carried) {
                carries.put("next", "b");
            }
            Program program = Program.of(outputs, carries);
            for (Precision precision : Precision.values()) {
                for (int count : new int[] {71, 5}) {
                    Workspace work = set(program, precision, count, inputs);
                    double[] expected =
                            new Interpreter(precision, count, inputs).value(outputs.get("product"));
                    work.run();
                    assertThat(read(work, outputs.get("product"), "product", count))
                            .isEqualTo(expected);
                    work.gather("b", table, rows, 0, count);
                    work.run();
                    assertThat(read(work, outputs.get("product"), "product", count))
                            .isEqualTo(expected);
                    work.run();
                    double factor = carried ? .5 : 1;
                    double[] again = read(work, outputs.get("product"), "product", count);
                    for (int i = 0; i < again.length; i++) {
                        assertThat(again[i]).isEqualTo(factor * expected[i]);
                    }
                    work.count("n", 0);
                    work.run();
                    assertThat(read(work, outputs.get("product"), "product", 0)).containsOnly(0);
                }
            }
        }
    }

    @org.junit.jupiter.api.Test
    void attention_and_its_derivatives_equal_the_definition_bit_for_bit() {
        Nets net = Nets.attention(40);
        SequencedMap<String, Node> outputs = outputs(net);
        Program program = Program.of(outputs);
        TreeMap<String, double[]> inputs = draws(outputs, 5);
        for (Precision precision : Precision.values()) {
            for (int count : new int[] {3, 16, 33}) {
                Workspace work = set(program, precision, count, inputs);
                work.run();
                assertDefined(work, outputs, precision, count, inputs);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"relu", "leaky", "tanh", "gelu"})
    void a_bounded_program_gives_the_bits_of_one_compiled_at_its_count(String activation) {
        for (int count : new int[] {3, 16, 70}) {
            SequencedMap<String, Node> wide = outputs(Nets.perceptron(activation, CAPACITY));
            SequencedMap<String, Node> exact = outputs(Nets.perceptron(activation, count));
            TreeMap<String, double[]> inputs = draws(wide, 2);
            Workspace a = set(Program.of(wide), Precision.FLOAT32, count, inputs);
            Workspace b = set(Program.of(exact), Precision.FLOAT32, count, inputs);
            a.run();
            b.run();
            wide.forEach((name, node) ->
                    assertThat(read(a, node, name, count))
                            .as(name)
                            .isEqualTo(read(b, exact.get(name), name, count)));
        }
    }

    /// The row law: logits of an example do not depend on its place or on its batch-mates.
    @ParameterizedTest
    @ValueSource(strings = {"relu", "tanh", "gelu"})
    void a_row_has_the_same_bits_whatever_its_place_and_its_batch_mates(String activation) {
        Nets net = Nets.convolutional(activation, CAPACITY, false);
        Node logits =
                net.graph().nodes().stream()
                        .filter(node -> node.op() instanceof Op.FirstMax)
                        .findFirst()
                        .orElseThrow()
                        .input(0);
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("logits", logits);
        Program program = Program.of(outputs);
        TreeMap<String, double[]> inputs = draws(outputs, 6);
        Workspace all = set(program, Precision.FLOAT32, CAPACITY, inputs);
        all.run();
        double[] together = read(all, logits, "logits", CAPACITY);
        int row = logits.shape().rowElements();
        int pixels = inputs.get("x").length / CAPACITY;
        for (int i : new int[] {0, 1, 15, 16, 77, 149}) {
            TreeMap<String, double[]> one = new TreeMap<>(inputs);
            one.put(
                    "x",
                    java.util.Arrays.copyOfRange(inputs.get("x"), i * pixels, (i + 1) * pixels));
            Workspace alone = set(program, Precision.FLOAT32, 1, one);
            alone.run();
            assertThat(read(alone, logits, "logits", 1))
                    .isEqualTo(java.util.Arrays.copyOfRange(together, i * row, (i + 1) * row));
        }
    }

    /// The plan law: what else a program computes, and so where arrays stand and what is fused,
    /// does not touch bits.
    @ParameterizedTest
    @CsvSource({"leaky,true", "gelu,false"})
    void an_output_has_the_same_bits_whatever_else_the_program_computes(
            String activation, boolean norm) {
        SequencedMap<String, Node> outputs =
                outputs(Nets.convolutional(activation, CAPACITY, norm));
        TreeMap<String, double[]> inputs = draws(outputs, 7);
        Workspace all = set(Program.of(outputs), Precision.FLOAT32, 70, inputs);
        all.run();
        outputs.forEach((name, node) -> {
            SequencedMap<String, Node> one = new LinkedHashMap<>();
            one.put(name, node);
            Workspace alone = set(Program.of(one), Precision.FLOAT32, 70, inputs);
            alone.run();
            assertThat(read(alone, node, name, 70)).as(name).isEqualTo(read(all, node, name, 70));
        });
        SequencedMap<String, Node> everything = new LinkedHashMap<>();
        for (Node node : outputs.firstEntry().getValue().graph().nodes()) {
            everything.put("node" + node.number(), node);
        }
        Workspace open = set(Program.of(everything), Precision.FLOAT32, 70, inputs);
        open.run();
        outputs.forEach((name, node) ->
                assertThat(read(open, node, "node" + node.number(), 70))
                        .as(name)
                        .isEqualTo(read(all, node, name, 70)));
    }

    @ParameterizedTest
    @CsvSource({"tanh,false", "gelu,false", "tanh,true"})
    void gradients_and_hessian_vector_products_agree_with_finite_differences(
            String activation, boolean norm) {
        Nets net = Nets.convolutional(activation, 9, norm);
        SequencedMap<String, Node> outputs = outputs(net);
        Program program = Program.of(outputs);
        TreeMap<String, double[]> inputs = draws(outputs, 3);
        double step = 1e-5;
        Workspace work = set(program, Precision.FLOAT64, 9, inputs);
        work.run();
        double slope = 0;
        List<double[]> product = new ArrayList<>();
        for (int i = 0; i < net.parameters().size(); i++) {
            double[] g = read(work, outputs.get("g" + i), "g" + i, 9);
            double[] v = inputs.get("v." + ((Op.Input) net.parameters().get(i).op()).name());
            for (int j = 0; j < g.length; j++) {
                slope += g[j] * v[j];
            }
            product.add(read(work, outputs.get("h" + i), "h" + i, 9));
        }
        double[] losses = new double[2];
        List<List<double[]>> gradients = List.of(new ArrayList<>(), new ArrayList<>());
        for (int side = 0; side < 2; side++) {
            TreeMap<String, double[]> moved = new TreeMap<>(inputs);
            for (Node p : net.parameters()) {
                String name = ((Op.Input) p.op()).name();
                double[] values = inputs.get(name).clone();
                for (int j = 0; j < values.length; j++) {
                    values[j] += (side == 0 ? -step : step) * inputs.get("v." + name)[j];
                }
                moved.put(name, values);
            }
            Workspace there = set(program, Precision.FLOAT64, 9, moved);
            there.run();
            losses[side] = there.scalar("loss");
            for (int i = 0; i < net.parameters().size(); i++) {
                gradients.get(side).add(read(there, outputs.get("g" + i), "g" + i, 9));
            }
        }
        assertThat((losses[1] - losses[0]) / (2 * step)).isCloseTo(slope, within(1e-7));
        for (int i = 0; i < net.parameters().size(); i++) {
            for (int j = 0; j < product.get(i).length; j++) {
                double difference =
                        (gradients.get(1).get(i)[j] - gradients.get(0).get(i)[j]) / (2 * step);
                assertThat(product.get(i)[j]).isCloseTo(difference, within(1e-6));
            }
        }
    }
}
