package org.phasezoo.study.gaussian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;
import org.phasezoo.study.Kept;

class NtkCircleTest {
    private static NtkCircle circle(
            Activation activation, int layers, int width, double rate, int steps) {
        return new NtkCircle(activation, layers, width, .1, rate, steps);
    }

    private static NtkPerceptron net(NtkCircle study, long seed) {
        NtkPerceptron net = new NtkPerceptron(study, NtkPerceptron.undrawn(study));
        net.draw(new Draws(new Key(seed)));
        return net;
    }

    /// A step of rate η on one repeated point moves the output by −η Θ̂ r to first order.
    @Test
    void a_small_step_moves_the_output_by_the_empirical_kernel() {
        for (Activation activation : new Activation[] {Activation.RELU, Activation.ERF}) {
            NtkPerceptron net = net(circle(activation, 4, 12, 1, 1), 7);
            double[] same = {.4, .4, .4, .4};
            double[] kernel = net.kernel(new double[] {1.1, .4, 2, 3});
            double before = net.forward(new double[] {1.1, 0, 0, 0})[0];
            double residual = net.descend(same, new double[4], 1e-7)[0];
            double after = net.forward(new double[] {1.1, 0, 0, 0})[0];
            assertThat((after - before) / (-1e-7 * residual)).isCloseTo(kernel[1], within(1e-4));
        }
    }

    @Test
    void the_kernels_of_wide_nets_average_to_the_limit() {
        for (Activation activation : new Activation[] {Activation.RELU, Activation.ERF}) {
            NeuralTangent limit = new NeuralTangent(activation, 3, .1);
            double theta = 0;
            double sigma = 0;
            for (int seed = 0; seed < 200; seed++) {
                NtkPerceptron net = net(circle(activation, 3, 64, 1, 1), seed);
                theta += net.kernel(new double[] {0, .8, 1, 2})[1] / 200;
                double[] f = net.forward(new double[] {0, .8, 1, 2});
                sigma += f[0] * f[1] / 200;
            }
            assertThat(theta).as(activation.name()).isCloseTo(limit.onCircle(.8)[1], within(.12));
            assertThat(sigma).as(activation.name()).isCloseTo(limit.onCircle(.8)[0], within(.15));
        }
    }

    @Test
    void one_layer_has_the_linear_kernel() {
        assertThat(new NeuralTangent(Activation.RELU, 1, .1).onCircle(1)[1])
                .isCloseTo(.99 * Math.cos(1) / 2 + .01, within(1e-15));
    }

    @Test
    void a_limit_trained_for_long_passes_through_its_targets_without_variance() {
        double[] angles = {.3, 1.2, 2.9, 4.4};
        double[] targets = {.5, -1, 2, 0};
        double[] law =
                new NeuralTangent(Activation.RELU, 3, .1).trained(angles, targets, 2.9, 1, 100_000);
        assertThat(law[0]).isCloseTo(2, within(1e-9));
        assertThat(law[1]).isCloseTo(0, within(1e-9));
    }

    @Test
    void the_kernel_on_the_circle_is_positive_definite_from_two_layers_on() {
        Kept one = Kept.finish(new NtkSpectrum(Activation.RELU, 1, .1, 32), 0);
        Kept two = Kept.finish(new NtkSpectrum(Activation.RELU, 2, .1, 32), 0);
        assertThat(one.of("eigenvalue.least.v1")).isLessThan(1e-10);
        assertThat(two.of("eigenvalue.least.v1")).isGreaterThan(1e-3);
    }

    @Test
    void a_member_that_is_saved_and_restored_after_each_slice_gives_the_same_bits() {
        NtkCircle study = circle(Activation.RELU, 3, 400, .5, 60);
        assertThat(Kept.interrupted(study, 3).values).isEqualTo(Kept.finish(study, 3).values);
    }

    @Test
    void an_activation_without_a_closed_kernel_is_refused() {
        assertThatThrownBy(() -> circle(Activation.TANH, 3, 8, 1, 1))
                .hasMessageContaining("choose relu or erf");
    }
}
