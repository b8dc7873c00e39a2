package org.phasezoo.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DrawsTest {
    /// Known answers of the Random123 distribution (kat_vectors, philox4x32 10).
    @Test
    void philox_gives_its_published_known_answers() {
        int[] out = new int[4];
        Philox.words(0, 0, 0, 0, 0, 0, out);
        assertThat(out).containsExactly(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
        Philox.words(-1, -1, -1, -1, -1, -1, out);
        assertThat(out).containsExactly(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
        Philox.words(0xa4093822, 0x299f31d0, 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, out);
        assertThat(out).containsExactly(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1);
    }

    @Test
    void normals_have_mean_0_variance_1_and_kurtosis_3() {
        Draws draws = new Draws(new Key(7));
        int n = 200_000;
        double m1 = 0;
        double m2 = 0;
        double m4 = 0;
        for (int i = 0; i < n; i++) {
            double x = draws.normal(i);
            m1 += x / n;
            m2 += x * x / n;
            m4 += x * x * x * x / n;
        }
        assertThat(m1).isCloseTo(0, within(4 / Math.sqrt(n)));
        assertThat(m2).isCloseTo(1, within(4 * Math.sqrt(2.0 / n)));
        assertThat(m4).isCloseTo(3, within(4 * Math.sqrt(96.0 / n)));
    }

    @Test
    void a_draw_depends_on_its_index_alone() {
        Draws draws = new Draws(new Key(11));
        double late = draws.uniform(1_000_000);
        for (int i = 0; i < 10; i++) {
            draws.normal(i);
        }
        assertThat(draws.uniform(1_000_000)).isEqualTo(late);
    }

    @Test
    void permutations_are_permutations_and_each_place_is_uniform() {
        Draws draws = new Draws(new Key(3));
        int[] first = new int[5];
        for (int row = 0; row < 20_000; row++) {
            int[] order = draws.permutation(row, 5);
            first[order[0]]++;
            int[] sorted = order.clone();
            Arrays.sort(sorted);
            assertThat(sorted).containsExactly(0, 1, 2, 3, 4);
        }
        for (int count : first) {
            assertThat((double) count).isCloseTo(4000, within(4 * Math.sqrt(20_000 * .2 * .8)));
        }
    }

    @Test
    void the_symmetric_beta_has_its_mean_and_variance() {
        Draws draws = new Draws(new Key(5));
        double mean = 0;
        double square = 0;
        int n = 20_000;
        for (int i = 0; i < n; i++) {
            double x = draws.symmetricBeta(i, 16);
            mean += x / n;
            square += (x - .5) * (x - .5) / n;
        }
        assertThat(mean).isCloseTo(.5, within(4 * Math.sqrt(.25 / 33 / n)));
        assertThat(square).isCloseTo(.25 / 33, within(.0004));
    }

    @Test
    void a_pair_of_normals_begins_with_the_single_one_and_its_halves_are_uncorrelated() {
        Draws draws = new Draws(new Key(11));
        double[] pair = new double[2];
        double product = 0;
        double square = 0;
        for (int i = 0; i < 20_000; i++) {
            draws.normalPairInto(i, pair);
            assertThat(pair[0]).isEqualTo(draws.normal(i));
            product += pair[0] * pair[1] / 20_000;
            square += pair[1] * pair[1] / 20_000;
        }
        assertThat(Math.abs(product)).isLessThan(.03);
        assertThat(Math.abs(square - 1)).isLessThan(.04);
    }
}
