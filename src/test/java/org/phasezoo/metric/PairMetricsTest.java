package org.phasezoo.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.phasezoo.data.Split;
import org.phasezoo.model.ConvolutionalNet;
import org.phasezoo.model.Perceptron;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;
import org.phasezoo.train.Momentum;

class PairMetricsTest {
    private static final BezierCurve CURVE = new BezierCurve(10, 32, .1, .9, 1e-3);

    private static List<Value> measure(Metric metric, TrainedNet a, TrainedNet b) {
        return metric.measure(List.of(a, b), Key::of).values();
    }

    @Test
    void mode_connectivity_of_a_convex_problem_is_0_within_its_error() {
        Split split = Trained.split(256, 64);
        Perceptron linear = new Perceptron(List.of(), Perceptron.Activation.RELU);
        Momentum optimiser = new Momentum(.05, .9, 1e-2, 0);
        TrainedNet a = Trained.net(linear, split, optimiser, 200, 1);
        TrainedNet b = Trained.net(linear, split, optimiser, 200, 2);
        for (Value value : measure(new ModeConnectivity(CURVE), a, b)) {
            assertThat(value.value())
                    .as(value.definition())
                    .isCloseTo(0, within(2 * value.seSample() + .02));
        }
    }

    @Test
    void a_barrier_between_two_minima_is_negative_and_the_whole_curve_is_kept() {
        Split split = Trained.split(256, 64);
        Momentum optimiser = new Momentum(.2, .9, 5e-4, 1);
        TrainedNet a = Trained.net(new ConvolutionalNet(2, .1), split, optimiser, 60, 1);
        TrainedNet b = Trained.net(new ConvolutionalNet(2, .1), split, optimiser, 60, 2);
        Measured measured =
                new ModeConnectivity(new BezierCurve(1, 32, 1e-6, .9, 0))
                        .measure(List.of(a, b), Key::of);
        assertThat(measured.values().get(0).value()).isLessThan(-2);
        assertThat(measured.curves().get(0).x()).hasSize(13).startsWith(0.0).endsWith(1.0);
        double worst =
                measured.curves().get(0).y().stream().mapToDouble(y -> y).max().orElseThrow();
        double ends =
                (measured.curves().get(0).y().getFirst() + measured.curves().get(0).y().getLast())
                        / 2;
        assertThat(measured.values().get(0).value()).isCloseTo(ends - worst, within(1e-9));
    }

    @Test
    void training_the_curve_raises_the_barrier_of_the_straight_line() {
        Split split = Trained.split(256, 64);
        Momentum optimiser = new Momentum(.2, .9, 5e-4, 1);
        TrainedNet a = Trained.net(new ConvolutionalNet(4, .1), split, optimiser, 60, 1);
        TrainedNet b = Trained.net(new ConvolutionalNet(4, .1), split, optimiser, 60, 2);
        double straight =
                measure(new ModeConnectivity(new BezierCurve(1, 32, 1e-6, .9, 0)), a, b)
                        .get(2)
                        .value();
        double trained =
                measure(new ModeConnectivity(new BezierCurve(20, 32, .1, .9, 0)), a, b)
                        .get(2)
                        .value();
        assertThat(trained).isGreaterThan(straight / 2);
    }

    @Test
    void cka_of_a_net_with_itself_is_1_and_the_distance_0() {
        TrainedNet a =
                Trained.net(
                        new ConvolutionalNet(2, .1),
                        Trained.split(128, 64),
                        new Momentum(.2, .9, 0, 1),
                        5,
                        1);
        for (Value value : measure(new Cka(120, 16), a, a)) {
            assertThat(value.value()).isCloseTo(1, within(1e-12));
        }
        assertThat(measure(new Distance(), a, a).get(0).value()).isZero();
    }

    @Test
    void distance_is_the_norm_of_the_difference() {
        TrainedNet a =
                Trained.net(
                        new ConvolutionalNet(1, .1),
                        Trained.split(64, 64),
                        new Momentum(.2, .9, 0, 1),
                        1,
                        1);
        double[] moved = a.weights().clone();
        moved[3] += 3;
        moved[7] -= 4;
        assertThat(measure(new Distance(), a, new TrainedNet(a.problem(), moved)).get(0).value())
                .isCloseTo(5, within(1e-5));
    }

    /// X = Z and Y = ρZ + √(1−ρ²)·E with independent standard normals in d dimensions: the
    /// population's linear CKA is ρ².
    @Test
    void
            debiased_cka_is_unbiased_and_its_jackknife_interval_covers_the_truth_in_at_least_95_percent_of_200_seeds() {
        int n = 240;
        int d = 10;
        double rho = .8;
        int covered = 0;
        double mean = 0;
        double biased = 0;
        for (int seed = 0; seed < 200; seed++) {
            Draws draws = new Draws(new Key(seed));
            double[] x = new double[n * d];
            double[] y = new double[n * d];
            for (int i = 0; i < x.length; i++) {
                x[i] = draws.normal(2L * i);
                y[i] = rho * x[i] + Math.sqrt(1 - rho * rho) * draws.normal(2L * i + 1);
            }
            int[] all = IntStream.range(0, n).toArray();
            double value = LinearCka.debiased(x, y, d, all);
            double[] without = new double[12];
            for (int block = 0; block < 12; block++) {
                int b = block;
                without[block] =
                        LinearCka.debiased(
                                x, y, d, IntStream.range(0, n).filter(i -> i / 20 != b).toArray());
            }
            covered += Math.abs(value - rho * rho) <= 2.2010 * Moments.jackknife(without) ? 1 : 0;
            mean += value / 200;
            biased += LinearCka.biased(x, y, d, all) / 200;
        }
        assertThat(mean).isCloseTo(rho * rho, within(.003));
        assertThat(biased).isGreaterThan(rho * rho + .005);
        assertThat(covered).isGreaterThanOrEqualTo(190);
    }
}
