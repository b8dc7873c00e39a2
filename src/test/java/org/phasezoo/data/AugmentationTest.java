package org.phasezoo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;

class AugmentationTest {
    private static final int N = 1000;
    private static final Split SPLIT = new Digits(N, 100, 0, 1).split(new Key(4));
    private static final int[] ROWS = SPLIT.train();

    private record Batch(float[] inputs, float[] targets) {}

    private static Batch of(Augmentation how, long update) {
        float[] inputs = new float[N * 64];
        float[] targets = new float[N * 10];
        Augmentation.Streams streams =
                new Augmentation.Streams(
                        new Draws(new Key(1)), new Draws(new Key(2)), new Draws(new Key(3)));
        how.apply(SPLIT, ROWS, 0, N, streams, update, inputs, targets);
        return new Batch(inputs, targets);
    }

    private static float[] rows(float[] table, int inner) {
        float[] rows = new float[N * inner];
        for (int i = 0; i < N; i++) {
            System.arraycopy(table, ROWS[i] * inner, rows, i * inner, inner);
        }
        return rows;
    }

    @Test
    void none_leaves_the_examples_as_they_are() {
        Batch batch = of(new Augmentation(0, 0, 0, 0, 0), 7);
        assertThat(batch.inputs()).isEqualTo(rows(SPLIT.inputs(), 64));
        assertThat(batch.targets()).isEqualTo(rows(SPLIT.targets(), 10));
    }

    @Test
    void labels_are_replaced_at_their_rate_and_stay_replaced() {
        float[] clean = rows(SPLIT.targets(), 10);
        Batch batch = of(new Augmentation(.4, 0, 0, 0, 0), 1);
        long wrong =
                IntStream.range(0, N)
                        .filter(i ->
                                !Arrays.equals(
                                        Arrays.copyOfRange(clean, i * 10, i * 10 + 10),
                                        Arrays.copyOfRange(batch.targets(), i * 10, i * 10 + 10)))
                        .count();
        // 40 % are drawn anew, a tenth of them falls on the old label: 360 ± 4 deviations of 15
        assertThat(wrong).isBetween(300L, 420L);
        assertThat(of(new Augmentation(.4, 0, 0, 0, 0), 9).targets()).isEqualTo(batch.targets());
    }

    @Test
    void a_mirror_image_runs_backwards_along_each_line() {
        float[] clean = rows(SPLIT.inputs(), 64);
        float[] mirrored = of(new Augmentation(0, 0, 1, 0, 0), 0).inputs();
        for (int i = 0; i < clean.length; i++) {
            assertThat(mirrored[i]).isEqualTo(clean[i / 8 * 8 + 7 - i % 8]);
        }
    }

    @Test
    void shifts_move_by_whole_pixels_and_bring_in_zeros() {
        float[] clean = rows(SPLIT.inputs(), 64);
        float[] moved = of(new Augmentation(0, 1, 0, 0, 0), 3).inputs();
        int[] seen = new int[9];
        for (int i = 0; i < N; i++) {
            for (int s = 0; s < 9; s++) {
                int down = s / 3 - 1;
                int right = s % 3 - 1;
                boolean same = true;
                for (int p = 0; p < 64; p++) {
                    int y = p / 8 - down;
                    int x = p % 8 - right;
                    float expected =
                            y < 0 || y > 7 || x < 0 || x > 7 ? 0 : clean[i * 64 + y * 8 + x];
                    same &= moved[i * 64 + p] == expected;
                }
                seen[s] += same ? 1 : 0;
            }
        }
        assertThat(Arrays.stream(seen).sum()).isGreaterThanOrEqualTo(N);
        assertThat(Arrays.stream(seen).min().orElseThrow()).isGreaterThan(60);
    }

    @Test
    void a_small_rotation_changes_an_image_a_little_and_anew_at_each_use() {
        float[] clean = rows(SPLIT.inputs(), 64);
        float[] turned = of(new Augmentation(0, 0, 0, 5, 0), 0).inputs();
        double change = 0;
        double size = 0;
        for (int i = 0; i < clean.length; i++) {
            change += (turned[i] - clean[i]) * (turned[i] - clean[i]);
            size += clean[i] * clean[i];
        }
        assertThat(Math.sqrt(change / size)).isBetween(.02, .3);
        assertThat(turned).isNotEqualTo(of(new Augmentation(0, 0, 0, 5, 0), 1).inputs());
    }

    @Test
    void a_mixture_keeps_the_sums_of_a_pair_and_of_its_targets() {
        float[] clean = rows(SPLIT.inputs(), 64);
        Batch batch = of(new Augmentation(0, 0, 0, 0, 2), 2);
        double mean = 0;
        for (int i = 0; i < N / 2; i++) {
            int j = N - 1 - i;
            for (int p = 0; p < 64; p++) {
                assertThat(batch.inputs()[i * 64 + p] + batch.inputs()[j * 64 + p])
                        .isCloseTo(clean[i * 64 + p] + clean[j * 64 + p], within(1e-6f));
            }
            double sum = 0;
            for (int c = 0; c < 10; c++) {
                sum += batch.targets()[i * 10 + c];
                mean += batch.targets()[i * 10 + c] * batch.targets()[i * 10 + c];
            }
            assertThat(sum).isCloseTo(1, within(1e-6));
        }
        // E[w² + (1 − w)²] = .6 for Beta(2, 2); 1 where both are of one class (a tenth)
        assertThat(mean / (N / 2)).isCloseTo(.64, within(.04));
    }

    @Test
    void settings_out_of_range_are_refused() {
        assertThatThrownBy(() -> new Augmentation(1.5, 0, 0, 0, 0))
                .hasMessageContaining("labelNoise 1.5 must lie in [0, 1]");
        assertThatThrownBy(() -> new Augmentation(0, -1, 0, 0, 0)).hasMessageContaining("shift");
        assertThatThrownBy(() -> new Augmentation(0, 0, 0, 200, 0))
                .hasMessageContaining("rotation");
        assertThatThrownBy(() -> new Augmentation(0, 0, 0, 0, -2)).hasMessageContaining("mixup");
    }
}
