package org.phasezoo.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.phasezoo.document.Json;
import org.phasezoo.study.Study;

/// A point of a grid: the axes' values by name, the settings with these values in place, and the
/// study they bind to.
public final class Cell {
    private final SequencedMap<String, JsonNode> values;
    private final JsonNode settings;
    private final Study<?> study;
    private final AtomicReference<@Nullable SequencedMap<String, Integer>> revisions =
            new AtomicReference<>();

    public Cell(SequencedMap<String, JsonNode> values, JsonNode settings, Study<?> study) {
        this.values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
        this.settings = settings;
        this.study = study;
    }

    /// The axes' values by name, in the suite's order.
    public SequencedMap<String, JsonNode> values() {
        return values;
    }

    /// The study's settings as JSON, the axes' values in place.
    public JsonNode settings() {
        return settings;
    }

    public Study<?> study() {
        return study;
    }

    /// The study's revisions, asked for once: a study may have to build its graph to know them.
    public SequencedMap<String, Integer> revisions() {
        SequencedMap<String, Integer> known = revisions.get();
        if (known == null) {
            known = Collections.unmodifiableSequencedMap(new TreeMap<>(study.revisions()));
            revisions.set(known);
        }
        return known;
    }

    /// The cell as text, `width=4;batchSize=8`, in the suite's axis order; empty for a grid without
    /// axes.
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
