package org.phasezoo.study.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.phasezoo.engine.Precision;
import org.phasezoo.model.Parameter;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;
import org.phasezoo.study.Held;
import org.phasezoo.study.Kept;
import org.phasezoo.study.StreamTraining;
import org.phasezoo.study.Streams;
import org.phasezoo.study.field.MeanFlow.Tangent;
import org.phasezoo.train.Footprint;
import org.phasezoo.train.Learner;
import org.phasezoo.train.Momentum;

class MeanFlowTest {
    private static final int WIDTH = 4;

    /// u by plain loops.
    private static double[] velocity(double[] theta, double[] z, double r, double t) {
        double[] h = new double[WIDTH];
        int bias = 4 * WIDTH;
        for (int i = 0; i < WIDTH; i++) {
            h[i] =
                    theta[2 * i] * z[0]
                            + theta[2 * i + 1] * z[1]
                            + theta[2 * WIDTH + i] * t
                            + theta[3 * WIDTH + i] * (t - r)
                            + theta[bias + i];
        }
        int at = bias + WIDTH;
        for (int layer = 0; layer < 3; layer++) {
            int out = layer < 2 ? WIDTH : 2;
            double[] y = new double[out];
            for (int o = 0; o < out; o++) {
                y[o] = theta[at + out * WIDTH + o];
                for (int i = 0; i < WIDTH; i++) {
                    y[o] += theta[at + o * WIDTH + i] * h[i] / (1 + Math.exp(-h[i]));
                }
            }
            at += out * WIDTH + out;
            h = y;
        }
        return h;
    }

    private static double[] theta() {
        List<Parameter> parameters = VelocityNet.parameters(WIDTH);
        double[] theta = Learner.start(parameters, new Draws(new Key(5)));
        for (int i = 0; i < theta.length; i++) {
            theta[i] += .1 * ((i % 7) - 3);
        }
        return theta;
    }

    /// The loss with the Jacobian-vector product by central differences.
    @Test
    void the_loss_is_the_mean_flow_identitys_residual() {
        int batch = 5;
        for (int alongTime = 0; alongTime <= 1; alongTime++) {
            int s = alongTime;
            Learner learner =
                    new Learner(
                            VelocityNet.parameters(WIDTH),
                            new Momentum(1e-9, 0, 0, 0),
                            Precision.FLOAT64,
                            p -> VelocityNet.loss(p, batch, s));
            double[] theta = theta();
            learner.restore(theta, 0);
            RingExamples examples = new RingExamples(Kept.run(3), batch, .8);
            examples.set(learner.work(), 2);
            double found = learner.update(1, 0);
            Draws data = new Draws(Kept.run(3).key("data"));
            Draws noise = new Draws(Kept.run(3).key("noise"));
            Draws times = new Draws(Kept.run(3).key("times"));
            double expected = 0;
            for (int i = 0; i < batch; i++) {
                long n = 2L * batch + i;
                double[] x = new double[2];
                Ring.point(data, n, x, 0);
                double a = 1 / (1 + Math.exp(.4 - times.normal(3 * n)));
                double b = 1 / (1 + Math.exp(.4 - times.normal(3 * n + 1)));
                double t = Math.max(a, b);
                double r = times.uniform(3 * n + 2) < .8 ? Math.min(a, b) : t;
                double[] v = new double[2];
                double[] z = new double[2];
                for (int axis = 0; axis < 2; axis++) {
                    double e = noise.normal(2 * n + axis);
                    v[axis] = e - x[axis];
                    z[axis] = x[axis] + t * v[axis];
                }
                double h = 1e-5;
                double[] u = velocity(theta, z, r, t);
                double[] up =
                        velocity(
                                theta,
                                new double[] {z[0] + h * v[0], z[1] + h * v[1]},
                                r,
                                t + s * h);
                double[] down =
                        velocity(
                                theta,
                                new double[] {z[0] - h * v[0], z[1] - h * v[1]},
                                r,
                                t - s * h);
                for (int axis = 0; axis < 2; axis++) {
                    double rate = (up[axis] - down[axis]) / (2 * h);
                    double d = u[axis] - (v[axis] - (t - r) * rate);
                    expected += d * d / batch;
                }
            }
            assertThat(found).isCloseTo(expected, within(1e-7));
        }
    }

    @Test
    void the_exact_flow_ends_in_the_data() {
        Draws draws = new Draws(new Key(9));
        double[] carried = new double[2000];
        double[] data = new double[2000];
        for (int i = 0; i < 1000; i++) {
            double[] z = Ring.carried(draws.normal(2L * i), draws.normal(2L * i + 1), 200);
            carried[2 * i] = z[0];
            carried[2 * i + 1] = z[1];
            Ring.point(draws, 5000 + i, data, 2 * i);
        }
        assertThat(SlicedDistance.between(carried, data)).isLessThan(.25);
    }

    @Test
    void the_velocity_is_the_mean_of_noise_less_data_given_the_place() {
        Draws draws = new Draws(new Key(2));
        double t = .6;
        double[] sum = new double[2];
        int near = 0;
        for (int i = 0; i < 400_000; i++) {
            double[] x = new double[2];
            Ring.point(draws, i, x, 0);
            double a = draws.normal(2_000_000L + 2L * i);
            double b = draws.normal(2_000_001L + 2L * i);
            double dx = (1 - t) * x[0] + t * a - .9;
            double dy = (1 - t) * x[1] + t * b - .2;
            if (dx * dx + dy * dy < .01) {
                near++;
                sum[0] += a - x[0];
                sum[1] += b - x[1];
            }
        }
        double[] v = Ring.velocity(.9, .2, t);
        assertThat(near).isGreaterThan(1000);
        assertThat(sum[0] / near).isCloseTo(v[0], within(.1));
        assertThat(sum[1] / near).isCloseTo(v[1], within(.1));
    }

    @Test
    void the_sliced_distance_of_a_shift_is_its_length_over_the_root_of_two() {
        double[] a = {0, 0, 1, 3, -2, .5};
        double[] b = {3, 4, 4, 7, 1, 4.5};
        assertThat(SlicedDistance.between(a, b)).isCloseTo(5 / Math.sqrt(2), within(1e-12));
        assertThat(SlicedDistance.between(a, new double[] {-2, .5, 0, 0, 1, 3})).isZero();
    }

    @Test
    void a_net_of_zeros_generates_the_noise_it_is_given() {
        double[] theta = new double[theta().length];
        theta[theta.length - 2] = 3;
        TrainedFlow flow = new TrainedFlow(WIDTH, theta, Precision.FLOAT32, false);
        double[] z = flow.generated(new double[] {1, 2, 5, 6}, 4);
        assertThat(z).containsExactly(-2, 2, 2, 6);
    }

    @Test
    void settings_out_of_range_are_refused_by_name() {
        assertThatThrownBy(() -> new MeanFlow(1.5, Tangent.PATH, 8))
                .hasMessageStartingWith("ratio is 1.5; choose one from 0 to 1");
    }

    /// 16 examples of an update have 2 numbers of data, 2 of noise and 2 times; 2,000 points of the
    /// test 2 places and 2 times.
    @Test
    void the_planned_memory_is_that_of_a_real_members_arrays() {
        StreamTraining study = Streams.of(new MeanFlow(.5, Tangent.PATH, WIDTH), 16, 600);
        Learner learner = study.learner();
        learner.work();
        TrainedFlow measures = new TrainedFlow(WIDTH, theta(), Precision.FLOAT32, false);
        assertThat(study.footprint(Kept.run(1)))
                .isEqualTo(new Footprint(Held.arenas(learner, measures), 8 * (16 * 6 + 2000 * 4)));
    }
}
