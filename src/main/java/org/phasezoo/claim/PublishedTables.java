package org.phasezoo.claim;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.phasezoo.document.Binder;
import org.phasezoo.document.Problems;
import org.phasezoo.metric.Value;
import org.phasezoo.suite.Row;

/// How published tables become rows, from a suite's `controls.json`: which file and columns are
/// axes, seeds and values, and which definition a column stands for. Some of the published runs
/// select, others are tested.
public record PublishedTables(
        String title,
        String population,
        SequencedMap<String, String> axes,
        Optional<SequencedMap<String, List<Double>>> exclude,
        List<Integer> selectSeeds,
        List<Integer> measureSeeds,
        List<Table> tables) {

    /// One CSV file.
    ///
    /// @param seeds the columns of the one or two runs behind a row
    /// @param columns definition id to column
    /// @param curve a definition that is computed from a column over points of a curve
    public record Table(
            String file,
            List<String> seeds,
            Optional<SequencedMap<String, String>> columns,
            Optional<PublishedCurve> curve) {
        public Table {
            if (seeds.isEmpty() || seeds.size() > 2) {
                throw new IllegalArgumentException(
                        "seeds has " + seeds.size() + " columns; name one, or two for pairs");
            }
        }
    }

    /// Mode connectivity from an error column: with m the mean of the two ends and u the point
    /// where |error − m| is largest, m − error(u).
    public record PublishedCurve(String definition, String error) {}

    /// The file names of `controls.json` in a suite, to be read by whoever may.
    public List<String> files() {
        return tables.stream().map(Table::file).toList();
    }

    /// Reads `controls.json`: `{"positive": {…}}`.
    ///
    /// @throws org.phasezoo.document.InvalidDocument when there are problems
    public static PublishedTables parse(String file, JsonNode root) {
        Problems problems = new Problems(file);
        Optional<Controls.Document> document =
                Binder.plain().bind(Controls.Document.class, root, "", problems);
        problems.refuseIfAny();
        return document.orElseThrow().positive();
    }

    /// The evidence in the tables.
    ///
    /// @param texts file name to CSV text
    /// @throws org.phasezoo.document.InvalidDocument when a column is missing or a field is no
    ///   number
    public Evidence evidence(SequencedMap<String, String> texts) {
        List<Row> tested = new ArrayList<>();
        List<Row> selecting = new ArrayList<>();
        for (Table table : tables) {
            for (Row row : rows(table, texts.getOrDefault(table.file(), ""))) {
                if (measureSeeds.containsAll(row.seeds())) {
                    tested.add(row);
                }
                if (selectSeeds.containsAll(row.seeds())) {
                    selecting.add(row);
                }
            }
        }
        SequencedMap<String, CellMeans> means = new LinkedHashMap<>();
        means.put(population, CellMeans.of(selecting, population));
        return Evidence.of(tested, means);
    }

    private List<Row> rows(Table table, String text) {
        Problems problems = new Problems(table.file());
        List<String> lines = text.lines().filter(l -> !l.isBlank()).toList();
        List<String> header = lines.isEmpty() ? List.of() : CellMeans.fields(lines.getFirst());
        List<String> needed = new ArrayList<>(axes.sequencedValues());
        needed.addAll(table.seeds());
        table.columns().ifPresent(c -> needed.addAll(c.sequencedValues()));
        table.curve().ifPresent(c -> needed.add(c.error()));
        for (String column : needed) {
            if (!header.contains(column)) {
                problems.add(
                        "/",
                        "there is no column \"" + column + "\"",
                        "mend the name in controls.json");
            }
        }
        problems.refuseIfAny();
        List<Row> rows = new ArrayList<>();
        SequencedMap<String, List<Double>> curves = new LinkedHashMap<>();
        SequencedMap<String, Row> places = new LinkedHashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            List<String> fields = CellMeans.fields(line);
            SequencedMap<String, JsonNode> cell = new LinkedHashMap<>();
            for (Map.Entry<String, String> axis : axes.entrySet()) {
                cell.put(
                        axis.getKey(),
                        CellMeans.axisValue(fields.get(header.indexOf(axis.getValue()))));
            }
            if (isExcluded(cell)) {
                continue;
            }
            List<Integer> seeds =
                    table.seeds().stream()
                            .map(s -> (int) number(fields.get(header.indexOf(s))))
                            .toList();
            for (Map.Entry<String, String> column :
                    table.columns().orElse(new LinkedHashMap<>()).entrySet()) {
                double value = number(fields.get(header.indexOf(column.getValue())));
                rows.add(row(cell, seeds, Value.exact(column.getKey(), value)));
            }
            if (table.curve().isPresent()) {
                String place = cell + " " + seeds;
                curves.computeIfAbsent(place, _ -> new ArrayList<>())
                        .add(number(fields.get(header.indexOf(table.curve().get().error()))));
                places.putIfAbsent(
                        place,
                        row(
                                cell,
                                seeds,
                                Value.exact(table.curve().get().definition(), Double.NaN)));
            }
        }
        for (Map.Entry<String, Row> place : places.entrySet()) {
            Row row = place.getValue();
            double mc = connectivity(curves.getOrDefault(place.getKey(), List.of()));
            SequencedMap<String, JsonNode> cell = row.cell();
            rows.add(row(cell, row.seeds(), Value.exact(row.value().definition(), mc)));
        }
        return rows;
    }

    private Row row(SequencedMap<String, JsonNode> cell, List<Integer> seeds, Value value) {
        List<String> members = seeds.stream().map(s -> "run-" + s).toList();
        return new Row(
                population, seeds.size() == 1 ? "member" : "pair", members, seeds, cell, "", value);
    }

    private boolean isExcluded(SequencedMap<String, JsonNode> cell) {
        for (Map.Entry<String, List<Double>> axis :
                exclude.orElse(new LinkedHashMap<>()).entrySet()) {
            JsonNode value = cell.get(axis.getKey());
            if (value != null && axis.getValue().contains(value.doubleValue())) {
                return true;
            }
        }
        return false;
    }

    private static double number(String field) {
        try {
            return field.isEmpty() ? Double.NaN : Double.parseDouble(field);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /// *Unit*: that of the errors. Negative is a barrier. *Undefined* (NaN) with fewer than 3
    /// points.
    static double connectivity(List<Double> error) {
        if (error.size() < 3) {
            return Double.NaN;
        }
        double ends = (error.getFirst() + error.getLast()) / 2;
        double farthest = 0;
        for (double e : error) {
            farthest = Math.abs(e - ends) > Math.abs(farthest) ? e - ends : farthest;
        }
        return farthest == 0 ? 0 : -farthest;
    }
}
