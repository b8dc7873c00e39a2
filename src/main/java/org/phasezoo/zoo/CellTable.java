package org.phasezoo.zoo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeSet;
import org.phasezoo.suite.MemberRow;
import org.phasezoo.suite.Row;

/// `cells.csv`: a line a cell; the axes, then for each definition the mean over seeds (or pairs),
/// `_se` and `_n`.
///
/// The standard error over seeds is sd/√n; of a mean over pairs it is the jackknife over members,
/// √((m-1)/m Σᵢ (θ₋ᵢ - θ̄)²), θ₋ᵢ the mean over the pairs without member i, which needs at least
/// three members. A value of a cell as a whole is its own mean, without an error over seeds. Only
/// values whose status is `ok` enter. A definition that was measured at several checkpoints has a
/// column `definition@checkpoint` for each.
final class CellTable {
    private CellTable() {}

    private record Column(String definition, String checkpoint) {}

    static Csv of(List<String> axes, List<MemberRow> members, List<Row> rows) {
        SequencedMap<String, SequencedMap<String, JsonNode>> cells = new LinkedHashMap<>();
        members.forEach(member -> cells.putIfAbsent(Cells.text(member.cell()), member.cell()));
        rows.forEach(row -> cells.putIfAbsent(Cells.text(row.cell()), row.cell()));
        SequencedMap<Column, SequencedMap<String, List<Row>>> columns = new LinkedHashMap<>();
        SequencedMap<String, TreeSet<String>> checkpoints = new LinkedHashMap<>();
        for (Row row : rows) {
            String definition = row.value().definition();
            checkpoints.computeIfAbsent(definition, _ -> new TreeSet<>()).add(row.checkpoint());
            columns.computeIfAbsent(
                            new Column(definition, row.checkpoint()), _ -> new LinkedHashMap<>())
                    .computeIfAbsent(Cells.text(row.cell()), _ -> new ArrayList<>())
                    .add(row);
        }
        List<String> header = new ArrayList<>(axes);
        for (Column column : columns.keySet()) {
            TreeSet<String> at = checkpoints.getOrDefault(column.definition(), new TreeSet<>());
            String name = column.definition() + (at.size() > 1 ? "@" + column.checkpoint() : "");
            header.addAll(List.of(name, name + "_se", name + "_n"));
        }
        List<List<String>> lines = new ArrayList<>();
        cells.forEach((text, cell) -> {
            List<String> line = new ArrayList<>();
            axes.forEach(axis -> line.add(Cells.text(Cells.value(cell, axis))));
            columns.values()
                    .forEach(byCell -> line.addAll(summary(byCell.getOrDefault(text, List.of()))));
            lines.add(line);
        });
        return new Csv(header, lines);
    }

    private static List<String> summary(List<Row> all) {
        List<Row> rows = all.stream().filter(row -> row.value().status().equals("ok")).toList();
        if (rows.isEmpty()) {
            return List.of("", "", "0");
        }
        double mean = mean(rows);
        double se =
                switch (rows.getFirst().subject()) {
                    case "member" -> overSeeds(rows, mean);
                    case "pair" -> jackknife(rows);
                    default -> Double.NaN;
                };
        return List.of(Numbers.text(mean), Numbers.text(se), Integer.toString(rows.size()));
    }

    private static double mean(List<Row> rows) {
        double sum = 0;
        for (Row row : rows) {
            sum += row.value().value();
        }
        return sum / rows.size();
    }

    private static double overSeeds(List<Row> rows, double mean) {
        double squares = 0;
        for (Row row : rows) {
            double d = row.value().value() - mean;
            squares += d * d;
        }
        int n = rows.size();
        return n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1) / n);
    }

    private static double jackknife(List<Row> rows) {
        TreeSet<String> members = new TreeSet<>();
        rows.forEach(row -> members.addAll(row.members()));
        List<Double> without = new ArrayList<>();
        double sum = 0;
        for (String member : members) {
            List<Row> rest = rows.stream().filter(row -> !row.members().contains(member)).toList();
            if (rest.isEmpty()) {
                return Double.NaN;
            }
            without.add(mean(rest));
            sum += without.getLast();
        }
        int m = without.size();
        double squares = 0;
        for (double theta : without) {
            double d = theta - sum / m;
            squares += d * d;
        }
        return Math.sqrt((m - 1.0) / m * squares);
    }
}
