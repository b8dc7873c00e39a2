package org.phasezoo.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.phasezoo.document.Json;
import org.phasezoo.suite.Axis;
import org.phasezoo.suite.Population;

/// How a population's cells lie on paper: the load across, the temperature up, every further axis
/// held at its middle value (the upper one of two).
///
/// @param across the horizontal axis
/// @param up the vertical axis, absent where only one axis has more than one value
/// @param held the further axes
record Grid(Axis across, Optional<Axis> up, List<Axis> held) {
    /// The layout of a population; one cell without a name where it has no axes.
    ///
    /// @param x the horizontal axis by name, instead of the load
    static Grid of(Population population, Optional<String> x) {
        List<Axis> axes = new ArrayList<>(population.axes());
        if (axes.isEmpty()) {
            return new Grid(
                    new Axis("", "", Axis.Role.NONE, List.of(TextNode.valueOf(""))),
                    Optional.empty(),
                    axes);
        }
        Axis across =
                named(axes, x.orElse(""))
                        .or(() -> role(axes, Axis.Role.LOAD))
                        .or(() -> axes.stream().filter(a -> a.values().size() > 1).findFirst())
                        .orElse(axes.getFirst());
        axes.remove(across);
        List<Axis> open = axes.stream().filter(a -> a.values().size() > 1).toList();
        Optional<Axis> up =
                role(open, Axis.Role.TEMPERATURE)
                        .or(() -> role(open, Axis.Role.LOAD))
                        .or(() -> open.stream().findFirst());
        up.ifPresent(axes::remove);
        return new Grid(across, up, axes);
    }

    private static Optional<Axis> role(List<Axis> axes, Axis.Role role) {
        return axes.stream().filter(a -> a.role() == role && a.values().size() > 1).findFirst();
    }

    private static Optional<Axis> named(List<Axis> axes, String name) {
        return axes.stream().filter(a -> a.name().equals(name)).findFirst();
    }

    /// The horizontal axis' values, left to right.
    List<String> columns() {
        return across.values().stream().map(Grid::text).toList();
    }

    /// The vertical axis' values, top to bottom: hot above cold. A batch size is an inverse
    /// temperature; every other axis rises upwards.
    List<String> rows() {
        if (up.isEmpty()) {
            return List.of("");
        }
        List<String> values = up.get().values().stream().map(Grid::text).toList();
        return up.get().name().equals("batchSize") ? values : values.reversed();
    }

    String upName() {
        return up.map(Axis::name).orElse("");
    }

    /// Whether a cell is in the picture: the held axes have their middle values.
    boolean shows(SequencedMap<String, JsonNode> cell) {
        return held.stream().allMatch(a -> text(middle(a)).equals(value(cell, a.name())));
    }

    String column(SequencedMap<String, JsonNode> cell) {
        return value(cell, across.name());
    }

    String row(SequencedMap<String, JsonNode> cell) {
        return up.isEmpty() ? "" : value(cell, up.get().name());
    }

    private static JsonNode middle(Axis axis) {
        return axis.values().get(axis.values().size() / 2);
    }

    /// The held axes as text; empty when there is none.
    String note() {
        List<String> parts = held.stream().map(a -> a.name() + " = " + text(middle(a))).toList();
        return parts.isEmpty() ? "" : "At " + String.join(", ", parts) + ".";
    }

    private static String value(SequencedMap<String, JsonNode> cell, String axis) {
        JsonNode value = cell.get(axis);
        return value == null ? "" : text(value);
    }

    static String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : Json.canonical(value);
    }
}
