package org.phasezoo.statistic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;

class ArgmaxSetTest {
    private static CellMean cell(double... values) {
        return CellMean.ofMembers(values);
    }

    @Test
    void what_is_far_below_is_out_and_what_is_near_is_in() {
        assertThat(
                        ArgmaxSet.of(
                                List.of(
                                        cell(1, 2, 3),
                                        cell(2, 3, 4),
                                        cell(90, 91, 92),
                                        cell(91, 92, 93)),
                                .05))
                .containsExactly(2, 3);
    }

    @Test
    void without_variation_only_equals_of_the_best_are_in() {
        assertThat(ArgmaxSet.of(List.of(cell(1, 1), cell(2, 2), cell(2, 2)), .05))
                .containsExactly(1, 2);
        assertThat(ArgmaxSet.of(List.of(cell(1)), .05)).containsExactly(0);
    }

    @Test
    void equal_cells_are_mostly_all_in() {
        Draws draws = new Draws(new Key(8));
        int whole = 0;
        for (int trial = 0; trial < 300; trial++) {
            List<CellMean> cells = new ArrayList<>();
            for (int c = 0; c < 5; c++) {
                double[] x = new double[3];
                for (int s = 0; s < 3; s++) {
                    x[s] = draws.normal((trial * 5L + c) * 3 + s);
                }
                cells.add(cell(x));
            }
            whole += ArgmaxSet.of(cells, .05).size() == 5 ? 1 : 0;
        }
        // the best is chosen by the same data, so a little below 95 %
        assertThat(whole / 300.0).isBetween(.80, .97);
    }
}
