package org.phasezoo.claim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.phasezoo.document.Json;

/// The digits' claims on the taxonomy's published tables (169 cells, 5 runs), on their shuffles and
/// on a constant table.
class PositiveControlTest {
    private static final Path SUITE = Path.of("suites/phase-digits-v1");
    private static Evidence published = Evidence.of(List.of(), new LinkedHashMap<>());
    private static Controls controls =
            new Controls(Optional.empty(), List.of(), new Verdicts(List.of()));

    private static JsonNode json(String name) throws IOException {
        return Json.parse(name, Files.readAllBytes(SUITE.resolve(name)));
    }

    @BeforeAll
    static void judge() throws IOException {
        PublishedTables tables = PublishedTables.parse("controls.json", json("controls.json"));
        SequencedMap<String, String> texts = new LinkedHashMap<>();
        for (String file : tables.files()) {
            texts.put(file, Files.readString(SUITE.resolve(file)));
        }
        published = tables.evidence(texts);
        Claims claims = Claims.parse("claims.json", json("claims.json"), List.of());
        controls = Controls.of(claims, published, Optional.of(published));
    }

    private static List<String> holding(Verdicts verdicts) {
        return verdicts.list().stream()
                .filter(v -> v.outcome() == Verdict.Outcome.HOLDS)
                .map(v -> v.claim().id())
                .toList();
    }

    @Test
    void the_published_grid_has_169_cells() {
        assertThat(published.grid("digits")).hasSize(169);
    }

    @Test
    void most_claims_hold_on_the_data_that_they_were_read_from() {
        assertThat(holding(controls.positive().orElseThrow())).hasSizeGreaterThanOrEqualTo(10);
    }

    @Test
    void the_published_rank_correlation_of_accuracy_and_similarity_is_found_again() {
        Verdict v =
                controls.positive().orElseThrow().list().stream()
                        .filter(x -> x.claim().id().equals("similarity-goes-with-accuracy"))
                        .findFirst()
                        .orElseThrow();
        // all five runs give .886; runs 0 and 1 alone are noisier in CKA
        assertThat(v.value()).isBetween(.82, .92);
    }

    @Test
    void shuffled_cells_make_hardly_any_claim_hold() {
        SequencedMap<String, Integer> holds = new LinkedHashMap<>();
        for (Verdicts verdicts : controls.shuffled()) {
            holding(verdicts).forEach(id -> holds.merge(id, 1, Integer::sum));
        }
        assertThat(holds)
                .allSatisfy((id, times) -> assertThat(times).as(id).isLessThanOrEqualTo(3));
    }

    @Test
    void nothing_holds_on_a_constant_table() {
        assertThat(holding(controls.constant())).isEmpty();
    }
}
