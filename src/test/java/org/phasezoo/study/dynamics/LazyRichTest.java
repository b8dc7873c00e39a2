package org.phasezoo.study.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;
import org.phasezoo.study.Kept;
import org.phasezoo.study.Saved;

class LazyRichTest {
    private static final int D = 3;
    private static final int N = 5;
    private static final double ALPHA = .7;
    private static final double EPSILON = .4;

    private final QuadraticTask task = new QuadraticTask(D, 6, new Key(1));
    private final QuadraticNet net = new QuadraticNet(task, D, ALPHA, EPSILON);
    private final LinearisedQuadraticNet linear =
            new LinearisedQuadraticNet(task, D, ALPHA, EPSILON);

    private static double[][] weights() {
        Draws draws = new Draws(new Key(2));
        double[][] w = new double[N][D];
        for (int k = 0; k < N; k++) {
            for (int i = 0; i < D; i++) {
                w[k][i] = draws.normal((long) k * D + i);
            }
        }
        return w;
    }

    private double dot(double[] w, int e) {
        double dot = 0;
        for (int i = 0; i < D; i++) {
            dot += w[i] * task.train().inputs()[e * D + i];
        }
        return dot;
    }

    private double output(double[][] w, int e) {
        double sum = 0;
        for (double[] row : w) {
            double u = dot(row, e);
            sum += u + EPSILON * u * u / 2;
        }
        return ALPHA / N * sum;
    }

    /// A step of every weight itself; the slopes are those at `at`.
    private void step(double[][] w, double[][] at, double[] r) {
        int p = task.train().size();
        double rate = N / (ALPHA * ALPHA);
        for (int k = 0; k < N; k++) {
            double[] change = new double[D];
            for (int e = 0; e < p; e++) {
                double slope = ALPHA / N * (1 + EPSILON * dot(at[k], e));
                for (int i = 0; i < D; i++) {
                    change[i] -= rate * 2 / p * r[e] * slope * task.train().inputs()[e * D + i];
                }
            }
            for (int i = 0; i < D; i++) {
                w[k][i] += change[i];
            }
        }
    }

    @Test
    void two_moments_follow_the_descent_of_all_weights() {
        double[][] w = weights();
        double[][] w0 = weights();
        Saved saved = QuadraticNet.start(N, D, new Draws(new Key(2)));
        double[] y = task.train().targets();
        for (int step = 0; step < 20; step++) {
            double[] r = new double[y.length];
            for (int e = 0; e < y.length; e++) {
                r[e] = output(w, e) - output(w0, e) - y[e];
            }
            double[] reduced = net.residuals(saved, task.train());
            for (int e = 0; e < y.length; e++) {
                assertThat(reduced[e]).isCloseTo(r[e], within(1e-11));
            }
            step(w, w.clone(), r);
            net.descend(saved, reduced);
        }
        assertThat(net.residuals(saved, task.train())[0]).isNotCloseTo(-y[0], within(1e-3));
    }

    @Test
    void two_sums_follow_the_descent_of_the_linearised_net() {
        double[][] w = weights();
        double[][] w0 = weights();
        Saved saved = QuadraticNet.start(N, D, new Draws(new Key(2)));
        double[] y = task.train().targets();
        for (int step = 0; step < 20; step++) {
            double[] r = new double[y.length];
            for (int e = 0; e < y.length; e++) {
                r[e] = -y[e];
                for (int k = 0; k < N; k++) {
                    double slope = ALPHA / N * (1 + EPSILON * dot(w0[k], e));
                    r[e] += slope * (dot(w[k], e) - dot(w0[k], e));
                }
            }
            double[] reduced = linear.residuals(saved, task.train());
            for (int e = 0; e < y.length; e++) {
                assertThat(reduced[e]).isCloseTo(r[e], within(1e-11));
            }
            step(w, w0, r);
            linear.descend(saved, reduced);
        }
    }

    @Test
    void a_kernel_that_is_only_linear_is_not_aligned_with_even_labels() {
        QuadraticTask many = new QuadraticTask(D, 2, new Key(4));
        Saved saved = QuadraticNet.start(N, D, new Draws(new Key(2)));
        assertThat(QuadraticAlignment.kernel(many, 1e-9, saved, 1000)).isLessThan(.05);
        assertThat(QuadraticAlignment.kernel(many, 5, saved, 1000)).isGreaterThan(.2);
    }

    private static LazyRich study(LazyRich.Model model, int cap) {
        return new LazyRich(model, 20, 50, 120, .5, .5, cap);
    }

    @Test
    void a_net_with_enough_examples_generalises_and_its_linearisation_is_worse() {
        Kept net = Kept.finish(study(LazyRich.Model.NET, 3000), 1);
        Kept linear = Kept.finish(study(LazyRich.Model.LINEARISED, 3000), 1);
        assertThat(net.of("loss.test.last.v1")).isLessThan(.15);
        assertThat(net.of("steps.test.v1")).isLessThan(3000);
        assertThat(linear.of("loss.train.last.v1")).isLessThan(.1);
        assertThat(linear.of("loss.test.last.v1")).isGreaterThan(.3);
    }

    @Test
    void a_member_that_is_saved_and_restored_after_each_slice_gives_the_same_bits() {
        for (LazyRich.Model model : LazyRich.Model.values()) {
            LazyRich study = new LazyRich(model, 30, 20, 800, 4, .05, 1000);
            Kept whole = Kept.finish(study, 3);
            assertThat(Kept.interrupted(study, 3).values).isEqualTo(whole.values);
            assertThat(whole.of("steps.test.v1")).isGreaterThan(500);
        }
    }

    @Test
    void settings_out_of_range_are_refused_by_name() {
        assertThatThrownBy(() -> study(LazyRich.Model.NET, 10))
                .hasMessageStartingWith("cap is 10; choose");
    }
}
