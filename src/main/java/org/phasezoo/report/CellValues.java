package org.phasezoo.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.phasezoo.statistic.CellMean;
import org.phasezoo.suite.Row;

/// The means of a definition over the cells of a picture, by column and row.
final class CellValues {
    /// A mean, its standard error over seeds (NaN where one seed stands behind it), and how many
    /// values.
    record Mean(double value, double error, int n) {}

    private final SequencedMap<String, List<Row>> rows = new LinkedHashMap<>();
    private final Grid grid;

    /// @param checkpoint which rows; when absent, those of the first checkpoint that the definition
    ///   was measured at
    CellValues(Grid grid, List<Row> all, String definition, Optional<String> checkpoint) {
        this.grid = grid;
        List<Row> defined =
                all.stream().filter(r -> r.value().definition().equals(definition)).toList();
        String at =
                checkpoint.orElseGet(
                        () -> defined.isEmpty() ? "" : defined.getFirst().checkpoint());
        for (Row row : defined) {
            boolean counts = row.checkpoint().equals(at) && row.value().status().equals("ok");
            if (counts && grid.shows(row.cell())) {
                rows.computeIfAbsent(
                                key(grid.column(row.cell()), grid.row(row.cell())),
                                _ -> new ArrayList<>())
                        .add(row);
            }
        }
    }

    private static String key(String column, String row) {
        return column + ";" + row;
    }

    /// The mean of a cell; NaN where nothing was measured.
    Mean at(String column, String row) {
        List<Row> found = rows.getOrDefault(key(column, row), List.of());
        if (found.isEmpty()) {
            return new Mean(Double.NaN, Double.NaN, 0);
        }
        double[] values = found.stream().mapToDouble(r -> r.value().value()).toArray();
        boolean pairs = found.getFirst().members().size() == 2;
        CellMean mean =
                pairs ? CellMean.ofPairs(values, labels(found)) : CellMean.ofMembers(values);
        double error =
                mean.units() < 2 ? Double.NaN : Math.sqrt(mean.unitVariance() / mean.units());
        return new Mean(mean.mean(), error, values.length);
    }

    private static List<int[]> labels(List<Row> pairs) {
        List<String> members =
                pairs.stream().flatMap(r -> r.members().stream()).distinct().toList();
        return pairs.stream()
                .map(r -> r.members().stream().mapToInt(members::indexOf).toArray())
                .toList();
    }

    /// The means as rows of a map.
    List<List<Double>> table() {
        return grid.rows().stream()
                .map(r -> grid.columns().stream().map(c -> at(c, r).value()).toList())
                .toList();
    }

    /// The most values that any cell has, and of what: `3 seeds`, `3 pairs`.
    String counted() {
        int most = rows.values().stream().mapToInt(List::size).max().orElse(0);
        if (most < 2) {
            return "";
        }
        String of =
                rows.firstEntry().getValue().getFirst().members().size() == 2 ? "pairs" : "seeds";
        return "Mean over " + most + " " + of + ".";
    }
}
