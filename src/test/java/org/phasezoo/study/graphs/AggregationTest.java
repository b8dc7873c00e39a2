package org.phasezoo.study.graphs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.phasezoo.engine.Precision;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;
import org.phasezoo.study.graphs.Aggregation.Aggregator;
import org.phasezoo.study.graphs.Aggregation.Task;
import org.phasezoo.train.Learner;
import org.phasezoo.train.Momentum;

class AggregationTest {
    private static final int W = 3;

    private static double[] relu(double[] x) {
        double[] y = x.clone();
        for (int i = 0; i < y.length; i++) {
            y[i] = Math.max(0, y[i]);
        }
        return y;
    }

    private static double[] affine(double[] t, int w, int bias, double[] x, int out) {
        double[] y = new double[out];
        for (int o = 0; o < out; o++) {
            y[o] = t[bias + o];
            for (int i = 0; i < x.length; i++) {
                y[o] += t[w + o * x.length + i] * x[i];
            }
        }
        return y;
    }

    /// What the root of a star with these leaves tells, by plain loops.
    private static double star(double[] t, Aggregator aggregator, double... leaves) {
        int second = 2 * W;
        int biases = second + 6 * W * W;
        double[] sum = new double[W];
        for (double leaf : leaves) {
            double[] h = relu(affine(t, 0, W, new double[] {leaf}, W));
            h = relu(affine(t, second, biases, h, W));
            for (int i = 0; i < W; i++) {
                sum[i] += h[i];
            }
        }
        double[] root = round(t, aggregator, sum, leaves.length, second + W * W, biases + W, false);
        root = round(t, aggregator, root, 1, second + 3 * W * W, biases + 2 * W, true);
        double[] read = relu(affine(t, second + 5 * W * W, biases + 3 * W, root, W));
        int out = biases + 4 * W;
        return affine(t, out, out + W, read, 1)[0];
    }

    private static double[] round(
            double[] t,
            Aggregator aggregator,
            double[] sum,
            int n,
            int weights,
            int bias,
            boolean root) {
        boolean reads =
                aggregator != Aggregator.MEAN && !(root && aggregator == Aggregator.SUM_THEN_MEAN);
        boolean means =
                aggregator == Aggregator.MEAN
                        || aggregator == Aggregator.BOTH
                        || (root && aggregator == Aggregator.SUM_THEN_MEAN);
        double[] y = new double[W];
        for (int o = 0; o < W; o++) {
            y[o] = t[bias + o];
            for (int i = 0; i < W; i++) {
                y[o] += reads ? t[weights + o * W + i] * sum[i] : 0;
                y[o] += means ? t[weights + W * W + o * W + i] * sum[i] / n : 0;
            }
        }
        return relu(y);
    }

    @ParameterizedTest
    @EnumSource(Aggregator.class)
    void the_loss_on_stars_is_that_of_plain_loops(Aggregator aggregator) {
        int batch = 4;
        Learner learner =
                new Learner(
                        MessageNet.parameters(W),
                        new Momentum(1e-9, 0, 0, 0),
                        Precision.FLOAT64,
                        new MessageNet(aggregator, W, batch * 5, batch, batch)::loss);
        double[] theta = Learner.start(MessageNet.parameters(W), new Draws(new Key(4)));
        for (int i = 0; i < theta.length; i++) {
            theta[i] += .05 * (i % 5);
        }
        learner.restore(theta, 0);
        Draws draws = new Draws(new Key(6));
        GraphBatch graphs = GraphBatch.of(Task.STARS, draws, 3, batch, 5, true);
        graphs.set(learner.work(), aggregator);
        double expected = 0;
        for (int g = 0; g < batch; g++) {
            long at = (3L + g) << 16;
            double[] leaves = new double[1 + draws.below(at, 5)];
            double level = 10 * draws.uniform(at + 2);
            double sum = 0;
            for (int i = 0; i < leaves.length; i++) {
                leaves[i] =
                        Math.max(0, Math.min(10, Math.rint(level + 2 * draws.normal(at + 3 + i))));
                sum += leaves[i];
            }
            assertThat(graphs.targets()[g]).isCloseTo(sum / leaves.length, within(1e-12));
            double d = star(theta, aggregator, leaves) - graphs.targets()[g];
            expected += d * d / batch;
        }
        assertThat(learner.update(1, 0)).isCloseTo(expected, within(1e-10));
    }

    /// A hand-made net: sums count leaves at parents, the mean at the root divides by their number.
    @Test
    void sum_then_mean_computes_the_leaves_of_a_parent_exactly() {
        double[] theta =
                new double[Learner.start(MessageNet.parameters(W), new Draws(new Key(1))).length];
        int second = 2 * W;
        theta[0] = 1;
        theta[second] = 1;
        theta[second + W * W] = 1;
        theta[second + 4 * W * W] = 1;
        theta[second + 5 * W * W] = 1;
        theta[second + 6 * W * W + 4 * W] = 1;
        GraphBatch large = GraphBatch.of(Task.TREES, new Draws(new Key(2)), 0, 7, 90, false);
        TrainedMessages net =
                new TrainedMessages(Aggregator.SUM_THEN_MEAN, W, Precision.FLOAT32, theta);
        assertThat(net.error(large)).isLessThan(1e-6);
        theta[second + 6 * W * W + 4 * W] = 1.5;
        assertThat(net.error(large)).isBetween(.3, .5);
    }

    @Test
    void settings_out_of_range_are_refused_by_name() {
        assertThatThrownBy(() -> new Aggregation(Task.STARS, Aggregator.SUM, 0, 4))
                .hasMessageStartingWith("largest is 0; choose one from 1 to 100");
    }
}
