package org.phasezoo.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.phasezoo.document.Binder;
import org.phasezoo.document.Json;
import org.phasezoo.document.Problems;

class SelectorTest {
    /// Accuracy 100 where width · batch ≥ 4, on widths 1 to 4 and batches 1 to 3.
    private static final CellMeans PILOT =
            CellMeans.parse(
                    "cells.csv",
                    """
                    width,batchSize,accuracy.train.v1,accuracy.train.v1_se,accuracy.train.v1_n
                    1,1,50,1,2
                    2,1,60,1,2
                    3,1,70,1,2
                    4,1,100,0,2
                    1,2,60,1,2
                    2,2,100,0,2
                    3,2,100,0,2
                    4,2,100,0,2
                    1,3,80,1,2
                    2,3,90,1,2
                    3,3,90,1,2
                    4,3,,,0
                    """,
                    List.of("width", "batchSize"));

    private static String select(String selection) {
        Problems problems = new Problems("claims.json");
        Selection s =
                Binder.plain()
                        .bind(Selection.class, Json.parse("claims.json", selection), "", problems)
                        .orElseThrow();
        return new Selector(PILOT.cells(), PILOT)
                .cells(s).stream()
                        .map(c -> (int) c.number("width") + "/" + (int) c.number("batchSize"))
                        .collect(Collectors.joining(" "));
    }

    @Test
    void axes_select_by_bounds_values_and_halves() {
        assertThat(
                        select(
                                "{\"axes\": {\"width\": {\"min\": 3}, \"batchSize\": {\"values\": [2]}}}"))
                .isEqualTo("3/2 4/2");
        assertThat(
                        select(
                                "{\"axes\": {\"width\": {\"half\": \"upper\"}, \"batchSize\": {\"half\": \"upper\"}}}"))
                .isEqualTo("3/3 4/3");
    }

    @Test
    void quantities_select_and_what_has_none_is_out() {
        assertThat(
                        select(
                                "{\"quantities\": [{\"definition\": \"accuracy.train.v1\", \"max\": 60}]}"))
                .isEqualTo("1/1 2/1 1/2");
    }

    @Test
    void a_threshold_is_the_first_value_beyond_it_in_each_line() {
        String at = "{\"definition\": \"accuracy.train.v1\", \"min\": 99.9, \"along\": \"width\"";
        assertThat(select("{\"thresholds\": [" + at + ", \"ratioMax\": 1}]}"))
                .isEqualTo("1/1 2/1 3/1 4/1 1/2 2/2");
        assertThat(select("{\"thresholds\": [" + at + ", \"ratioMin\": 1.5}]}"))
                .isEqualTo("3/2 4/2");
        assertThat(select("{\"thresholds\": [" + at + ", \"half\": \"lower\"}]}"))
                .isEqualTo("1/2 2/2 3/2 4/2");
    }
}
