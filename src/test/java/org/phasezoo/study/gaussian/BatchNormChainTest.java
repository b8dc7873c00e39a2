package org.phasezoo.study.gaussian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.phasezoo.kernel.Householder;
import org.phasezoo.kernel.SymmetricEigen;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;
import org.phasezoo.study.Kept;

class BatchNormChainTest {
    private static BatchNormChain chain(
            int d, int depth, Activation activation, Initialisation how, boolean centred) {
        return new BatchNormChain(
                d, depth, activation, how, .3, centred, BatchNormChain.Batch.GAUSSIAN);
    }

    @Test
    void householder_gives_orthonormal_columns_and_the_determinant() {
        double[] a = {2, 1, 0, 1, 3, 1, 0, 1, 4};
        double[] q = new double[9];
        assertThat(Householder.orthonormalise(a.clone(), 3, q))
                .isCloseTo(Math.log(18), within(1e-12));
        double[] gram = new double[9];
        Product.transposedInto(q, q, 3, 3, 3, gram);
        for (int i = 0; i < 9; i++) {
            assertThat(gram[i]).isCloseTo(i % 4 == 0 ? 1 : 0, within(1e-14));
        }
        // the sign makes R's diagonal positive: the first column of q is a's, normalised
        assertThat(q[0]).isCloseTo(2 / Math.sqrt(5), within(1e-14));
    }

    @Test
    void an_orthogonal_matrix_keeps_lengths_and_has_both_signs_of_determinant() {
        double[] w = new double[64];
        Initialisation.ORTHOGONAL.drawInto(new Draws(new Key(5)), 3, 8, w);
        double[] gram = new double[64];
        Product.transposedInto(w, w, 8, 8, 8, gram);
        assertThat(gram[0]).isCloseTo(1, within(1e-13));
        assertThat(gram[1]).isCloseTo(0, within(1e-13));
    }

    /// The same numbers by one pass in the test: the loss as a function of W₁, differentiated by
    /// central differences.
    @Test
    void the_first_gradient_is_that_of_finite_differences() {
        for (boolean centred : new boolean[] {false, true}) {
            BatchNormChain chain = chain(4, 3, Activation.TANH, Initialisation.GAUSSIAN, centred);
            double sum = 0;
            for (int entry = 0; entry < 16; entry++) {
                double slope = (loss(chain, entry, 1e-5) - loss(chain, entry, -1e-5)) / 2e-5;
                sum += slope * slope;
            }
            assertThat(Kept.finish(chain, 4).of("gradient.log-norm.v1"))
                    .isCloseTo(.5 * Math.log(sum), within(1e-6));
        }
    }

    private static double loss(BatchNormChain chain, int entry, double change) {
        int d = chain.dimension();
        Draws batch = new Draws(Kept.run(4).key("batch"));
        double[] x = new double[d * d];
        double[] pair = new double[2];
        for (int i = 0; i < d * d; i++) {
            batch.normalPairInto(i / 2, pair);
            x[i] = pair[i % 2];
        }
        for (int layer = 1; layer <= chain.depth(); layer++) {
            double[] w = new double[d * d];
            chain.initialisation().drawInto(new Draws(Kept.run(4).key("weights")), layer, d, w);
            w[entry] += layer == 1 ? change : 0;
            double[] h = new double[d * d];
            Product.into(w, x, d, d, d, h);
            for (int i = 0; i < d; i++) {
                double mean = 0;
                double squares = 0;
                for (int j = 0; j < d; j++) {
                    mean += chain.centred() ? h[i * d + j] / d : 0;
                }
                for (int j = 0; j < d; j++) {
                    squares += (h[i * d + j] - mean) * (h[i * d + j] - mean) / d;
                }
                for (int j = 0; j < d; j++) {
                    double y = (h[i * d + j] - mean) / Math.sqrt(squares);
                    x[i * d + j] = chain.activation().of(Math.pow(layer, -chain.shaping()) * y);
                }
            }
        }
        Draws head = new Draws(Kept.run(4).key("head"));
        double loss = 0;
        for (int j = 0; j < d; j++) {
            double all = 0;
            double own = 0;
            for (int c = 0; c < 10; c++) {
                double logit = 0;
                for (int i = 0; i < d; i++) {
                    logit += head.normal(c * d + i) / Math.sqrt(d) * x[i * d + j];
                }
                all += Math.exp(logit);
                own = c == j % 10 ? logit : own;
            }
            loss += (Math.log(all) - own) / d;
        }
        return loss;
    }

    @Test
    void the_isometry_gap_is_that_of_the_eigenvalues() {
        BatchNormChain chain =
                new BatchNormChain(
                        6,
                        1,
                        Activation.IDENTITY,
                        Initialisation.GAUSSIAN,
                        0,
                        false,
                        BatchNormChain.Batch.NEAR_IDENTITY);
        double[] x = new double[36];
        Draws draws = new Draws(Kept.run(2).key("batch"));
        for (int i = 0; i < 36; i++) {
            x[i] =
                    .005 * draws.uniform(i / 6) * draws.uniform(6 + i % 6)
                            + (i / 6 == i % 6 ? .995 : 0);
        }
        double[] gram = new double[36];
        Product.transposedInto(x, x, 6, 6, 6, gram);
        SymmetricEigen.decompose(gram, 6, new double[36]);
        double mean = 0;
        double logs = 0;
        for (int i = 0; i < 6; i++) {
            mean += gram[7 * i] / 6;
            logs += Math.log(gram[7 * i]) / 6;
        }
        assertThat(Kept.finish(chain, 2).of("isometry.gap.layer.v1@0"))
                .isCloseTo(Math.log(mean) - logs, within(1e-12));
    }

    @Test
    void a_member_that_is_saved_and_restored_after_each_slice_gives_the_same_bits() {
        BatchNormChain chain = chain(128, 25, Activation.TANH, Initialisation.ORTHOGONAL, true);
        assertThat(Kept.interrupted(chain, 3).values).isEqualTo(Kept.finish(chain, 3).values);
    }

    @Test
    void an_activation_without_gradient_is_refused() {
        assertThatThrownBy(() -> chain(4, 3, Activation.SIGN, Initialisation.GAUSSIAN, false))
                .hasMessageContaining("activation sign has no gradient");
    }
}
