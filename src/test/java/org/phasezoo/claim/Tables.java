package org.phasezoo.claim;

import org.phasezoo.suite.Profile;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.document.Json;
import org.phasezoo.metric.Value;
import org.phasezoo.suite.Row;

/// Small grids for tests: population `grid`, axes `width` and `batchSize`.
final class Tables {
    interface Field {
        double at(double width, double batchSize, int seed);
    }

    private Tables() {}

    static SequencedMap<String, JsonNode> cell(double width, double batchSize) {
        SequencedMap<String, JsonNode> cell = new LinkedHashMap<>();
        cell.put("width", DoubleNode.valueOf(width));
        cell.put("batchSize", DoubleNode.valueOf(batchSize));
        return cell;
    }

    static List<Row> rows(String definition, int widths, int batches, int seeds, Field field) {
        List<Row> rows = new ArrayList<>();
        for (int w = 1; w <= widths; w++) {
            for (int b = 1; b <= batches; b++) {
                for (int s = 0; s < seeds; s++) {
                    Value value = Value.exact(definition, field.at(w, b, s));
                    rows.add(new Row("grid", "member", List.of("m" + s), List.of(s), cell(w, b), "", value));
                }
            }
        }
        return rows;
    }

    @SafeVarargs
    static Evidence evidence(CellMeans pilot, List<Row>... rows) {
        List<Row> all = new ArrayList<>();
        for (List<Row> some : rows) {
            all.addAll(some);
        }
        SequencedMap<String, CellMeans> selecting = new LinkedHashMap<>();
        selecting.put("grid", pilot);
        return Evidence.of(all, selecting);
    }

    /// A claims document with one claim of this statistic.
    static JsonNode document(String statistic, String estimand, String holds, String fails, String selects) {
        return Json.parse(
                "claims.json",
                """
                {"claims": [{"id": "c", "statement": "s", "where": "w",
                  "published": {"value": 1, "source": "x", "known": "data"},
                  "kind": "primary", "registered": true, "selects": %s,
                  "measures": {"definition": "y.v1", "population": "grid"},
                  "statistic": %s, "estimand": "%s", "holds": %s, "fails": %s, "pilotSd": 1}]}
                """
                        .formatted(selects, statistic, estimand, holds, fails));
    }

    static Verdict judge(JsonNode document, Evidence evidence) {
        Claims claims = Claims.parse("claims.json", document, List.of());
        return Judge.judge(claims, evidence, Profile.Scope.PROXY).list().getFirst();
    }
}
