package org.phasezoo.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.phasezoo.document.Json;
import org.phasezoo.study.Study;

/// A point of a grid: the axes' values by name, the settings with these values in place, and the study they bind to.
public record Cell(SequencedMap<String, JsonNode> values, JsonNode settings, Study<?> study) {
    public Cell {
        values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
    }

    /// The cell as text, `width=4;batchSize=8`, in the suite's axis order; empty for a grid without axes.
    public String text() {
        return text(values);
    }

    /// Axis values as text, `width=4;batchSize=8`.
    public static String text(SequencedMap<String, JsonNode> values) {
        StringBuilder out = new StringBuilder();
        for (Map.Entry<String, JsonNode> value : values.entrySet()) {
            JsonNode node = value.getValue();
            out.append(out.isEmpty() ? "" : ";").append(value.getKey()).append('=');
            out.append(node.isTextual() ? node.textValue() : Json.canonical(node));
        }
        return out.toString();
    }

    ObjectNode axes() {
        ObjectNode axes = JsonNodeFactory.instance.objectNode();
        values.forEach(axes::set);
        return axes;
    }
}
