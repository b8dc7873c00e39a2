package org.phasezoo.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.phasezoo.graph.Derivatives;
import org.phasezoo.graph.Elements;
import org.phasezoo.graph.FixedPoint;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Op;
import org.phasezoo.graph.Shape;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;

/// For every op: f = Σ weights · sin-like mix of op(a, b), whose gradient, Hessian-vector product
/// and third derivative must agree with central differences in double precision.
class OpDerivativesTest {
    private static final int COUNT = 19;
    private static final Shape IMAGES = Shape.bounded("n", 24, 2, 4, 4);
    private static final Shape MATRIX = Shape.of(3, 5);

    record Case(String name, Shape a, Shape b, BiFunction<Node, Node, Node> op) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Node on(Op op, Node... inputs) {
        return inputs[0].graph().node(op, inputs);
    }

    static Stream<Case> cases() {
        Shape other = Shape.of(5, 3);
        Shape kernel = Shape.of(3, 2, 3, 3);
        Shape maps = Shape.bounded("n", 24, 3, 4, 4);
        return Stream.of(
                new Case("Negate", MATRIX, MATRIX, (a, b) -> on(new Op.Negate(), a)),
                new Case("Exp", MATRIX, MATRIX, (a, b) -> on(new Op.Exp(), a)),
                new Case(
                        "Log",
                        MATRIX,
                        MATRIX,
                        (a, b) -> on(new Op.Log(), a.times(a).plus(a.graph().constant(1)))),
                new Case("Tanh", MATRIX, MATRIX, (a, b) -> on(new Op.Tanh(), a)),
                new Case("Erf", MATRIX, MATRIX, (a, b) -> on(new Op.Erf(), a)),
                new Case(
                        "Sqrt",
                        MATRIX,
                        MATRIX,
                        (a, b) -> on(new Op.Sqrt(), a.times(a).plus(a.graph().constant(1)))),
                new Case("Relu", MATRIX, MATRIX, (a, b) -> on(new Op.Relu(.1), a.times(b))),
                new Case(
                        "ReluSlope",
                        MATRIX,
                        MATRIX,
                        (a, b) -> on(new Op.ReluSlope(.1), a).times(a)),
                new Case(
                        "StopGradient",
                        MATRIX,
                        MATRIX,
                        (a, b) -> on(new Op.StopGradient(), b.plus(b)).times(0).plus(a)),
                new Case("Add", MATRIX, MATRIX, (a, b) -> on(new Op.Add(), a, b)),
                new Case("Subtract", MATRIX, MATRIX, (a, b) -> on(new Op.Subtract(), a, b)),
                new Case("Multiply", MATRIX, MATRIX, (a, b) -> on(new Op.Multiply(), a, b)),
                new Case(
                        "Divide",
                        MATRIX,
                        MATRIX,
                        (a, b) -> on(new Op.Divide(), a, b.times(b).plus(a.graph().constant(1)))),
                new Case("Minimum", MATRIX, MATRIX, (a, b) -> on(new Op.Minimum(), a.times(a), b)),
                new Case("AtMost", MATRIX, MATRIX, (a, b) -> on(new Op.AtMost(), a, b).times(a)),
                new Case(
                        "Broadcast",
                        MATRIX,
                        MATRIX,
                        (a, b) -> on(new Op.Broadcast(Shape.of(3, 2, 5), List.of(0, 2)), a)),
                new Case(
                        "Broadcast",
                        MATRIX,
                        MATRIX,
                        (a, b) ->
                                on(
                                        new Op.Broadcast(
                                                Shape.bounded("n", 24, 3, 5), List.of(1, 2)),
                                        a)),
                new Case("Reshape", MATRIX, other, (a, b) -> on(new Op.Reshape(other), a).times(b)),
                new Case("Sum", MATRIX, MATRIX, (a, b) -> on(new Op.Sum(List.of(1)), a.times(b))),
                new Case(
                        "Sum",
                        IMAGES,
                        IMAGES,
                        (a, b) -> on(new Op.Sum(List.of(0, 2, 3)), a.times(b))),
                new Case(
                        "Sum", IMAGES, IMAGES, (a, b) -> on(new Op.Sum(List.of(2, 3)), a.times(b))),
                new Case("FirstMax", IMAGES, IMAGES, (a, b) -> on(new Op.FirstMax(), a).times(a)),
                new Case(
                        "Contract",
                        MATRIX,
                        other,
                        (a, b) -> on(new Op.Contract(false, false), a, b)),
                new Case(
                        "Contract", other, other, (a, b) -> on(new Op.Contract(true, false), a, b)),
                new Case(
                        "Contract", other, other, (a, b) -> on(new Op.Contract(false, true), a, b)),
                new Case(
                        "Contract", other, MATRIX, (a, b) -> on(new Op.Contract(true, true), a, b)),
                new Case(
                        "Contract",
                        Shape.bounded("n", 24, 5),
                        other,
                        (a, b) -> on(new Op.Contract(false, false), a, b)),
                new Case(
                        "Contract",
                        Shape.bounded("n", 24, 3),
                        other,
                        (a, b) -> on(new Op.Contract(false, true), a, b)),
                new Case(
                        "Contract",
                        Shape.bounded("n", 24, 3),
                        Shape.bounded("n", 24, 5),
                        (a, b) -> on(new Op.Contract(true, false), a, b)),
                new Case(
                        "Contract",
                        Shape.bounded("n", 24, 2, 3, 5),
                        Shape.bounded("n", 24, 2, 3, 4),
                        (a, b) -> on(new Op.Contract(true, false), a, b)),
                new Case(
                        "Contract",
                        Shape.bounded("n", 24, 2, 3, 5),
                        Shape.bounded("n", 24, 2, 4, 5),
                        (a, b) -> on(new Op.Contract(false, true), a, b)),
                new Case(
                        "Contract",
                        Shape.of(2, 3, 5),
                        Shape.of(2, 5, 4),
                        (a, b) -> on(new Op.Contract(false, false), a, b)),
                new Case("Convolve", IMAGES, kernel, (a, b) -> on(new Op.Convolve(1, 1), a, b)),
                new Case("Convolve", IMAGES, kernel, (a, b) -> on(new Op.Convolve(0, 1), a, b)),
                new Case(
                        "ConvolveInput",
                        maps,
                        kernel,
                        (a, b) -> on(new Op.ConvolveInput(1, 1, 4, 4), a, b)),
                new Case(
                        "ConvolveWeights",
                        IMAGES,
                        maps,
                        (a, b) -> on(new Op.ConvolveWeights(1, 1, 3, 3), a, b)),
                new Case("Convolve", IMAGES, kernel, (a, b) -> on(new Op.Convolve(1, 2), a, b)),
                new Case(
                        "ConvolveInput",
                        Shape.bounded("n", 24, 3, 2, 2),
                        kernel,
                        (a, b) -> on(new Op.ConvolveInput(1, 2, 4, 4), a, b)),
                new Case(
                        "ConvolveWeights",
                        IMAGES,
                        Shape.bounded("n", 24, 3, 2, 2),
                        (a, b) -> on(new Op.ConvolveWeights(1, 2, 3, 3), a, b)),
                new Case(
                        "AveragePool",
                        IMAGES,
                        IMAGES,
                        (a, b) -> on(new Op.AveragePool(2), a.times(b))),
                new Case("Spread", IMAGES, IMAGES, (a, b) -> on(new Op.Spread(2), a.times(b))),
                new Case("Sin", MATRIX, MATRIX, (a, b) -> a.sin()),
                new Case("Cos", MATRIX, MATRIX, (a, b) -> a.cos()),
                new Case("Where", IMAGES, IMAGES, (a, b) -> a.times(b).where(a.atMost(b))),
                new Case(
                        "WithAdjoint",
                        MATRIX,
                        MATRIX,
                        (a, b) ->
                                a.times(a)
                                        .times(b)
                                        .withAdjoint(OpDerivativesTest::squareTimes, a, b)),
                new Case(
                        "WithAdjoint",
                        MATRIX,
                        MATRIX,
                        (a, b) ->
                                FixedPoint.of(
                                                a.graph().constant(0, MATRIX),
                                                a.times(b),
                                                3,
                                                (x, theta) -> x.sin().times(1e-4).plus(theta))
                                        .times(b)),
                new Case("Take", IMAGES, IMAGES, (a, b) -> a.times(b).slice(2, 1, 3)),
                new Case("Take", IMAGES, IMAGES, (a, b) -> a.times(b).pad(3, 2, 1).flipped(2)),
                new Case("Take", IMAGES, IMAGES, (a, b) -> a.permuted(0, 3, 1, 2)),
                new Case("Take", MATRIX, MATRIX, (a, b) -> a.concatenate(1, b)),
                new Case(
                        "Put",
                        Shape.bounded("n", 24, 6),
                        Shape.bounded("n", 24, 4),
                        (a, b) ->
                                on(new Op.Put(b.shape(), Elements.of(3, -1, 0, 3, 2, 0)), a)
                                        .times(b)),
                new Case(
                        "Gather",
                        MATRIX,
                        Shape.bounded("n", 24, 2),
                        (a, b) -> a.gather(ints(b, 4))),
                new Case(
                        "Gather",
                        Shape.bounded("n", 24, 3),
                        Shape.of(7),
                        (a, b) -> a.gather(ints(b, 20))),
                new Case(
                        "SegmentSum",
                        Shape.bounded("n", 24, 2, 3),
                        Shape.bounded("n", 24, 2),
                        (a, b) -> a.segmentSum(ints(b, 5), Shape.of(5, 3))),
                new Case(
                        "SegmentSum",
                        Shape.bounded("n", 24, 3),
                        Shape.bounded("n", 24),
                        (a, b) -> a.segmentSum(ints(b, 9), Shape.bounded("r", 24, 3))),
                new Case("TakeAlong", IMAGES, IMAGES, (a, b) -> a.sorted()),
                new Case("TakeAlong", MATRIX, MATRIX, (a, b) -> a.times(b).largest(2)),
                new Case(
                        "PutAlong",
                        IMAGES,
                        IMAGES,
                        (a, b) -> on(new Op.PutAlong(3), a, ints(b, 4))),
                new Case("ArgSort", IMAGES, IMAGES, (a, b) -> on(new Op.ArgSort(), b).times(a)),
                new Case("CumulativeSum", IMAGES, IMAGES, (a, b) -> a.times(b).cumulativeSum()),
                new Case(
                        "CumulativeSum",
                        MATRIX,
                        MATRIX,
                        (a, b) -> on(new Op.CumulativeSum(true), a)),
                new Case("Cholesky", Shape.of(2, 3, 3), MATRIX, (a, b) -> positive(a).cholesky()),
                new Case(
                        "SolveTriangular",
                        Shape.of(3, 3),
                        MATRIX,
                        (a, b) -> positive(a).cholesky().solveTriangular(false, b)),
                new Case("SolveTriangular", Shape.of(3, 3), MATRIX, (a, b) -> positive(a).solve(b)),
                new Case(
                        "EigenSymmetric",
                        Shape.of(2, 3, 3),
                        MATRIX,
                        (a, b) -> on(new Op.EigenSymmetric(), a)),
                new Case(
                        "Repeat",
                        MATRIX,
                        MATRIX,
                        (a, b) -> FixedPoint.repeated(a, 3, x -> x.times(b).sin().plus(a))),
                new Case(
                        "Repeat",
                        Shape.bounded("n", 24, 5),
                        Shape.of(5, 5),
                        (a, b) ->
                                FixedPoint.repeated(a, 3, x -> x.contract(false, b, true).tanh())),
                new Case(
                        "Repeat",
                        Shape.bounded("n", 24, 4, 3),
                        Shape.of(3, 3),
                        (a, b) ->
                                FixedPoint.scanned(
                                        a.graph().constant(0, Shape.bounded("n", 24, 3)),
                                        a,
                                        (x, each) ->
                                                x.contract(false, b, false).plus(each).tanh())),
                new Case(
                        "Repeat",
                        Shape.of(4, 3),
                        Shape.of(3),
                        (a, b) -> FixedPoint.scanned(b, a, (x, each) -> x.times(each).plus(b))),
                new Case(
                        "Repeat",
                        MATRIX,
                        MATRIX,
                        (a, b) ->
                                FixedPoint.repeated(
                                        a,
                                        2,
                                        x ->
                                                FixedPoint.repeated(
                                                                x, 2, y -> y.times(b).plus(x).sin())
                                                        .plus(a))));
    }

    private static List<Node> squareTimes(Node g, List<Node> in) {
        Node a = in.get(0);
        return List.of(g.times(a).times(in.get(1)).times(2), g.times(a).times(a));
    }

    /// Whole numbers from −1 to `most`, without a derivative: how many of the thresholds lie below.
    private static Node ints(Node x, int most) {
        Node sum = x.graph().constant(-1, x.shape());
        for (int i = 0; i <= most; i++) {
            sum = sum.plus(x.graph().constant(-1.2 + 2.4 * i / most, x.shape()).atMost(x));
        }
        return sum;
    }

    private static Node positive(Node a) {
        Shape shape = a.shape();
        Node row = a.graph().node(new Op.Iota(shape, shape.rank() - 2));
        Node column = a.graph().node(new Op.Iota(shape, shape.rank() - 1));
        Node identity = row.atMost(column).times(column.atMost(row));
        return a.contract(false, a, true).plus(identity);
    }

    @Test
    void every_op_of_the_family_has_a_case() {
        TreeSet<String> ops = new TreeSet<>();
        for (Class<?> op : Op.class.getPermittedSubclasses()) {
            ops.add(op.getSimpleName());
        }
        ops.removeAll(List.of("Input", "Constant", "Count", "Iota", "Draw"));
        TreeSet<String> cases = new TreeSet<>();
        cases().forEach(c -> cases.add(c.name()));
        assertThat(cases).isEqualTo(ops);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void derivatives_to_the_third_agree_with_finite_differences(Case c) {
        Graph graph = new Graph();
        Node a = graph.input("a", c.a());
        Node b = graph.input("b", c.b());
        Node y = c.op().apply(a, b);
        Node mixed = y.times(graph.input("mix", y.shape())).tanh().plus(y.times(y).times(.3));
        Node f = mixed.sumAll();
        List<Node> gradient = Derivatives.gradient(f, List.of(a, b));
        SequencedMap<Node, Node> along = new LinkedHashMap<>();
        along.put(a, graph.input("va", c.a()));
        along.put(b, graph.input("vb", c.b()));
        List<Node> product = Derivatives.tangents(gradient, along);
        List<Node> third = Derivatives.tangents(product, along);
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("f", f);
        for (int i = 0; i < 2; i++) {
            outputs.put("g" + i, gradient.get(i));
            outputs.put("h" + i, product.get(i));
            outputs.put("t" + i, third.get(i));
        }
        // Keep every input in the program, so that all can be set.
        outputs.put(
                "keep",
                a.sumAll()
                        .plus(b.sumAll())
                        .plus(along.get(a).sumAll())
                        .plus(along.get(b).sumAll()));
        Program program = Program.of(outputs);
        TreeMap<String, double[]> inputs = new TreeMap<>();
        for (String name : program.inputNames()) {
            Draws draws = new Draws(Key.of(name));
            double[] values = new double[program.input(name).shape().elements()];
            for (int i = 0; i < values.length; i++) {
                values[i] = .6 * draws.normal(i) + (i % 2 == 0 ? .3 : -.3);
            }
            inputs.put(name, values);
        }
        double step = 1e-6;
        Workspace here = at(program, inputs, 0);
        Workspace ahead = at(program, inputs, step);
        Workspace behind = at(program, inputs, -step);
        double slope = 0;
        for (int i = 0; i < 2; i++) {
            double[] g = read(here, outputs.get("g" + i), "g" + i);
            double[] v = inputs.get(i == 0 ? "va" : "vb");
            for (int j = 0; j < g.length; j++) {
                slope += g[j] * v[j];
            }
            double[] h = read(here, outputs.get("h" + i), "h" + i);
            double[] up = read(ahead, outputs.get("g" + i), "g" + i);
            double[] down = read(behind, outputs.get("g" + i), "g" + i);
            for (int j = 0; j < h.length; j++) {
                assertThat(h[j])
                        .as("second derivative %d[%d]", i, j)
                        .isCloseTo(
                                (up[j] - down[j]) / (2 * step),
                                within(2e-7 * (1 + Math.abs(h[j]))));
            }
            double[] t = read(here, outputs.get("t" + i), "t" + i);
            double[] hUp = read(ahead, outputs.get("h" + i), "h" + i);
            double[] hDown = read(behind, outputs.get("h" + i), "h" + i);
            for (int j = 0; j < t.length; j++) {
                assertThat(t[j])
                        .as("third derivative %d[%d]", i, j)
                        .isCloseTo(
                                (hUp[j] - hDown[j]) / (2 * step),
                                within(1e-6 * (1 + Math.abs(t[j]))));
            }
        }
        double difference = (ahead.scalar("f") - behind.scalar("f")) / (2 * step);
        assertThat(slope).isCloseTo(difference, within(1e-6 * (1 + Math.abs(slope))));
    }

    /// ∂/∂a Σ a · stop(a) = a: the other factor is no function of a, in either mode.
    @Test
    void what_is_stopped_is_a_constant_to_reverse_and_forward_mode() {
        Graph graph = new Graph();
        Node a = graph.input("a", MATRIX);
        Node f = a.times(a.stopGradient()).sumAll();
        SequencedMap<Node, Node> along = new LinkedHashMap<>();
        along.put(a, graph.input("v", MATRIX));
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("gradient", Derivatives.gradient(f, List.of(a)).getFirst());
        outputs.put("slope", Derivatives.tangents(List.of(f), along).getFirst());
        Workspace work = Program.of(outputs).workspace(Precision.FLOAT64);
        double[] values = new double[15];
        double[] direction = new double[15];
        double slope = 0;
        for (int i = 0; i < 15; i++) {
            values[i] = i - 4.5;
            direction[i] = 1 + i % 3;
            slope += values[i] * direction[i];
        }
        work.set("a", values);
        work.set("v", direction);
        work.run();
        double[] gradient = new double[15];
        work.get("gradient", gradient, 0);
        assertThat(gradient).isEqualTo(values);
        assertThat(work.scalar("slope")).isEqualTo(slope);
    }

    /// x = A x + θ B with A of norm 0.5: x* = (1 − A)⁻¹ θ B, so Σ m · x* has the gradient (1 − A)⁻ᵀ
    /// m Bᵀ in θ.
    @Test
    void a_fixed_point_and_its_gradient_are_those_of_the_linear_solve() {
        double[] a = {.3, -.2, .1, .2, .3, -.1, -.1, .2, .4};
        double[] theta = {1, -2, .5, 3, 0, -1};
        double[] b = {2, 1, -1, 3};
        double[] m = {.7, -.3, 1.1, .4, -.9, .2};
        Graph graph = new Graph();
        Node matrix = graph.input("a", Shape.of(3, 3));
        Node right = graph.input("b", Shape.of(2, 2));
        Node of = graph.input("theta", Shape.of(3, 2));
        Node fixed =
                FixedPoint.of(
                        graph.constant(0, of.shape()),
                        of,
                        60,
                        (x, t) ->
                                matrix.contract(false, x, false)
                                        .plus(t.contract(false, right, false)));
        Node f = fixed.times(graph.input("m", of.shape())).sumAll();
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("fixed", fixed);
        outputs.put("gradient", Derivatives.gradient(f, List.of(of)).getFirst());
        Workspace work = Program.of(outputs).workspace(Precision.FLOAT64);
        work.set("a", a);
        work.set("b", b);
        work.set("theta", theta);
        work.set("m", m);
        work.run();
        double[] less = new double[9];
        double[] turned = new double[9];
        for (int i = 0; i < 9; i++) {
            less[i] = (i % 4 == 0 ? 1 : 0) - a[i];
            turned[i % 3 * 3 + i / 3] = less[i];
        }
        close(work, "fixed", solved(less, times(theta, b)));
        close(work, "gradient", times(solved(turned, m), new double[] {2, -1, 1, 3}));
    }

    private static void close(Workspace work, String name, double[] expected) {
        double[] found = new double[expected.length];
        work.get(name, found, 0);
        assertThat(found).containsExactly(expected, within(1e-13));
    }

    /// A 3 × 2 matrix times a 2 × 2 one.
    private static double[] times(double[] x, double[] b) {
        double[] y = new double[6];
        for (int i = 0; i < 6; i++) {
            y[i] = x[i / 2 * 2] * b[i % 2] + x[i / 2 * 2 + 1] * b[2 + i % 2];
        }
        return y;
    }

    /// X of M X = Y for a 3 × 3 matrix and two columns, by Cramer's rule.
    private static double[] solved(double[] m, double[] y) {
        double[] x = new double[6];
        for (int i = 0; i < 6; i++) {
            double[] with = m.clone();
            for (int row = 0; row < 3; row++) {
                with[row * 3 + i / 2] = y[row * 2 + i % 2];
            }
            x[i] = determinant(with) / determinant(m);
        }
        return x;
    }

    private static double determinant(double[] m) {
        return m[0] * (m[4] * m[8] - m[5] * m[7])
                - m[1] * (m[3] * m[8] - m[5] * m[6])
                + m[2] * (m[3] * m[7] - m[4] * m[6]);
    }

    private static Workspace at(Program program, TreeMap<String, double[]> inputs, double step) {
        Workspace work = program.workspace(Precision.FLOAT64);
        work.count("n", COUNT);
        work.count("r", COUNT);
        for (String name : program.inputNames()) {
            double[] values = inputs.get(name).clone();
            if (name.equals("a") || name.equals("b")) {
                double[] v = inputs.get("v" + name);
                for (int i = 0; i < values.length; i++) {
                    values[i] += step * v[i];
                }
            }
            work.set(name, values);
        }
        work.run();
        return work;
    }

    private static double[] read(Workspace work, Node node, String name) {
        double[] values =
                new double
                        [node.shape().isBounded()
                                ? COUNT * node.shape().rowElements()
                                : node.shape().elements()];
        work.get(name, values, 0);
        return values;
    }
}
