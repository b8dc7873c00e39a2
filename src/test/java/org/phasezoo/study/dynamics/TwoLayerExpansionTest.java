package org.phasezoo.study.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.phasezoo.engine.Precision;
import org.phasezoo.engine.Program;
import org.phasezoo.engine.Workspace;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Shape;
import org.phasezoo.study.Checkpoint;
import org.phasezoo.study.Kept;
import org.phasezoo.study.Run;
import org.phasezoo.study.StabilityLimits;
import org.phasezoo.study.StreamTraining;
import org.phasezoo.study.Tensor;
import org.phasezoo.train.Learner;
import org.phasezoo.train.Momentum;
import org.phasezoo.train.Schedule;
import org.phasezoo.train.Tensors;

class TwoLayerExpansionTest {
    private static final int M = 4;
    private static final int N = 3;
    private static final int D = 2;
    private static final Run RUN = Kept.run(5);

    private static TwoLayerExpansion small(TaylorModel model, Activation activation) {
        return new TwoLayerExpansion(model, activation, ScalarTask.PRODUCT, M, N, D);
    }

    private static TwoLayerExpansion one(TaylorModel model, int width) {
        return new TwoLayerExpansion(model, Activation.RELU, ScalarTask.ONE, width, 1, 1);
    }

    private static StreamTraining training(TwoLayerExpansion objective, double rate, int updates) {
        return new StreamTraining(
                objective,
                new Momentum(rate, 0, 0, 0),
                Optional.empty(),
                new Schedule.Constant(),
                objective.examples(),
                updates,
                Optional.empty(),
                List.of(Checkpoint.INIT, Checkpoint.LAST),
                1e300,
                Optional.of(Precision.FLOAT64));
    }

    /// Parameters away from the start.
    private static double[] place(TwoLayerExpansion expansion) {
        double[] place = expansion.start(RUN);
        for (int i = 0; i < place.length; i++) {
            place[i] += .3 * Math.sin(7 * i + 1);
        }
        return place;
    }

    /// Outputs of the graph on the examples.
    private static double[] outputs(TwoLayerExpansion expansion, double[] theta) {
        Tensors tensors = new Tensors("", expansion.function().withStart());
        List<Node> nodes = tensors.inputs(new Graph());
        Node x = nodes.getFirst().graph().input("x", Shape.of(N, D));
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("f", expansion.outputs(nodes.subList(0, 2), nodes.subList(2, 4), x));
        Tensors.keep(nodes, outputs);
        Workspace work = Program.of(outputs).workspace(Precision.FLOAT64);
        double[] both = Arrays.copyOf(theta, 2 * theta.length);
        System.arraycopy(expansion.start(RUN), 0, both, theta.length, theta.length);
        tensors.set(work, both);
        work.set("x", expansion.data(RUN).x);
        work.run();
        double[] f = new double[N];
        work.get("f", f, 0);
        return f;
    }

    /// Written out for tanh: value, and first and second order in the changes of u and v.
    private static double[][] taylor(TwoLayerExpansion expansion, double[] theta) {
        double[] start = expansion.start(RUN);
        double[] x = expansion.data(RUN).x;
        double[][] orders = new double[3][N];
        for (int j = 0; j < N; j++) {
            for (int i = 0; i < M; i++) {
                double z = 0;
                double dz = 0;
                for (int a = 0; a < D; a++) {
                    double unit = x[j * D + a] / Math.sqrt(D);
                    z += start[i * D + a] * unit;
                    dz += (theta[i * D + a] - start[i * D + a]) * unit;
                }
                double v = start[M * D + i];
                double dv = theta[M * D + i] - v;
                double t = Math.tanh(z);
                double slope = 1 - t * t;
                double unit = 1 / Math.sqrt(M);
                orders[0][j] += unit * v * t;
                orders[1][j] += unit * (dv * t + v * slope * dz);
                orders[2][j] += unit * (dv * slope * dz - v * t * slope * dz * dz);
            }
        }
        return orders;
    }

    @Test
    void the_models_are_the_taylor_expansion_of_the_net() {
        double[] theta = place(small(TaylorModel.NET, Activation.TANH));
        double[][] taylor = taylor(small(TaylorModel.NET, Activation.TANH), theta);
        double[] linear = outputs(small(TaylorModel.LINEARISED, Activation.TANH), theta);
        double[] quadratic = outputs(small(TaylorModel.QUADRATIC, Activation.TANH), theta);
        TwoLayerExpansion net = small(TaylorModel.NET, Activation.TANH);
        double[] start = outputs(net, net.start(RUN));
        for (int j = 0; j < N; j++) {
            assertThat(start[j]).isCloseTo(taylor[0][j], within(1e-13));
            double first = taylor[0][j] + taylor[1][j];
            assertThat(linear[j]).isCloseTo(first, within(1e-13));
            assertThat(quadratic[j]).isCloseTo(first + taylor[2][j], within(1e-13));
        }
    }

    /// By differences of outputs and the power method.
    @ParameterizedTest
    @EnumSource(TaylorModel.class)
    void sharpness_is_the_largest_eigenvalue_of_the_tangent_kernel(TaylorModel model) {
        TwoLayerExpansion expansion = small(model, Activation.SWISH);
        double[] theta = place(expansion);
        double[][] jacobian = new double[theta.length][];
        for (int p = 0; p < theta.length; p++) {
            double kept = theta[p];
            theta[p] = kept + 1e-5;
            double[] high = outputs(expansion, theta);
            theta[p] = kept - 1e-5;
            double[] low = outputs(expansion, theta);
            theta[p] = kept;
            jacobian[p] = new double[N];
            for (int j = 0; j < N; j++) {
                jacobian[p][j] = (high[j] - low[j]) / 2e-5;
            }
        }
        double[] vector = {1, .9, 1.1};
        double value = 0;
        for (int iteration = 0; iteration < 300; iteration++) {
            double[] next = new double[N];
            for (double[] row : jacobian) {
                double along = 0;
                for (int j = 0; j < N; j++) {
                    along += row[j] * vector[j];
                }
                for (int j = 0; j < N; j++) {
                    next[j] += row[j] * along;
                }
            }
            value = Math.sqrt(Arrays.stream(next).map(it -> it * it).sum());
            vector = Arrays.stream(next).map(new Scaled(1 / value)::of).toArray();
        }
        TangentKernel kernel =
                new TangentKernel(model, expansion.function(), expansion.data(RUN).x);
        assertThat(kernel.sharpness(theta, expansion.start(RUN)))
                .isCloseTo(value / N, within(1e-8));
    }

    private record Scaled(double by) {
        double of(double value) {
            return by * value;
        }
    }

    /// The rate is in units of 1/λ₀.
    @ParameterizedTest
    @EnumSource(TaylorModel.class)
    void an_update_follows_the_slope_of_the_loss(TaylorModel model) {
        TwoLayerExpansion expansion = small(model, Activation.TANH);
        double[] theta = place(expansion);
        Learner learner = training(expansion, 1, 1).learner();
        ExpansionExamples examples = new ExpansionExamples(expansion, RUN);
        examples.begin(learner.work());
        learner.restore(theta, 0);
        double unit = examples.sharpness();
        assertThat(learner.update(1, 0) * unit).isCloseTo(loss(expansion, theta), within(1e-12));
        double[] moved = learner.parameters();
        for (int p = 0; p < theta.length; p++) {
            double kept = theta[p];
            theta[p] = kept + 1e-5;
            double high = loss(expansion, theta);
            theta[p] = kept - 1e-5;
            double slope = (high - loss(expansion, theta)) / 2e-5;
            theta[p] = kept;
            assertThat(moved[p] - kept).isCloseTo(-slope / unit, within(1e-8));
        }
    }

    private static double loss(TwoLayerExpansion expansion, double[] theta) {
        double[] f = outputs(expansion, theta);
        double[] y = expansion.data(RUN).y;
        double sum = 0;
        for (int j = 0; j < N; j++) {
            sum += (f[j] - y[j]) * (f[j] - y[j]) / (2 * N);
        }
        return sum;
    }

    private static StabilityLimits limits(TaylorModel model, int width, int updates) {
        return new StabilityLimits(training(one(model, width), 1, updates), .5, 16.5, 12);
    }

    @Test
    void a_linear_model_diverges_from_two_and_a_quadratic_one_catapults() {
        Kept linear = Kept.finish(limits(TaylorModel.LINEARISED, 300, 3000), 1);
        assertThat(linear.of("edge.divergence.v1")).isCloseTo(2, within(.02));
        Kept quadratic = Kept.finish(limits(TaylorModel.QUADRATIC, 300, 1000), 1);
        assertThat(quadratic.of("edge.divergence.v1")).isGreaterThan(3);
        Kept run = Kept.finish(training(one(TaylorModel.QUADRATIC, 300), 2.8, 1000), 1);
        assertThat(run.of("converged.v1")).isEqualTo(1);
        assertThat(run.of("loss.rise.v1")).isGreaterThan(0);
        assertThat(run.of("sharpness.step.v1@0")).isCloseTo(2.8, within(1e-12));
        assertThat(run.of("sharpness.last.v1")).isLessThan(2);
    }

    /// Divergence is what is looked for: weights are kept as they were when it was seen.
    @Test
    void a_model_that_diverges_is_a_member_with_weights() {
        Kept run = Kept.finish(training(one(TaylorModel.LINEARISED, 30), 3, 1000), 1);
        assertThat(run.of("diverged.v1")).isEqualTo(1);
        assertThat(run.values).doesNotContainKey("loss.test.v1");
        for (Tensor tensor : run.checkpoints.get("last").tensors().sequencedValues()) {
            assertThat(Arrays.stream(tensor.reals()).allMatch(Double::isFinite)).isTrue();
        }
        assertThat(run.checkpoints.get("last").tensors().sequencedKeySet())
                .containsExactly("weight", "readout", "start.weight", "start.readout");
    }

    @Test
    void a_member_that_is_saved_and_restored_after_each_slice_gives_the_same_bits() {
        TwoLayerExpansion net =
                new TwoLayerExpansion(
                        TaylorModel.QUADRATIC, Activation.RELU, ScalarTask.PRODUCT, 2000, 64, 6);
        StreamTraining study = training(net, 2.5, 60);
        assertThat(Kept.interrupted(study, 3).values).isEqualTo(Kept.finish(study, 3).values);
        StabilityLimits edges = limits(TaylorModel.NET, 50, 100);
        assertThat(Kept.interrupted(edges, 3).values).isEqualTo(Kept.finish(edges, 3).values);
    }

    @Test
    void settings_out_of_range_are_refused_by_name() {
        assertThatThrownBy(() ->
                        new TwoLayerExpansion(
                                TaylorModel.NET, Activation.RELU, ScalarTask.ONE, 8, 2, 1))
                .hasMessageStartingWith("examples is 2; choose one from 1 to 1");
        assertThatThrownBy(() -> one(TaylorModel.NET, 0)).hasMessageStartingWith("width is 0");
        StreamTraining training = training(one(TaylorModel.NET, 8), 1, 10);
        assertThatThrownBy(() -> new StabilityLimits(training, 2, 1, 12))
                .hasMessageStartingWith("highest is 1; choose one above 2");
        assertThatThrownBy(() -> new StabilityLimits(training, 0, 1, 12))
                .hasMessageStartingWith("lowest is 0; choose one above 0");
    }
}
