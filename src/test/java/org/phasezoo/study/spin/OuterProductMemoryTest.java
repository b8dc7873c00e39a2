package org.phasezoo.study.spin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.phasezoo.random.Draws;
import org.phasezoo.study.Kept;
import org.phasezoo.study.spin.OuterProductMemory.Scheme;

class OuterProductMemoryTest {
    /// The memory with its matrix written out.
    private static double error(double[] q, double[] p, int d, int classes, long seed) {
        Draws tokens = new Draws(Kept.run(seed).key("tokens"));
        Draws spheres = new Draws(Kept.run(seed).key("classes"));
        int n = p.length;
        double[][] u = new double[classes][d];
        for (int y = 0; y < classes; y++) {
            double square = 0;
            for (int i = 0; i < d; i++) {
                u[y][i] = spheres.normal((long) y * d + i);
                square += u[y][i] * u[y][i];
            }
            for (int i = 0; i < d; i++) {
                u[y][i] /= Math.sqrt(square);
            }
        }
        double[][] w = new double[d][d];
        for (int x = 0; x < n; x++) {
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    w[i][j] +=
                            q[x]
                                    * tokens.normal((long) x * d + i)
                                    / Math.sqrt(d)
                                    * u[(x + 1) % classes][j];
                }
            }
        }
        double error = 0;
        for (int x = 0; x < n; x++) {
            int best = -1;
            double top = Double.NEGATIVE_INFINITY;
            for (int y = 0; y < classes; y++) {
                double score = 0;
                for (int i = 0; i < d; i++) {
                    for (int j = 0; j < d; j++) {
                        score += tokens.normal((long) x * d + i) * w[i][j] * u[y][j];
                    }
                }
                if (score > top) {
                    top = score;
                    best = y;
                }
            }
            error += best == (x + 1) % classes ? 0 : p[x];
        }
        return error;
    }

    @Test
    void the_error_is_that_of_the_matrix_written_out() {
        for (Scheme scheme : Scheme.values()) {
            OuterProductMemory study = new OuterProductMemory(scheme, 16, 30, 3, 1.7);
            double[] p = study.probabilities();
            double[] q = new double[30];
            for (int x = 0; x < 30; x++) {
                q[x] =
                        switch (scheme) {
                            case THRESHOLD -> x < 2 ? 1 : 0;
                            case POPULATION -> p[x];
                            case ALL -> 1;
                        };
            }
            assertThat(Kept.finish(study, 5).of("error.v1"))
                    .as("%s", scheme)
                    .isCloseTo(error(q, p, 16, 3, 5), within(1e-12));
        }
    }

    @Test
    void a_memory_far_larger_than_its_tokens_makes_no_error() {
        OuterProductMemory study = new OuterProductMemory(Scheme.ALL, 4000, 20, 4, 2);
        assertThat(Kept.finish(study, 1).of("error.v1")).isZero();
    }

    @Test
    void what_is_not_stored_is_at_chance() {
        OuterProductMemory study = new OuterProductMemory(Scheme.THRESHOLD, 80, 40, 4, 2);
        double[] p = study.probabilities();
        double rest = 0;
        for (int x = 10; x < 40; x++) {
            rest += p[x];
        }
        Kept kept = Kept.finish(study, 1);
        assertThat(kept.of("error.unstored.v1")).isCloseTo(.75 * rest, within(1e-12));
        assertThat(kept.of("error.over.unstored.v1"))
                .isCloseTo(kept.of("error.v1") / (.75 * rest), within(1e-12));
    }

    @Test
    void settings_out_of_range_are_refused_by_name() {
        assertThatThrownBy(() -> new OuterProductMemory(Scheme.ALL, 4, 20, 4, 2))
                .hasMessageStartingWith("dimension is 4; choose one from 8");
    }
}
