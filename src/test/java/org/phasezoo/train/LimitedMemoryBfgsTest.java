package org.phasezoo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class LimitedMemoryBfgsTest {
    private static double rosenbrock(double[] x, double[] g) {
        double a = 1 - x[0];
        double b = x[1] - x[0] * x[0];
        g[0] = -2 * a - 400 * x[0] * b;
        g[1] = 200 * b;
        return a * a + 100 * b * b;
    }

    @Test
    void it_follows_the_curved_valley_to_its_end() {
        LimitedMemoryBfgs.Result r =
                LimitedMemoryBfgs.minimise(
                        LimitedMemoryBfgsTest::rosenbrock, new double[] {-1.2, 1}, 100, 10, 1e-10);
        assertThat(r.x()[0]).isCloseTo(1, within(1e-9));
        assertThat(r.x()[1]).isCloseTo(1, within(1e-9));
        assertThat(r.iterations()).isLessThan(60);
    }

    @Test
    void every_step_lowers_the_function() {
        double last = Double.POSITIVE_INFINITY;
        for (int iterations = 0; iterations < 20; iterations++) {
            double value =
                    LimitedMemoryBfgs.minimise(
                                    LimitedMemoryBfgsTest::rosenbrock,
                                    new double[] {-1.2, 1},
                                    iterations,
                                    5,
                                    0)
                            .value();
            assertThat(value).isLessThan(last);
            last = value;
        }
    }

    /// Steps that had to be shortened (the curved valley) and steps that had to be lengthened (a
    /// slope that stays the same for long).
    @Test
    void every_accepted_point_meets_both_wolfe_conditions() {
        wolfe(LimitedMemoryBfgsTest::rosenbrock, new double[] {-1.2, 1}, 30);
        wolfe(LimitedMemoryBfgsTest::roots, new double[] {100, 100}, 10);
    }

    /// Starts whose line searches bracket from above: a low trial follows one beyond the minimum.
    @Test
    void a_bracket_below_its_lower_end_is_searched_too() {
        for (double[] start : List.of(new double[] {300, -70}, new double[] {30, -7})) {
            wolfe(LimitedMemoryBfgsTest::roots, start, 10);
            var r = LimitedMemoryBfgs.minimise(LimitedMemoryBfgsTest::roots, start, 60, 5, 1e-8);
            assertThat(r.searched()).isTrue();
            assertThat(r.value()).isCloseTo(3, within(1e-12));
        }
    }

    /// Σ i √(1 + xᵢ²), whose minimum is 3 at 0.
    private static double roots(double[] x, double[] g) {
        double f = 0;
        for (int i = 0; i < 2; i++) {
            double root = Math.sqrt(1 + x[i] * x[i]);
            g[i] = (1 + i) * x[i] / root;
            f += (1 + i) * root;
        }
        return f;
    }

    /// f(x + s) ≤ f(x) + 1e-4 · g(x)ᵀ s and |g(x + s)ᵀ s| ≤ 0.9 · |g(x)ᵀ s| at each step s.
    private static void wolfe(LimitedMemoryBfgs.Function function, double[] start, int steps) {
        double[] x = start;
        for (int done = 1; done <= steps; done++) {
            LimitedMemoryBfgs.Result r = LimitedMemoryBfgs.minimise(function, start, done, 5, 1e-5);
            assertThat(r.searched()).isTrue();
            if (r.iterations() < done) {
                assertThat(done).isGreaterThan(5);
                return;
            }
            double[] before = new double[x.length];
            double[] after = new double[x.length];
            double value = function.of(x, before);
            double slope = 0;
            double slopeAfter = 0;
            assertThat(function.of(r.x(), after)).isEqualTo(r.value());
            for (int i = 0; i < x.length; i++) {
                slope += before[i] * (r.x()[i] - x[i]);
                slopeAfter += after[i] * (r.x()[i] - x[i]);
            }
            assertThat(slope).isNegative();
            assertThat(r.value()).as("step %d", done).isLessThanOrEqualTo(value + 1e-4 * slope);
            assertThat(Math.abs(slopeAfter)).as("step %d", done).isLessThanOrEqualTo(-.9 * slope);
            x = r.x();
        }
    }

    /// Σ i (xᵢ − i)²: with memory for all directions a quadratic takes few steps.
    @Test
    void a_quadratic_of_six_dimensions_is_solved() {
        LimitedMemoryBfgs.Result r =
                LimitedMemoryBfgs.minimise(
                        (x, g) -> {
                            double f = 0;
                            for (int i = 0; i < 6; i++) {
                                g[i] = 2 * (i + 1) * (x[i] - i);
                                f += (i + 1) * (x[i] - i) * (x[i] - i);
                            }
                            return f;
                        },
                        new double[6],
                        60,
                        6,
                        1e-12);
        for (int i = 0; i < 6; i++) {
            assertThat(r.x()[i]).isCloseTo(i, within(1e-10));
        }
    }

    @Test
    void a_function_without_a_lower_point_ends_the_search_and_stays() {
        LimitedMemoryBfgs.Result r =
                LimitedMemoryBfgs.minimise(
                        (x, g) -> {
                            g[0] = 1;
                            return Math.abs(x[0]);
                        },
                        new double[] {0},
                        10,
                        3,
                        0);
        assertThat(r.searched()).isFalse();
        assertThat(r.x()).containsExactly(0);
    }
}
