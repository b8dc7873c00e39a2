package org.phasezoo.claim;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.document.Json;

/// The phases of a population's cells by a rule.
///
/// @param floor the loss floor that the rule used; NaN when the pilot has none
public record PhaseMap(PhaseRule rule, double floor, List<Labelled> cells) {
    /// One cell's label and its probability under seed and sampling error.
    public record Labelled(SequencedMap<String, JsonNode> axes, String phase, double probability) {}

    public PhaseMap {
        cells = List.copyOf(cells);
    }

    /// `phases-<rule>.csv`: the axes, `phase`, `probability`.
    public String toCsv() {
        StringBuilder text = new StringBuilder();
        if (!cells.isEmpty()) {
            text.append(String.join(",", cells.getFirst().axes().sequencedKeySet()))
                    .append(",phase,probability\n");
        }
        for (Labelled cell : cells) {
            for (JsonNode value : cell.axes().sequencedValues()) {
                text.append(value.isNumber() ? Json.number(value.doubleValue()) : value.asText())
                        .append(',');
            }
            text.append(cell.phase())
                    .append(',')
                    .append(Json.number(cell.probability()))
                    .append('\n');
        }
        return text.toString();
    }
}
