package org.phasezoo.study.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.phasezoo.engine.Precision;
import org.phasezoo.kernel.ErrorFunction;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;
import org.phasezoo.study.Kept;
import org.phasezoo.study.Streams;
import org.phasezoo.study.field.ResidualPath.Activation;
import org.phasezoo.train.Learner;
import org.phasezoo.train.Momentum;

class ResidualPathTest {
    private static final int W = 3;

    private static double bent(Activation activation, double x) {
        return switch (activation) {
            case TANH -> Math.tanh(x);
            case GELU -> x / 2 * (1 + ErrorFunction.erf(x / Math.sqrt(2)));
            case SILU -> x / (1 + Math.exp(-x));
            case SIN -> Math.sin(x);
            case RELU -> Math.max(0, x);
        };
    }

    private static double angle(
            double[] p, Activation activation, double t, double q0, double span) {
        double s = 2 * t / span - 1;
        double[] h = new double[W];
        for (int i = 0; i < W; i++) {
            h[i] = bent(activation, p[i] * s + p[W + i]);
        }
        double[] g = new double[W];
        for (int o = 0; o < W; o++) {
            g[o] = p[2 * W + W * W + o];
            for (int i = 0; i < W; i++) {
                g[o] += p[2 * W + o * W + i] * h[i];
            }
            g[o] = bent(activation, g[o]);
        }
        int out = 3 * W + W * W;
        double n = p[out + W];
        for (int i = 0; i < W; i++) {
            n += p[out + i] * g[i];
        }
        double rise = 1 - Math.exp(-t);
        return q0 + rise * rise * n;
    }

    /// The loss with the second derivative in time by central differences.
    @ParameterizedTest
    @EnumSource(Activation.class)
    void the_loss_is_the_residual_of_the_pendulum(Activation activation) {
        double[] theta = Learner.start(PathNet.parameters(W), new Draws(new Key(3)));
        for (int i = 0; i < theta.length; i++) {
            theta[i] += .1 * (i % 3);
        }
        double[] times = {.3, 1.1, 2.9, 4.4};
        Learner learner =
                new Learner(
                        PathNet.parameters(W),
                        new Momentum(1e-9, 0, 0, 0),
                        Precision.FLOAT64,
                        p -> PathNet.loss(PathNet.path(p, activation, 4, 1.2, 5)));
        learner.restore(theta, 0);
        learner.work().count(PathNet.ROWS, 4);
        learner.work().set("t", times);
        double expected = 0;
        double h = 1e-4;
        for (double t : times) {
            double q = angle(theta, activation, t, 1.2, 5);
            double acceleration =
                    (angle(theta, activation, t + h, 1.2, 5)
                                    - 2 * q
                                    + angle(theta, activation, t - h, 1.2, 5))
                            / (h * h);
            expected += (acceleration + Math.sin(q)) * (acceleration + Math.sin(q)) / 4;
        }
        assertThat(learner.update(1, 0)).isCloseTo(expected, within(1e-5));
    }

    /// Small swings follow q₀ cos t; the period from 1 radian is 4 K(sin ½) = 6.69998.
    @Test
    void the_true_path_has_the_known_period() {
        double[] small = PathMeasures.pendulum(1e-4, 6);
        for (int i = 0; i <= 2000; i += 100) {
            assertThat(small[i]).isCloseTo(1e-4 * Math.cos(6.0 * i / 2000), within(1e-11));
        }
        double[] wide = PathMeasures.pendulum(1, 6.699979);
        assertThat(wide[2000]).isCloseTo(1, within(1e-6));
        assertThat(wide[1000]).isCloseTo(-1, within(1e-6));
    }

    /// A net that stays at the start: the residual is sin 1, the energy stays, the error is the way
    /// to the other side.
    @Test
    void measures_of_a_net_of_zeros_are_known() {
        ResidualPath study = new ResidualPath(Activation.TANH, 1, 6.699979, W);
        Kept kept = new Kept();
        new PathMeasures(study, new double[4 * W + W * W + 1], Precision.FLOAT64).record(kept);
        assertThat(kept.of("residual.v1")).isCloseTo(Math.sin(1), within(1e-12));
        assertThat(kept.of("energy.drift.v1")).isCloseTo(0, within(1e-12));
        assertThat(kept.of("error.path.v1")).isCloseTo(2, within(1e-6));
        assertThat(kept.of("action.slope.v1")).isCloseTo(1, within(.1));
    }

    @Test
    void a_smooth_net_finds_half_a_swing() {
        Kept kept =
                Kept.finish(
                        Streams.polished(new ResidualPath(Activation.GELU, .5, 3, 8), 250, 150), 2);
        assertThat(kept.of("error.path.v1")).isLessThan(.01);
        assertThat(kept.of("action.slope.v1")).isBetween(1.8, 2.2);
    }

    @Test
    void settings_out_of_range_are_refused_by_name() {
        assertThatThrownBy(() -> new ResidualPath(Activation.TANH, 1, 0, 4))
                .hasMessageStartingWith("span is 0; choose one from");
    }
}
