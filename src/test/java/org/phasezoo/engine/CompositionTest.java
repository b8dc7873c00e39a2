package org.phasezoo.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasezoo.graph.Complex;
import org.phasezoo.graph.Derivatives;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Op;
import org.phasezoo.graph.Recomputation;
import org.phasezoo.graph.Shape;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;

/// Ops composed: complex numbers, element-wise functions, recomputation, and how graphs grow.
class CompositionTest {
    private static final int N = 9;

    private static double[] run(SequencedMap<String, Node> outputs, String name) {
        Workspace work = Program.of(outputs).workspace(Precision.FLOAT64);
        work.count("n", 3);
        for (String input : Program.of(outputs).inputNames()) {
            Draws draws = new Draws(Key.of(input));
            double[] values = new double[Program.of(outputs).shapeOf(input).elements()];
            for (int i = 0; i < values.length; i++) {
                values[i] = draws.normal(i);
            }
            work.set(input, values);
        }
        work.run();
        double[] values = new double[outputs.get(name).shape().elements()];
        work.get(name, values, 0);
        return values;
    }

    @Test
    void complex_numbers_obey_their_algebra() {
        Graph graph = new Graph();
        Shape shape = Shape.of(3, 3);
        Complex a = new Complex(graph.input("a", shape), graph.input("b", shape));
        Complex b = new Complex(graph.input("c", shape), graph.input("d", shape));
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        Complex back = a.times(b).over(b).minus(a);
        outputs.put("quotient", back.square());
        outputs.put("exponential", a.plus(b).exp().minus(a.exp().times(b.exp())).square());
        outputs.put("modulus", Complex.phase(a.re()).square());
        Complex product = a.contract(b).conjugate();
        Complex swapped =
                new Complex(b.re().transposed(), b.im().transposed().negated())
                        .contract(new Complex(a.re().transposed(), a.im().transposed().negated()));
        outputs.put(
                "adjoint",
                new Complex(product.re().transposed(), product.im().transposed())
                        .minus(swapped)
                        .square());
        for (String name : List.of("quotient", "exponential", "adjoint")) {
            for (double x : run(outputs, name)) {
                assertThat(x).as(name).isCloseTo(0, within(1e-24));
            }
        }
        for (double x : run(outputs, "modulus")) {
            assertThat(x).isCloseTo(1, within(1e-15));
        }
    }

    @Test
    void element_wise_compositions_have_their_closed_forms() {
        Graph graph = new Graph();
        Node x = graph.input("x", Shape.of(N)).times(3);
        Node y = graph.input("y", Shape.of(N));
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("x", x);
        outputs.put("y", y);
        outputs.put("sigmoid", x.sigmoid());
        outputs.put("silu", x.silu());
        outputs.put("softplus", x.softplus());
        outputs.put("absolute", x.absolute());
        outputs.put("maximum", x.maximum(y));
        double[] a = run(outputs, "x");
        double[] b = run(outputs, "y");
        for (int i = 0; i < N; i++) {
            double s = 1 / (1 + Math.exp(-a[i]));
            assertThat(run(outputs, "sigmoid")[i]).isCloseTo(s, within(1e-15));
            assertThat(run(outputs, "silu")[i]).isCloseTo(a[i] * s, within(1e-14));
            assertThat(run(outputs, "softplus")[i])
                    .isCloseTo(Math.log1p(Math.exp(a[i])), within(1e-14));
            assertThat(run(outputs, "absolute")[i]).isEqualTo(Math.abs(a[i]));
            assertThat(run(outputs, "maximum")[i]).isEqualTo(Math.max(a[i], b[i]));
        }
    }

    /// 40 residual layers in 5 blocks.
    @Test
    void recomputation_keeps_derivatives_and_saves_memory() {
        SequencedMap<String, Node> kept = loop(false);
        SequencedMap<String, Node> again = loop(true);
        for (String name : List.of("gradient", "second")) {
            double[] expected = run(kept, name);
            double[] found = run(again, name);
            for (int i = 0; i < expected.length; i++) {
                assertThat(found[i]).isCloseTo(expected[i], within(1e-12 * Math.abs(expected[i])));
            }
        }
        SequencedMap<String, Node> a = new LinkedHashMap<>();
        a.put("gradient", kept.get("gradient"));
        SequencedMap<String, Node> b = new LinkedHashMap<>();
        b.put("gradient", again.get("gradient"));
        assertThat(Program.of(b).arenaElements()).isLessThan(Program.of(a).arenaElements() * 2 / 3);
    }

    private static SequencedMap<String, Node> loop(boolean recomputed) {
        Graph graph = new Graph();
        Node w = graph.input("w", Shape.of(2, 2));
        Node x = graph.input("x", Shape.of(64, 2));
        for (int block = 0; block < 5; block++) {
            x = recomputed ? Recomputation.of(CompositionTest::trips, x, w) : trips(List.of(x, w));
        }
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        Node gradient = Derivatives.gradient(x.times(x).sumAll(), List.of(w)).getFirst();
        outputs.put("gradient", gradient);
        outputs.put(
                "second",
                Derivatives.gradient(gradient.times(gradient).sumAll(), List.of(w)).getFirst());
        return outputs;
    }

    private static Node trips(List<Node> in) {
        Node x = in.get(0);
        for (int trip = 0; trip < 8; trip++) {
            x = x.plus(x.contract(false, in.get(1), false).tanh().times(.1));
        }
        return x;
    }

    /// Nodes that each further derivative of a perceptron's loss adds, relative to all before.
    @ParameterizedTest
    @ValueSource(strings = {"relu", "tanh", "gelu"})
    void each_order_of_derivative_at_most_multiplies_the_graph_by_twelve(String activation) {
        Nets net = Nets.perceptron(activation, 64);
        Graph graph = net.graph();
        int before = graph.nodes().size();
        List<Node> derivative = Derivatives.gradient(net.loss(), net.parameters());
        SequencedMap<Node, Node> along = new LinkedHashMap<>();
        for (Node p : net.parameters()) {
            along.put(p, graph.input("v." + ((Op.Input) p.op()).name(), p.shape()));
        }
        for (int order = 1; order <= 3; order++) {
            int now = graph.nodes().size();
            assertThat((double) now / before)
                    .as("order %d: %d nodes after %d", order, now, before)
                    .isLessThanOrEqualTo(12);
            before = now;
            derivative = Derivatives.tangents(derivative, along);
        }
    }
}
