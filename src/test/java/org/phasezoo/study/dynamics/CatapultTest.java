package org.phasezoo.study.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.phasezoo.engine.Precision;
import org.phasezoo.engine.Program;
import org.phasezoo.engine.Workspace;
import org.phasezoo.graph.Derivatives;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Shape;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;
import org.phasezoo.study.Kept;
import org.phasezoo.study.Saved;

class CatapultTest {
    private static final int M = 4;
    private static final int N = 3;
    private static final int D = 2;
    private static final Key DATA = new Key(1);
    private static final Key START = new Key(2);

    private static TwoLayerExpansion net(TaylorModel model, Activation activation) {
        return new TwoLayerExpansion(model, activation, ScalarTask.PRODUCT, M, N, D, DATA, START);
    }

    private static double[] normal(Key key, long block, int n) {
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = new Draws(key).normal((block << 32) + i);
        }
        return values;
    }

    /// Somewhere away from the start.
    private static Saved place(TwoLayerExpansion net) {
        Saved at = net.start();
        System.arraycopy(normal(new Key(3), 0, M), 0, at.row("readout"), 0, M);
        System.arraycopy(normal(new Key(3), 1, M * N), 0, at.row("span"), 0, M * N);
        return at;
    }

    /// The value of a tanh net and its first two directional derivatives, by the graph.
    private static double[][] taylor(Saved at) {
        Graph graph = new Graph();
        Node u = graph.input("u", Shape.of(M, D));
        Node v = graph.input("v", Shape.of(1, M));
        Node du = graph.input("du", Shape.of(M, D));
        Node dv = graph.input("dv", Shape.of(1, M));
        Node x = graph.input("x", Shape.of(N, D));
        Node z = u.contract(false, x, true).times(1 / Math.sqrt(D));
        Node f = v.contract(false, z.tanh(), false).times(1 / Math.sqrt(M));
        SequencedMap<Node, Node> along = new LinkedHashMap<>();
        along.put(u, du);
        along.put(v, dv);
        Node first = Derivatives.tangents(List.of(f), along).getFirst();
        Node second = Derivatives.tangents(List.of(first), along).getFirst();
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("0", f);
        outputs.put("1", first);
        outputs.put("2", second);
        Workspace work = Program.of(outputs).workspace(Precision.FLOAT64);
        double[] points = normal(DATA, 0, N * D);
        double[] moved = new double[M * D];
        for (int i = 0; i < M; i++) {
            for (int l = 0; l < N; l++) {
                for (int j = 0; j < D; j++) {
                    moved[i * D + j] +=
                            at.row("span")[i * N + l] * points[l * D + j] / Math.sqrt(D);
                }
            }
        }
        work.set("u", normal(START, 0, M * D));
        work.set("v", normal(START, 1, M));
        work.set("du", moved);
        work.set("dv", at.row("readout"));
        work.set("x", points);
        work.run();
        double[][] values = new double[3][N];
        for (int order = 0; order < 3; order++) {
            work.get(Integer.toString(order), values[order], 0);
        }
        return values;
    }

    @Test
    void the_models_are_the_taylor_expansion_of_the_net() {
        Saved at = place(net(TaylorModel.NET, Activation.TANH));
        double[][] taylor = taylor(at);
        double[] linear = net(TaylorModel.LINEARISED, Activation.TANH).outputs(at);
        double[] quadratic = net(TaylorModel.QUADRATIC, Activation.TANH).outputs(at);
        TwoLayerExpansion net = net(TaylorModel.NET, Activation.TANH);
        double[] start = net.outputs(net.start());
        for (int j = 0; j < N; j++) {
            assertThat(start[j]).isCloseTo(taylor[0][j], within(1e-12));
            double first = taylor[0][j] + taylor[1][j];
            assertThat(linear[j]).isCloseTo(first, within(1e-12));
            assertThat(quadratic[j]).isCloseTo(first + taylor[2][j] / 2, within(1e-12));
        }
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void derivatives_of_activations_are_those_of_their_values(Activation activation) {
        for (double z : new double[] {-1.3, -.2, .4, 2}) {
            double h = 1e-5;
            double slope = (activation.of(z + h) - activation.of(z - h)) / (2 * h);
            double curvature = (activation.slope(z + h) - activation.slope(z - h)) / (2 * h);
            assertThat(activation.slope(z)).isCloseTo(slope, within(1e-9));
            assertThat(activation.curvature(z)).isCloseTo(curvature, within(1e-9));
        }
    }

    @ParameterizedTest
    @EnumSource(TaylorModel.class)
    void a_step_follows_the_slope_of_the_loss(TaylorModel model) {
        TwoLayerExpansion net = net(model, Activation.SWISH);
        Saved at = place(net);
        Saved moved = place(net);
        net.descend(moved, 1);
        double[] points = normal(DATA, 0, N * D);
        for (int i = 0; i < M; i++) {
            double move = moved.row("readout")[i] - at.row("readout")[i];
            assertThat(move).isCloseTo(-slope(net, at, "readout", i), within(1e-7));
            for (int l = 0; l < N; l++) {
                // the loss sees c through K c
                double along = 0;
                for (int j = 0; j < N; j++) {
                    double k =
                            (points[l * D] * points[j * D] + points[l * D + 1] * points[j * D + 1])
                                    / D;
                    along += k * (moved.row("span")[i * N + j] - at.row("span")[i * N + j]);
                }
                assertThat(along).isCloseTo(-slope(net, at, "span", i * N + l), within(1e-7));
            }
        }
    }

    private static double slope(TwoLayerExpansion net, Saved at, String row, int i) {
        double kept = at.row(row)[i];
        at.row(row)[i] = kept + 1e-5;
        double high = net.loss(at);
        at.row(row)[i] = kept - 1e-5;
        double low = net.loss(at);
        at.row(row)[i] = kept;
        return (high - low) / 2e-5;
    }

    @Test
    void a_linear_model_diverges_from_two_and_a_quadratic_one_catapults() {
        Kept linear =
                Kept.finish(
                        new CatapultEdge(TaylorModel.LINEARISED, Activation.RELU, 300, 3000), 1);
        assertThat(linear.of("edge.divergence.v1")).isCloseTo(2, within(.02));
        Kept quadratic =
                Kept.finish(new CatapultEdge(TaylorModel.QUADRATIC, Activation.RELU, 300, 1000), 1);
        assertThat(quadratic.of("edge.divergence.v1")).isGreaterThan(3);
        Kept run =
                Kept.finish(
                        new Catapult(
                                TaylorModel.QUADRATIC,
                                Activation.RELU,
                                ScalarTask.ONE,
                                300,
                                1,
                                1,
                                2.8,
                                1000),
                        1);
        assertThat(run.of("converged.v1")).isEqualTo(1);
        assertThat(run.of("loss.rise.v1")).isGreaterThan(0);
        assertThat(run.of("sharpness.step.v1@0")).isCloseTo(2.8, within(1e-12));
        assertThat(run.of("sharpness.last.v1")).isLessThan(2);
    }

    @Test
    void a_member_that_is_saved_and_restored_after_each_slice_gives_the_same_bits() {
        Catapult study =
                new Catapult(
                        TaylorModel.NET, Activation.RELU, ScalarTask.PRODUCT, 2000, 64, 6, 2.5, 60);
        assertThat(Kept.interrupted(study, 3).values).isEqualTo(Kept.finish(study, 3).values);
        CatapultEdge edge = new CatapultEdge(TaylorModel.NET, Activation.TANH, 50, 100);
        assertThat(Kept.interrupted(edge, 3).values).isEqualTo(Kept.finish(edge, 3).values);
    }

    @Test
    void settings_out_of_range_are_refused_by_name() {
        assertThatThrownBy(() ->
                        new Catapult(
                                TaylorModel.NET, Activation.RELU, ScalarTask.ONE, 8, 2, 1, 3, 10))
                .hasMessageStartingWith("examples is 2; choose one from 1 to 1");
        assertThatThrownBy(() -> new CatapultEdge(TaylorModel.NET, Activation.RELU, 0, 100))
                .hasMessageStartingWith("width is 0; choose");
    }
}
