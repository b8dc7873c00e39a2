package org.phasezoo.study.gaussian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.phasezoo.kernel.SymmetricEigen;
import org.phasezoo.kernel.TridiagonalEigen;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;
import org.phasezoo.study.Kept;

class ComputeFrontierTest {
    @Test
    void the_tridiagonal_eigensolver_agrees_with_jacobi() {
        for (int n : new int[] {1, 2, 3, 9, 40}) {
            Draws draws = new Draws(new Key(n));
            double[] a = new double[n * n];
            double[] g = new double[n];
            for (int i = 0; i < n; i++) {
                g[i] = draws.normal(1000 + i);
                for (int j = 0; j <= i; j++) {
                    a[i * n + j] = draws.normal((long) i * n + j + 10_000);
                    a[j * n + i] = a[i * n + j];
                }
            }
            double[] jacobi = a.clone();
            double[] vectors = new double[n * n];
            SymmetricEigen.decompose(jacobi, n, vectors);
            double[] lambda = new double[n];
            double[] along = g.clone();
            TridiagonalEigen.decompose(a.clone(), n, along, lambda);
            for (int k = 0; k < n; k++) {
                int nearest = 0;
                for (int i = 0; i < n; i++) {
                    nearest =
                            Math.abs(lambda[i] - jacobi[k * n + k])
                                            < Math.abs(lambda[nearest] - jacobi[k * n + k])
                                    ? i
                                    : nearest;
                }
                double dot = 0;
                for (int i = 0; i < n; i++) {
                    dot += vectors[i * n + k] * g[i];
                }
                assertThat(lambda[nearest]).isCloseTo(jacobi[k * n + k], within(1e-12 * n));
                assertThat(Math.abs(along[nearest])).isCloseTo(Math.abs(dot), within(1e-9));
            }
        }
    }

    /// The recursion in coordinates: C ← C − γ(KC + CK) + γ²(2KCK + K tr KC) + γ² P_∞ K.
    @Test
    void the_risk_is_that_of_the_matrix_recursion() {
        int d = 5;
        int v = 40;
        PowerLawFeatures features = new PowerLawFeatures(.7, .8, v, d, new Draws(new Key(3)));
        double[] risk = features.risk(d, .5, new int[] {0, 1, 30});
        double[] k = new double[d * d];
        double[] g = new double[d];
        double all = 0;
        for (int j = 0; j < v; j++) {
            double b = Math.pow(j + 1, -1.5);
            all += b * b;
            for (int c = 0; c < d; c++) {
                g[c] += features.column(c, j) * b / Math.sqrt(d);
                for (int e = 0; e < d; e++) {
                    k[c * d + e] += features.column(c, j) * features.column(e, j) / d;
                }
            }
        }
        double[] lambda = k.clone();
        double[] u = new double[d * d];
        SymmetricEigen.decompose(lambda, d, u);
        double[] star = new double[d];
        double floor = all;
        for (int i = 0; i < d; i++) {
            double dot = 0;
            for (int c = 0; c < d; c++) {
                dot += u[c * d + i] * g[c];
            }
            floor -= dot * dot / lambda[i * d + i];
            for (int c = 0; c < d; c++) {
                star[c] += u[c * d + i] * dot / lambda[i * d + i];
            }
        }
        double[] cov = new double[d * d];
        for (int i = 0; i < d * d; i++) {
            cov[i] = star[i / d] * star[i % d];
        }
        double gamma = .5 / features.trace(d);
        for (int t = 0; t < 30; t++) {
            double[] kc = new double[d * d];
            double[] kck = new double[d * d];
            Product.into(k, cov, d, d, d, kc);
            Product.into(kc, k, d, d, d, kck);
            double trace = 0;
            for (int i = 0; i < d; i++) {
                trace += kc[i * d + i];
            }
            double[] next = new double[d * d];
            for (int i = 0; i < d * d; i++) {
                next[i] =
                        cov[i]
                                - gamma * (kc[i] + kc[i % d * d + i / d])
                                + gamma * gamma * (2 * kck[i] + k[i] * (trace + floor));
            }
            cov = next;
        }
        double[] kc = new double[d * d];
        Product.into(k, cov, d, d, d, kc);
        double last = floor;
        for (int i = 0; i < d; i++) {
            last += kc[i * d + i];
        }
        assertThat(risk[0]).isCloseTo(all, within(1e-12));
        assertThat(risk[2]).isCloseTo(last, within(1e-12));
        assertThat(risk[3]).isCloseTo(floor, within(1e-12));
    }

    @Test
    void simulated_sgd_has_the_expected_risk() {
        assertThat(Kept.finish(new PowerLawSgd(.8, .6, .5, 8, 24, 300, 200), 1).of("risk.ratio.v1"))
                .isCloseTo(1, within(.05));
    }

    @Test
    void the_exponents_of_neighbouring_phases_agree_on_their_border() {
        assertThat(ScalingPhase.ONE.loss(.8, .5))
                .isCloseTo(ScalingPhase.TWO.loss(.8, .5), within(1e-15));
        assertThat(ScalingPhase.TWO.size(.8, .8))
                .isCloseTo(ScalingPhase.THREE.size(.8, .8), within(1e-15));
        assertThat(ScalingPhase.TWO.loss(.8, .8))
                .isCloseTo(ScalingPhase.THREE.loss(.8, .8), within(1e-15));
    }

    @Test
    void a_member_that_is_saved_and_restored_after_each_slice_gives_the_same_bits() {
        ComputeFrontier study = new ComputeFrontier(.8, .4, .5, 4, 40, 9, 120, 3000);
        assertThat(Kept.interrupted(study, 3).values).isEqualTo(Kept.finish(study, 3).values);
        assertThat(Kept.finish(study, 3).of("frontier.loss.v1")).isBetween(.2, .9);
        PowerLawSgd sgd = new PowerLawSgd(.8, .6, .5, 8, 24, 50, 3);
        assertThat(Kept.interrupted(sgd, 3).values).isEqualTo(Kept.finish(sgd, 3).values);
    }

    @Test
    void an_alpha_of_the_other_phases_is_refused() {
        assertThatThrownBy(() -> new ComputeFrontier(.4, .4, .5, 4, 40, 9, 120, 3000))
                .hasMessage("alpha is 0.4; choose one above 0.5 and at most 3");
    }
}
