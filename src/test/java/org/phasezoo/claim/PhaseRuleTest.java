package org.phasezoo.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasezoo.document.Json;
import org.phasezoo.suite.Row;

class PhaseRuleTest {
    private static final PhaseRule RULE =
            new PhaseRule(
                    "r",
                    "grid",
                    new PhaseRule.Quantities(
                            "accuracy.train.v1", "loss.train.v1", "mc.v1", "cka.v1"),
                    .1,
                    2,
                    .5,
                    new PhaseRule.Cut(.8, PhaseRule.Cut.Basis.CHOSEN, "by eye"),
                    400);

    @ParameterizedTest
    @CsvSource({
        "98, .001, -1, .9, I",
        "98, .001, 3, .9, II",
        "100, .03, -.5, .9, II",
        "100, .001, -.6, .9, III",
        "100, .001, -.5, .79, IV-A",
        "99.9, .02, .5, .8, IV-B",
        "100, .001, .6, .9, unclassified"
    })
    void each_phase_has_its_corner(
            double accuracy, double loss, double mc, double cka, String phase) {
        assertThat(RULE.label(accuracy, loss, mc, cka, .01)).isEqualTo(phase);
    }

    @Test
    void what_is_missing_is_unclassified_and_without_a_floor_nothing_interpolates() {
        assertThat(RULE.label(100, .001, Double.NaN, .9, .01)).isEqualTo("unclassified");
        assertThat(RULE.label(100, .001, -1, .9, Double.NaN)).isEqualTo("I");
    }

    @Test
    void the_floor_is_the_largest_loss_of_pilot_cells_that_all_reach_everything() {
        CellMeans pilot =
                CellMeans.parse(
                        "cells.csv",
                        "width,accuracy.train.v1,loss.train.v1\n1,99.9,.5\n2,100,.004\n3,100,.006\n",
                        List.of("width"));
        assertThat(RULE.floor(pilot)).isEqualTo(.006);
    }

    @Test
    void a_label_on_its_border_has_the_probability_of_a_coin() {
        CellMeans pilot =
                CellMeans.parse(
                        "cells.csv",
                        "width,batchSize,accuracy.train.v1,loss.train.v1\n1,1,100,.01\n",
                        List.of("width", "batchSize"));
        List<Row> rows =
                new ArrayList<>(Tables.rows("accuracy.train.v1", 2, 1, 3, (_, _, _) -> 100));
        rows.addAll(Tables.rows("loss.train.v1", 2, 1, 3, (_, _, _) -> .005));
        rows.addAll(
                Tables.rows(
                        "mc.v1", 2, 1, 3, (w, _, s) -> w == 1 ? -.5 + .1 * (s - 1) : -9 + .1 * s));
        rows.addAll(Tables.rows("cka.v1", 2, 1, 3, (_, _, _) -> .9));
        PhaseMap map = RULE.map(Tables.evidence(pilot, rows));
        assertThat(map.cells()).extracting(PhaseMap.Labelled::phase).containsExactly("IV-B", "III");
        assertThat(map.cells().get(0).probability()).isBetween(.4, .6);
        assertThat(map.cells().get(1).probability()).isGreaterThan(.98);
        assertThat(map.toCsv()).startsWith("width,batchSize,phase,probability\n1,1,IV-B,0.");
    }

    /// The published rule (loss .003, barrier .5 pp, cut .71) against the published map, read off
    /// its drawing: 92.3 % of 169 cells agree (in-sample; phase-zoo facts).
    @Test
    void the_published_rule_finds_the_published_phases_again() throws IOException {
        Path folder = Path.of("suites/phase-digits-v1");
        PublishedTables t =
                PublishedTables.parse(
                        "controls.json",
                        Json.parse(
                                "controls.json",
                                Files.readAllBytes(folder.resolve("controls.json"))));
        PublishedTables all =
                new PublishedTables(
                        t.title(),
                        t.population(),
                        t.axes(),
                        t.exclude(),
                        List.of(0, 1, 2, 3, 4),
                        List.of(0, 1, 2, 3, 4),
                        t.tables());
        SequencedMap<String, String> texts = new LinkedHashMap<>();
        for (String file : t.files()) {
            texts.put(file, Files.readString(folder.resolve(file)));
        }
        Evidence evidence = all.evidence(texts);
        PhaseRule published =
                new PhaseRule(
                        "published",
                        "digits",
                        new PhaseRule.Quantities(
                                "accuracy.train.v1",
                                "loss.train.v1",
                                "mode-connectivity.train-error.taxonomy.v1",
                                "cka.softmax.taxonomy.v1"),
                        .1,
                        1,
                        .5,
                        new PhaseRule.Cut(.71, PhaseRule.Cut.Basis.CALIBRATED, "drawn labels"),
                        100);
        SequencedMap<String, Integer> counts = new LinkedHashMap<>();
        for (Cell cell : evidence.grid("digits")) {
            String label =
                    published.label(
                            evidence.measured("digits", "accuracy.train.v1", "").mean(cell),
                            evidence.measured("digits", "loss.train.v1", "").mean(cell),
                            evidence.measured(
                                            "digits",
                                            "mode-connectivity.train-error.taxonomy.v1",
                                            "")
                                    .mean(cell),
                            evidence.measured("digits", "cka.softmax.taxonomy.v1", "").mean(cell),
                            .003);
            counts.merge(label, 1, Integer::sum);
        }
        // the facts' rule labels: 59, 30, 22, 35, 23 (it does not ask for the train error, which
        // hardly matters)
        assertThat(counts.getOrDefault("I", 0)).isBetween(55, 62);
        assertThat(counts.getOrDefault("II", 0)).isBetween(28, 33);
        assertThat(counts.getOrDefault("III", 0)).isBetween(19, 23);
        assertThat(counts.getOrDefault("IV-A", 0)).isBetween(33, 36);
        assertThat(counts.getOrDefault("IV-B", 0)).isBetween(22, 24);
    }
}
