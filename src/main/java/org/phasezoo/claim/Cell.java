package org.phasezoo.claim;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.phasezoo.document.Json;

/// A point of the grid. Two cells are equal when their axes and values are, whatever the axes'
/// order.
final class Cell {
    private final SequencedMap<String, JsonNode> axes;
    private final String key;

    Cell(SequencedMap<String, JsonNode> axes) {
        this.axes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(axes));
        this.key = key(axes.sequencedKeySet().stream().sorted().toList());
    }

    SequencedMap<String, JsonNode> axes() {
        return axes;
    }

    boolean has(String axis) {
        return axes.containsKey(axis);
    }

    JsonNode at(String axis) {
        JsonNode value = axes.get(axis);
        if (value == null) {
            throw new IllegalArgumentException(
                    "no axis \"" + axis + "\"; there are " + axes.sequencedKeySet());
        }
        return value;
    }

    /// The axis value as a number; *throws* where it is a text.
    double number(String axis) {
        JsonNode value = at(axis);
        if (!value.isNumber()) {
            throw new IllegalArgumentException(
                    "axis \"" + axis + "\" has the value " + value + ", which is no number");
        }
        return value.doubleValue();
    }

    /// The values of these axes as text, in this order; axes that it does not have are left out.
    String key(List<String> names) {
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            JsonNode value = axes.get(name);
            if (value != null) {
                text.append(text.isEmpty() ? "" : ";").append(name).append('=').append(text(value));
            }
        }
        return text.toString();
    }

    /// The line along an axis that it stands on: all its other axes.
    String lineAlong(String axis) {
        return key(axes.sequencedKeySet().stream().filter(a -> !a.equals(axis)).sorted().toList());
    }

    private static String text(JsonNode value) {
        return value.isNumber() ? Json.number(value.doubleValue()) : value.asText();
    }

    /// The cell with only these axes.
    Cell project(List<String> names) {
        SequencedMap<String, JsonNode> kept = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> axis : axes.entrySet()) {
            if (names.contains(axis.getKey())) {
                kept.put(axis.getKey(), axis.getValue());
            }
        }
        return new Cell(kept);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cell cell && cell.key.equals(key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    @Override
    public String toString() {
        return key;
    }
}
