package org.phasezoo.zoo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.suite.Cell;

/// Cells and axis values as text and columns.
final class Cells {
    private Cells() {}

    /// `width=4;batchSize=8`.
    static String text(SequencedMap<String, JsonNode> cell) {
        return Cell.text(cell);
    }

    /// An axis value as it stands in a cell's text.
    static String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : org.phasezoo.document.Json.canonical(value);
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
        return new FlatTable.Column(
                axis,
                whole ? FlatTable.Kind.WHOLE : real ? FlatTable.Kind.REAL : FlatTable.Kind.TEXT);
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
            throw new IllegalArgumentException(
                    "a cell without axis " + axis + ": " + new ArrayList<>(cell.keySet()));
        }
        return value;
    }
}
