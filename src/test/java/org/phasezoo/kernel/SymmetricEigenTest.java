package org.phasezoo.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SymmetricEigenTest {
    /// The second-difference matrix of size n has eigenvalues 2 − 2 cos(kπ/(n + 1)).
    @Test
    void the_second_difference_matrix_has_its_closed_form_eigenvalues() {
        int n = 25;
        double[] a = new double[n * n];
        for (int i = 0; i < n; i++) {
            a[i * n + i] = 2;
            if (i + 1 < n) {
                a[i * n + i + 1] = -1;
                a[(i + 1) * n + i] = -1;
            }
        }
        double[] matrix = a.clone();
        double[] vectors = new double[n * n];
        SymmetricEigen.decompose(a, n, vectors);
        double[] found = new double[n];
        for (int j = 0; j < n; j++) {
            found[j] = a[j * n + j];
            for (int i = 0; i < n; i++) {
                double product = 0;
                for (int k = 0; k < n; k++) {
                    product += matrix[i * n + k] * vectors[k * n + j];
                }
                assertThat(product).isCloseTo(found[j] * vectors[i * n + j], within(1e-13));
            }
        }
        Arrays.sort(found);
        for (int k = 1; k <= n; k++) {
            assertThat(found[k - 1])
                    .isCloseTo(2 - 2 * Math.cos(k * Math.PI / (n + 1)), within(1e-13));
        }
    }
}
