package org.phasezoo.claim;

import org.phasezoo.suite.Profile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;
import org.phasezoo.suite.Row;

class JudgeTest {
    private static final Draws NOISE = new Draws(new Key(99));

    private static double noise(double w, double b, int s) {
        return NOISE.normal((long) (w * 10000 + b * 100 + s));
    }

    private static JsonNode mean(String holds, String fails) {
        return Tables.document("{\"kind\": \"mean\"}", "this-grid", holds, fails, "{}");
    }

    private static Evidence around(double level) {
        return Tables.evidence(
                CellMeans.empty(), Tables.rows("y.v1", 3, 3, 3, (w, b, s) -> level + .1 * noise(w, b, s)));
    }

    @Test
    void a_mean_far_inside_its_region_holds() {
        assertThat(Tables.judge(mean("[1, null]", "[null, 0]"), around(2)).outcome())
                .isEqualTo(Verdict.Outcome.HOLDS);
    }

    @Test
    void a_mean_far_inside_the_other_region_fails() {
        assertThat(Tables.judge(mean("[1, null]", "[null, 0]"), around(-1)).outcome())
                .isEqualTo(Verdict.Outcome.FAILS);
    }

    @Test
    void a_mean_between_the_regions_is_undecided_with_its_interval() {
        Verdict v = Tables.judge(mean("[1, null]", "[null, 0]"), around(.5));
        assertThat(v.outcome()).isEqualTo(Verdict.Outcome.UNDECIDED);
        assertThat(v.interval().contains(v.value())).isTrue();
        assertThat(v.why()).contains("[");
    }

    @Test
    void equivalence_needs_both_sides() {
        JsonNode tost = mean("[-0.2, 0.2]", "[0.5, null]");
        assertThat(Tables.judge(tost, around(0)).outcome()).isEqualTo(Verdict.Outcome.HOLDS);
        assertThat(Tables.judge(tost, around(.19)).outcome()).isEqualTo(Verdict.Outcome.UNDECIDED);
    }

    @Test
    void the_p_value_is_students() {
        Verdict v = Tables.judge(
                mean("[0, null]", "[null, 0]"),
                Tables.evidence(CellMeans.empty(), Tables.rows("y.v1", 1, 1, 3, (_, _, s) -> s)));
        // values 0, 1, 2: t = √3 with 2 degrees of freedom, p = ½ − t/(2√(2 + t²))
        assertThat(v.pHolds()).isCloseTo(.5 - Math.sqrt(3) / (2 * Math.sqrt(5)), within(1e-9));
    }

    @Test
    void a_sign_test_of_three_cells_cannot_be_evaluated() {
        JsonNode sign = Tables.document("{\"kind\": \"sign\", \"above\": 0}", "over-cells", "[0.5, 1]", "[0, 0.5]", "{}");
        Verdict v = Tables.judge(
                sign, Tables.evidence(CellMeans.empty(), Tables.rows("y.v1", 3, 1, 1, (w, _, _) -> w)));
        assertThat(v.outcome()).isEqualTo(Verdict.Outcome.NOT_EVALUATED);
        assertThat(v.why()).contains("too small");
    }

    @Test
    void a_missing_cell_is_not_evaluated() {
        List<Row> rows = Tables.rows("y.v1", 3, 3, 3, (w, b, s) -> w == 2 && b == 2 ? Double.NaN : noise(w, b, s));
        Verdict v = Tables.judge(mean("[1, null]", "[null, 0]"), Tables.evidence(CellMeans.empty(), rows));
        assertThat(v.outcome()).isEqualTo(Verdict.Outcome.NOT_EVALUATED);
        assertThat(v.why()).startsWith("1 of the 9 selected cells");
    }

    @Test
    void a_quantity_without_seeds_is_compared_directly() {
        List<Row> rows = List.of(new Row(
                "grid",
                "member",
                List.of("m"),
                List.of(),
                Tables.cell(1, 1),
                "",
                org.phasezoo.metric.Value.exact("y.v1", .3)));
        Verdict v = Tables.judge(mean("[0, 1]", "[2, null]"), Tables.evidence(CellMeans.empty(), rows));
        assertThat(v.outcome()).isEqualTo(Verdict.Outcome.HOLDS);
        assertThat(v.why()).startsWith("compared directly");
    }

    @Test
    void primary_claims_are_adjusted_and_secondary_ones_are_not() {
        JsonNode one = mean("[0, null]", "[null, 0]");
        ArrayNode list = (ArrayNode) one.get("claims");
        for (String id : List.of("d", "e")) {
            JsonNode more = list.get(0).deepCopy();
            ((com.fasterxml.jackson.databind.node.ObjectNode) more).put("id", id);
            ((com.fasterxml.jackson.databind.node.ObjectNode) more).put("kind", id.equals("e") ? "secondary" : "primary");
            list.add(more);
        }
        Claims claims = Claims.parse("claims.json", one, List.of());
        Evidence evidence = Tables.evidence(CellMeans.empty(), Tables.rows("y.v1", 1, 1, 3, (_, _, s) -> s + .5));
        List<Verdict> verdicts =
                Judge.judge(claims, evidence, Profile.Scope.EXACT).list();
        assertThat(verdicts.get(0).pHolds()).isCloseTo(2 * verdicts.get(2).pHolds(), within(1e-12));
        assertThat(verdicts.get(1).pHolds()).isEqualTo(verdicts.get(0).pHolds());
    }

    @Test
    void reproduced_is_said_of_registered_primary_claims_in_exact_scope_only() {
        Claims claims = Claims.parse("claims.json", mean("[1, null]", "[null, 0]"), List.of());
        Verdict exact = Judge.judge(claims, around(2), Profile.Scope.EXACT).list().getFirst();
        Verdict reduced = Judge.judge(claims, around(2), Profile.Scope.REDUCED).list().getFirst();
        assertThat(exact.words()).isEqualTo("reproduced");
        assertThat(reduced.words()).isEqualTo("holds here (reduced)");
        assertThat(Controls.of(claims, around(2), java.util.Optional.of(around(2)))
                        .positive()
                        .orElseThrow()
                        .list()
                        .getFirst()
                        .words())
                .isEqualTo("holds here (exact)");
    }

    @Test
    void a_true_null_is_called_holding_no_more_often_than_alpha() {
        Claims claims = Claims.parse("claims.json", mean("[0, null]", "[null, -1]"), List.of());
        int holds = 0;
        for (int t = 0; t < 400; t++) {
            int trial = t;
            Evidence evidence = Tables.evidence(
                    CellMeans.empty(),
                    Tables.rows("y.v1", 3, 2, 3, (w, b, s) -> noise(w, b, s + 10 * trial)));
            holds += Judge.judge(claims, evidence, Profile.Scope.PROXY)
                                    .list()
                                    .getFirst()
                                    .outcome()
                            == Verdict.Outcome.HOLDS
                    ? 1
                    : 0;
        }
        assertThat(holds).isBetween(5, 34);
    }

    @Test
    void verdicts_say_what_the_format_says() {
        Claims claims = Claims.parse("claims.json", mean("[1, null]", "[null, 0]"), List.of());
        JsonNode json = Judge.judge(claims, around(2), Profile.Scope.PROXY).toJson("s-v1", "quick");
        JsonNode claim = json.get("claims").get(0);
        assertThat(json.get("suite").asText()).isEqualTo("s-v1");
        assertThat(claim.get("verdict").asText()).isEqualTo("holds");
        assertThat(claim.get("scope").asText()).isEqualTo("proxy");
        assertThat(claim.get("published").get("known").asText()).isEqualTo("data");
        assertThat(claim.get("low").doubleValue()).isLessThan(claim.get("high").doubleValue());
        assertThat(claim.get("why").asText()).isNotEmpty();
    }
}
