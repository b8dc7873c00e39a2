package org.phasezoo.claim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.document.Problems;
import org.phasezoo.suite.Row;

/// Means of cells, one column a definition: what selects cells, from other seeds than those that
/// are tested. A pilot's `cells.csv`, or the means of some published runs.
public final class CellMeans {
    private final SequencedMap<Cell, SequencedMap<String, Double>> means = new LinkedHashMap<>();

    private CellMeans() {}

    /// No cells at all: nothing can be selected by quantities.
    public static CellMeans empty() {
        return new CellMeans();
    }

    /// Reads `cells.csv`: the axes' columns by name, then a column a definition; other columns
    /// (`…_se`, `…_n`) are left out. Empty fields are absent.
    ///
    /// @throws org.phasezoo.document.InvalidDocument when the table does not have every axis, or a
    ///   field is no number
    public static CellMeans parse(String file, String text, List<String> axes) {
        Problems problems = new Problems(file);
        List<String> lines = text.lines().filter(l -> !l.isBlank()).toList();
        List<String> header = lines.isEmpty() ? List.of() : fields(lines.getFirst());
        for (String axis : axes) {
            if (!header.contains(axis)) {
                problems.add(
                        "/",
                        "there is no column \"" + axis + "\"",
                        "write the table with run --profile pilot");
            }
        }
        problems.refuseIfAny();
        CellMeans table = new CellMeans();
        for (int line = 1; line < lines.size(); line++) {
            List<String> fields = fields(lines.get(line));
            SequencedMap<String, JsonNode> cell = new LinkedHashMap<>();
            SequencedMap<String, Double> values = new LinkedHashMap<>();
            for (int i = 0; i < Math.min(header.size(), fields.size()); i++) {
                String name = header.get(i);
                String field = fields.get(i);
                if (axes.contains(name)) {
                    cell.put(name, axisValue(field));
                } else if (!field.isEmpty() && !name.endsWith("_se") && !name.endsWith("_n")) {
                    try {
                        values.put(name, Double.parseDouble(field));
                    } catch (NumberFormatException e) {
                        problems.add(
                                "/" + line,
                                "\"" + field + "\" in column " + name + " is no number",
                                "mend it");
                    }
                }
            }
            table.means.put(new Cell(cell), values);
        }
        problems.refuseIfAny();
        return table;
    }

    /// The means of rows, for example of a published table's selecting runs.
    public static CellMeans of(List<Row> rows, String population) {
        CellMeans table = new CellMeans();
        Evidence evidence = Evidence.of(rows, new LinkedHashMap<>());
        for (String what : evidence.byDefinition().sequencedKeySet()) {
            String definition = what.substring(what.indexOf('/') + 1);
            Measured measured = evidence.measured(population, definition, "");
            for (Cell cell : measured.cells()) {
                if (measured.has(cell)) {
                    table.means
                            .computeIfAbsent(cell, _ -> new LinkedHashMap<>())
                            .put(definition, measured.mean(cell));
                }
            }
        }
        return table;
    }

    static List<String> fields(String line) {
        return Arrays.asList(line.split(",", -1));
    }

    static JsonNode axisValue(String field) {
        try {
            return DoubleNode.valueOf(Double.parseDouble(field));
        } catch (NumberFormatException e) {
            return TextNode.valueOf(field);
        }
    }

    List<Cell> cells() {
        return new ArrayList<>(means.sequencedKeySet());
    }

    boolean has(Cell cell) {
        return means.containsKey(cell);
    }

    /// The mean of a definition in a cell; NaN where there is none.
    double at(Cell cell, String definition) {
        return means.getOrDefault(cell, Collections.emptyNavigableMap())
                .getOrDefault(definition, Double.NaN);
    }
}
