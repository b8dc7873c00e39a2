package org.phasezoo.study.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;
import org.phasezoo.study.Kept;

class AdjointGradientTest {
    private static VectorField field(double[] theta) {
        return new VectorField(3, 5, theta);
    }

    private static double[] theta() {
        return VectorField.draw(3, 5, 1.2, new Draws(new Key(1)));
    }

    /// dy/dt = (−y₁, y₀): a turn by the angle t.
    @Test
    void the_solver_turns_a_circle_within_its_tolerance_and_at_its_order() {
        DormandPrince.Side turn =
                (y, out) -> {
                    out[0] = -y[1];
                    out[1] = y[0];
                };
        double last = 1;
        for (double tolerance : new double[] {1e-4, 1e-6, 1e-8, 1e-10}) {
            DormandPrince.Solution s =
                    DormandPrince.solve(turn, new double[] {1, 0}, 3, tolerance, 10_000);
            double error = Math.hypot(s.y()[0] - Math.cos(3), s.y()[1] - Math.sin(3));
            assertThat(s.finished()).isTrue();
            assertThat(error).isLessThan(10 * tolerance).isLessThan(last / 10);
            assertThat(s.evaluations()).isEqualTo(6 * s.steps() + 1);
            last = error;
        }
        DormandPrince.Solution back =
                DormandPrince.solve(turn, new double[] {1, 0}, -3, 1e-10, 10_000);
        assertThat(back.y()[1]).isCloseTo(Math.sin(-3), within(1e-9));
        assertThat(DormandPrince.solve(turn, new double[] {1, 0}, 100, 1e-10, 20).finished())
                .isFalse();
    }

    @Test
    void products_from_the_left_are_central_differences() {
        double[] theta = theta();
        double[] z = {.3, -.8, 1.1};
        double[] a = {.7, .2, -1.3};
        double[] toState = new double[3];
        double[] toParameters = new double[theta.length];
        VectorField field = field(theta);
        field.value(z, 0, new double[3], 0);
        field.pullBack(z, 0, a, 0, 2, toState, 0, toParameters, 0);
        for (int i = 0; i < 3; i++) {
            int at = i;
            assertThat(toState[i])
                    .isCloseTo(
                            2
                                    * difference(h -> {
                                        double[] moved = z.clone();
                                        moved[at] += h;
                                        return dot(field, moved, a);
                                    }),
                            within(1e-8));
        }
        for (int i = 0; i < theta.length; i++) {
            int at = i;
            assertThat(toParameters[i])
                    .isCloseTo(
                            2
                                    * difference(h -> {
                                        double[] moved = theta.clone();
                                        moved[at] += h;
                                        return dot(field(moved), z, a);
                                    }),
                            within(1e-8));
        }
    }

    private interface Function {
        double of(double h);
    }

    private static double difference(Function f) {
        return (f.of(1e-6) - f.of(-1e-6)) / 2e-6;
    }

    private static double dot(VectorField field, double[] z, double[] a) {
        double[] f = new double[3];
        field.value(z, 0, f, 0);
        return f[0] * a[0] + f[1] * a[1] + f[2] * a[2];
    }

    @Test
    void both_gradients_are_that_of_central_differences_of_the_solution() {
        double[] theta = theta();
        double[] start = {.5, -.2, .9};
        double[] c = {1, -2, .5};
        double[] fine = Gradients.discretised(field(theta), start, c, 2, 500)[0];
        Gradients.Adjoint adjoint = Gradients.adjoint(field(theta), start, c, 2, 1e-11, 100_000);
        for (int i = 0; i < theta.length; i++) {
            int at = i;
            double slope =
                    difference(h -> {
                        double[] moved = theta.clone();
                        moved[at] += h;
                        double[] z = Gradients.discretised(field(moved), start, c, 2, 500)[1];
                        return z[0] * c[0] + z[1] * c[1] + z[2] * c[2];
                    });
            assertThat(fine[i]).isCloseTo(slope, within(1e-7));
            assertThat(adjoint.gradient()[i]).isCloseTo(fine[i], within(1e-8));
        }
        assertThat(AdjointGradient.relative(adjoint.startAgain(), start)).isLessThan(1e-9);
    }

    @Test
    void too_many_steps_end_a_member_as_diverged() {
        Kept kept = Kept.finish(new AdjointGradient(3, 5, 1, 5, 1e-10, 5), 1);
        assertThat(kept.values).containsOnlyKeys("diverged");
        assertThat(Kept.finish(new AdjointGradient(3, 5, 1, 5, 1e-4, 500), 1).values).hasSize(7);
    }

    @Test
    void settings_out_of_range_are_refused_by_name() {
        assertThatThrownBy(() -> new AdjointGradient(3, 5, 1, 5, 0, 5))
                .hasMessageStartingWith("tolerance is 0; choose one from");
    }
}
