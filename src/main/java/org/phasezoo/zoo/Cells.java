package org.phasezoo.zoo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;

/// Cells and axis values as text and columns.
final class Cells {
    private Cells() {}

    /// `width=4;batchSize=8`.
    static String text(SequencedMap<String, JsonNode> cell) {
        StringBuilder out = new StringBuilder();
        cell.forEach((axis, value) -> out.append(out.isEmpty() ? "" : ";").append(axis).append('=').append(text(value)));
        return out.toString();
    }

    /// An axis value as text: numbers as [Numbers] has them, anything that is no number or text as JSON.
    static String text(JsonNode value) {
        if (value.isIntegralNumber()) {
            return value.bigIntegerValue().toString();
        }
        if (value.isNumber()) {
            return Numbers.text(value.doubleValue());
        }
        return value.isTextual() ? value.textValue() : value.toString();
    }

    /// The column of an axis: whole numbers, reals, or else text.
    static FlatTable.Column column(String axis, List<SequencedMap<String, JsonNode>> cells) {
        boolean whole = true;
        boolean real = true;
        for (SequencedMap<String, JsonNode> cell : cells) {
            JsonNode value = value(cell, axis);
            whole &= value.isIntegralNumber() && value.canConvertToLong();
            real &= value.isNumber();
        }
        return new FlatTable.Column(axis, whole ? FlatTable.Kind.WHOLE : real ? FlatTable.Kind.REAL : FlatTable.Kind.TEXT);
    }

    /// An axis value as a field of such a column.
    static Object field(JsonNode value, FlatTable.Kind kind) {
        return switch (kind) {
            case WHOLE -> value.longValue();
            case REAL -> value.doubleValue();
            case TEXT -> text(value);
        };
    }

    static JsonNode value(SequencedMap<String, JsonNode> cell, String axis) {
        JsonNode value = cell.get(axis);
        if (value == null) {
            throw new IllegalArgumentException("a cell without axis " + axis + ": " + new ArrayList<>(cell.keySet()));
        }
        return value;
    }
}
