package org.phasezoo.claim;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Applies selections to a grid.
final class Selector {
    private final List<Cell> grid;
    private final CellMeans selecting;

    Selector(List<Cell> grid, CellMeans selecting) {
        this.grid = grid;
        this.selecting = selecting;
    }

    List<Cell> cells(Selection selection) {
        List<Cell> kept = grid;
        for (Map.Entry<String, Selection.AxisRange> axis :
                selection.axes().orElse(new LinkedHashMap<>()).entrySet()) {
            kept = byAxis(kept, axis.getKey(), axis.getValue());
        }
        for (Selection.Quantity q : selection.quantities().orElse(List.of())) {
            kept =
                    kept.stream()
                            .filter(c -> {
                                double value = selecting.at(c, q.definition());
                                return value >= q.min().orElse(Double.NEGATIVE_INFINITY)
                                        && value <= q.max().orElse(Double.POSITIVE_INFINITY);
                            })
                            .toList();
        }
        for (Selection.Threshold t : selection.thresholds().orElse(List.of())) {
            kept = byThreshold(kept, t);
        }
        return kept;
    }

    private List<Cell> byAxis(List<Cell> cells, String axis, Selection.AxisRange range) {
        List<Double> half = range.half().isPresent() ? half(axis, range.half().get()) : List.of();
        return cells.stream()
                .filter(c -> {
                    JsonNode at = c.at(axis);
                    boolean bounded = range.min().isPresent() || range.max().isPresent();
                    return (!bounded
                                    || (c.number(axis)
                                                    >= range.min().orElse(Double.NEGATIVE_INFINITY)
                                            && c.number(axis)
                                                    <= range.max()
                                                            .orElse(Double.POSITIVE_INFINITY)))
                            && (range.values().isEmpty()
                                    || range.values().get().stream().anyMatch(v -> same(v, at)))
                            && (range.half().isEmpty() || half.contains(c.number(axis)));
                })
                .toList();
    }

    private static boolean same(JsonNode a, JsonNode b) {
        return (a.isNumber() && b.isNumber())
                ? a.doubleValue() == b.doubleValue()
                : a.asText().equals(b.asText());
    }

    private List<Double> half(String axis, Selection.Half half) {
        List<Double> values = grid.stream().map(c -> c.number(axis)).distinct().sorted().toList();
        int lower = (values.size() + 1) / 2;
        return switch (half) {
            case LOWER -> values.subList(0, lower);
            case UPPER -> values.subList(lower, values.size());
        };
    }

    private List<Cell> byThreshold(List<Cell> cells, Selection.Threshold t) {
        SequencedMap<String, Double> place = thresholds(t);
        List<Double> half = t.half().isPresent() ? half(t.along(), t.half().get()) : List.of();
        return cells.stream()
                .filter(c -> {
                    Double at = place.get(c.lineAlong(t.along()));
                    if (at == null || (t.half().isPresent() && !half.contains(at))) {
                        return false;
                    }
                    double ratio = c.number(t.along()) / at;
                    return ratio >= t.ratioMin().orElse(Double.NEGATIVE_INFINITY) - 1e-12
                            && ratio <= t.ratioMax().orElse(Double.POSITIVE_INFINITY) + 1e-12;
                })
                .toList();
    }

    /// For each line along the threshold's axis, the first value of the axis beyond it; lines
    /// without one are absent.
    SequencedMap<String, Double> thresholds(Selection.Threshold t) {
        SequencedMap<String, Double> place = new LinkedHashMap<>();
        for (List<Cell> line : lines(grid, t.along()).values()) {
            for (Cell cell : line) {
                if (t.passed(selecting.at(cell, t.definition()))) {
                    place.put(cell.lineAlong(t.along()), cell.number(t.along()));
                    break;
                }
            }
        }
        return place;
    }

    /// The lines of cells along an axis, each in ascending order of the axis, lines in order of
    /// first appearance.
    static SequencedMap<String, List<Cell>> lines(List<Cell> cells, String along) {
        SequencedMap<String, List<Cell>> lines = new LinkedHashMap<>();
        for (Cell cell : cells) {
            lines.computeIfAbsent(cell.lineAlong(along), _ -> new ArrayList<>()).add(cell);
        }
        for (List<Cell> line : lines.values()) {
            line.sort(java.util.Comparator.comparingDouble(c -> c.number(along)));
        }
        return lines;
    }
}
