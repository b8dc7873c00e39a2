package org.phasezoo.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.phasezoo.graph.Derivatives;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Op;
import org.phasezoo.graph.Shape;

/// Sizes around registers, tiles and chunks, and large odd ones: kernels equal the definition bit
/// for bit in both precisions.
@Tag("bits")
class SizesTest {
    private static final List<Integer> SIZES = List.of(1, 7, 8, 9, 13, 15, 16, 17, 33, 207, 4098);
    private static final int LARGE = 4098;

    /// Products of an m × k and a k × n matrix, with each of them stored either way.
    private static SequencedMap<String, Node> products(int m, int k, int n) {
        Graph g = new Graph();
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        for (boolean left : new boolean[] {false, true}) {
            for (boolean right : new boolean[] {false, true}) {
                Node a = g.input("a" + left, left ? Shape.of(k, m) : Shape.of(m, k));
                Node b = g.input("b" + right, right ? Shape.of(n, k) : Shape.of(k, n));
                outputs.put("product " + left + " " + right, a.contract(left, b, right));
            }
        }
        return outputs;
    }

    /// Rows and columns fill blocks of every width that a register may have (117 = 64 + 32 + 16 + 5
    /// columns) and leave some over.
    @ParameterizedTest
    @FieldSource("SIZES")
    void products_of_fixed_matrices_over_any_inner_size(int size) {
        Bits.assertDefined(products(43, size, size == LARGE ? 13 : 117), 1);
        Bits.assertDefined(products(9, size, 41), 1);
    }

    @ParameterizedTest
    @FieldSource("SIZES")
    void products_of_fixed_matrices_of_any_outer_size(int size) {
        Bits.assertDefined(products(size, 3, size == LARGE ? 9 : size), 1);
        Bits.assertDefined(products(5, 3, size), 1);
    }

    @ParameterizedTest
    @FieldSource("SIZES")
    void element_wise_chains_repeats_and_sums_of_fixed_arrays(int size) {
        Graph g = new Graph();
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        Node row = g.input("row", Shape.of(size));
        Node column = g.input("column", Shape.of(3));
        for (boolean across : new boolean[] {false, true}) {
            Shape shape = across ? Shape.of(3, size) : Shape.of(size, 3);
            int along = across ? 1 : 0;
            Node x = g.input("x" + across, shape);
            Node y = x.times(.3).plus(x.exp()).minus(row.broadcast(shape, along)).tanh();
            Node z =
                    y.times(column.broadcast(shape, 1 - along))
                            .relu(.1)
                            .over(x.times(x).plus(g.constant(1)));
            outputs.put("chain " + across, z);
            outputs.put("rows " + across, z.sum(0));
            outputs.put("columns " + across, z.sum(1));
            outputs.put("all " + across, z.times(y).sumAll());
            outputs.put("back " + across, z.sumAll().sqrt().broadcast(shape).plus(x));
        }
        Bits.assertDefined(outputs, 1);
    }

    /// Of samples: features in a chain, repeated over samples and summed over each of them.
    @ParameterizedTest
    @FieldSource("SIZES")
    void element_wise_chains_repeats_and_sums_of_samples(int size) {
        Graph g = new Graph();
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        Node x = g.input("x", Shape.bounded("n", 17, 2, size));
        Node bias = g.input("bias", Shape.of(size)).broadcast(x.shape(), 2);
        Node y = x.times(.7).plus(bias).tanh();
        outputs.put("chain", y);
        outputs.put("features", y.sum(2));
        outputs.put("samples", y.sum(0));
        outputs.put("channels", y.times(x).sum(0, 2));
        outputs.put("back", y.sum(1).broadcast(x.shape(), 0, 2).times(x));
        Bits.assertDefined(outputs, size == LARGE ? 3 : 17);
    }

    @ParameterizedTest
    @FieldSource("SIZES")
    void products_of_samples_with_fixed_matrices(int size) {
        Graph g = new Graph();
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        Node wide = g.input("wide", Shape.bounded("n", 50, size));
        Node narrow = g.input("narrow", Shape.bounded("n", 50, 9));
        Node to = g.input("to", Shape.of(size, 13));
        Node from = g.input("from", Shape.of(13, size));
        outputs.put("inner", wide.contract(false, to, false));
        outputs.put("inner transposed", wide.contract(false, from, true));
        outputs.put("outer", narrow.contract(false, g.input("w", Shape.of(9, size)), false));
        outputs.put(
                "outer transposed", narrow.contract(false, g.input("v", Shape.of(size, 9)), true));
        outputs.put("left", wide.contract(true, narrow, false));
        outputs.put("right", narrow.contract(true, wide, false));
        Bits.assertDefined(outputs, size == LARGE ? 3 : 33);
    }

    @ParameterizedTest
    @FieldSource("SIZES")
    void products_inside_samples(int size) {
        Graph g = new Graph();
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        int count = size == LARGE ? 3 : 17;
        for (boolean left : new boolean[] {false, true}) {
            for (boolean right : new boolean[] {false, true}) {
                for (boolean inner : new boolean[] {false, true}) {
                    int m = inner ? 6 : size;
                    int k = inner ? size : 3;
                    int n = 7;
                    String name = left + " " + right + " " + inner;
                    Shape of = Shape.bounded("n", 17, 1, left ? k : m, left ? m : k);
                    Shape with = Shape.bounded("n", 17, 1, right ? n : k, right ? k : n);
                    Node a = g.input("a " + name, of);
                    Node b = g.input("b " + name, with);
                    outputs.put(name, a.contract(left, b, right));
                }
            }
        }
        Bits.assertDefined(outputs, count);
    }

    @ParameterizedTest
    @FieldSource("SIZES")
    void sums_over_any_number_of_samples(int count) {
        Graph g = new Graph();
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        Node a = g.input("a", Shape.bounded("n", count, 9));
        Node b = g.input("b", Shape.bounded("n", count, 37));
        outputs.put("product", a.contract(true, b, false));
        outputs.put("sum", b.times(b).sum(0));
        outputs.put("all", a.sumAll().over(g.count("n")));
        Bits.assertDefined(outputs, count);
    }

    @ParameterizedTest
    @FieldSource("SIZES")
    void loss_and_gradient_of_a_convolutional_net_on_any_number_of_samples(int count) {
        Nets net = Nets.convolutional("leaky", count, true);
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("loss", net.loss());
        List<Node> gradient = Derivatives.gradient(net.loss(), net.parameters());
        for (int i = 0; i < gradient.size(); i++) {
            outputs.put("g" + i, gradient.get(i));
        }
        Bits.assertDefined(outputs, count);
    }

    /// So many channels of images without a border that what a pixel meets is brought together
    /// first; more and fewer than four pixels, a channel beyond panels of 4.
    @ParameterizedTest
    @CsvSource({"64,8,8", "132,1,2"})
    void convolutions_of_one_pixel_with_many_channels(int channels, int h, int w) {
        Graph g = new Graph();
        Node x = g.input("x", Shape.bounded("n", 17, channels, h, w));
        Node a = g.input("a", Shape.bounded("n", 17, 33, h, w));
        Node k = g.input("k", Shape.of(33, channels, 1, 1));
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("forward", x.convolve(k, 0, 1));
        outputs.put("input", g.node(new Op.ConvolveInput(0, 1, h, w), a, k));
        outputs.put("weights", g.node(new Op.ConvolveWeights(0, 1, 1, 1), x, a));
        Bits.assertDefined(outputs, 17);
    }
}
