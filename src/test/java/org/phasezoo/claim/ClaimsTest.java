package org.phasezoo.claim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.phasezoo.document.Json;
import org.phasezoo.document.Problem;

class ClaimsTest {
    private static final List<Observed> GRID =
            List.of(
                    new Observed(
                            "grid",
                            List.of("width", "batchSize"),
                            List.of(
                                    "y.v1",
                                    "accuracy.train.v1",
                                    "gap.accuracy.v1",
                                    "loss.train.v1")));

    private static List<Problem> problems(Consumer<ObjectNode> change) {
        JsonNode document =
                Tables.document(
                        "{\"kind\": \"mean\"}", "this-grid", "[1, null]", "[null, 0]", "{}");
        change.accept((ObjectNode) document.get("claims").get(0));
        List<Problem> found = new ArrayList<>();
        Claims.parse("claims.json", document, GRID, found);
        return found;
    }

    private static JsonNode json(String text) {
        return Json.parse("claims.json", text);
    }

    @Test
    void a_good_claim_has_no_problems() {
        assertThat(problems(_ -> {})).isEmpty();
    }

    @Test
    void measures_that_are_a_text_are_refused_with_their_pointer() {
        assertThat(problems(c -> c.put("measures", "no.such.metric.v1")))
                .singleElement()
                .satisfies(p -> {
                    assertThat(p.pointer()).isEqualTo("/claims/0/measures");
                    assertThat(p.problem()).contains("needs an object");
                });
    }

    @Test
    void an_unknown_definition_is_refused_with_the_nearest_known_one() {
        assertThat(
                        problems(c ->
                                ((ObjectNode) c.get("measures"))
                                        .put("definition", "gap.acuracy.v1")))
                .singleElement()
                .satisfies(p -> assertThat(p.mend()).contains("gap.accuracy.v1"));
    }

    @Test
    void an_unknown_key_population_and_axis_are_told_at_once() {
        List<Problem> found =
                problems(c -> {
                    c.set("selects", json("{\"axes\": {\"widht\": {\"min\": 2}}}"));
                    ((ObjectNode) c.get("published")).put("sorce", "x");
                });
        assertThat(found).extracting(Problem::pointer).contains("/claims/0/published/sorce");
        assertThat(problems(c -> c.set("selects", json("{\"axes\": {\"widht\": {\"min\": 2}}}"))))
                .singleElement()
                .satisfies(p -> assertThat(p.mend()).contains("width"));
        assertThat(problems(c -> ((ObjectNode) c.get("measures")).put("population", "gird")))
                .singleElement()
                .satisfies(p -> assertThat(p.mend()).contains("grid"));
    }

    @Test
    void regions_that_overlap_are_refused() {
        assertThat(problems(c -> c.set("fails", json("[null, 2]"))))
                .singleElement()
                .satisfies(p -> assertThat(p.problem()).contains("overlaps"));
    }

    @Test
    void a_quantity_that_selects_what_it_enters_is_refused_on_the_same_seeds() {
        String by = "{\"quantities\": [{\"definition\": \"accuracy.train.v1\", \"min\": 99}]";
        List<Problem> found =
                problems(c -> {
                    c.set("selects", json(by + "}"));
                    ((ObjectNode) c.get("measures")).put("definition", "gap.accuracy.v1");
                });
        assertThat(found)
                .anySatisfy(p -> assertThat(p.problem()).contains("selects what it enters"));
        assertThat(
                        problems(c -> {
                            c.set("selects", json(by + ", \"selectSeeds\": \"pilot\"}"));
                            ((ObjectNode) c.get("measures")).put("definition", "gap.accuracy.v1");
                        }))
                .isEmpty();
    }

    @Test
    void a_correlation_that_is_true_by_construction_is_refused() {
        List<Problem> found =
                problems(c -> {
                    c.set(
                            "statistic",
                            json(
                                    "{\"kind\": \"spearman\", \"with\": {\"definition\": \"loss.train.v1\"}}"));
                    c.put("estimand", "over-cells");
                    ((ObjectNode) c.get("measures")).put("definition", "gap.accuracy.v1");
                });
        assertThat(found).anySatisfy(p -> assertThat(p.problem()).contains("true by construction"));
    }

    @Test
    void a_sixth_primary_claim_is_refused() {
        JsonNode document =
                Tables.document(
                        "{\"kind\": \"mean\"}", "this-grid", "[1, null]", "[null, 0]", "{}");
        for (int i = 0; i < 5; i++) {
            ObjectNode copy = document.get("claims").get(0).deepCopy();
            ((com.fasterxml.jackson.databind.node.ArrayNode) document.get("claims"))
                    .add(copy.put("id", "c" + i));
        }
        List<Problem> found = new ArrayList<>();
        Claims.parse("claims.json", document, GRID, found);
        assertThat(found)
                .singleElement()
                .satisfies(p -> assertThat(p.pointer()).isEqualTo("/claims/5/kind"));
    }

    @Test
    void an_estimand_that_does_not_go_with_its_statistic_is_refused() {
        assertThat(
                        problems(c ->
                                c.set(
                                        "statistic",
                                        json("{\"kind\": \"trend\", \"along\": \"width\"}"))))
                .singleElement()
                .satisfies(p -> assertThat(p.mend()).contains("over-cells"));
    }
}
