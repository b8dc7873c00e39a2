package org.phasezoo.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.SequencedSet;

/// A published table over the same axes as a figure, drawn beside it.
///
/// A figure names it as `baselines/grid.csv#value` or `baselines/grid.csv#value,phase`: a CSV file without quoted fields,
/// the column of the values, and the column of the published labels. The axes' columns have the axes' names, in camel or
/// snake case. A path without `#` is only cited.
record PublishedMap(String file, String value, String label) {
    /// What a figure's `published` names; empty columns where there is no `#`.
    static PublishedMap parse(String published) {
        int hash = published.indexOf('#');
        if (hash < 0) {
            return new PublishedMap(published, "", "");
        }
        String columns = published.substring(hash + 1);
        int comma = columns.indexOf(',');
        return comma < 0
                ? new PublishedMap(published.substring(0, hash), columns, "")
                : new PublishedMap(published.substring(0, hash), columns.substring(0, comma), columns.substring(comma + 1));
    }

    boolean drawn() {
        return !value.isEmpty();
    }

    /// The map of the table, in the manner of `ours`.
    ///
    /// @throws IllegalArgumentException when a column is missing
    HeatMap draw(String csv, HeatMap ours) {
        List<List<String>> lines = csv.lines().filter(l -> !l.isBlank()).map(l -> List.of(l.split(",", -1))).toList();
        if (lines.isEmpty()) {
            throw new IllegalArgumentException(file + ": empty, though a figure draws it");
        }
        List<String> header = lines.getFirst();
        int x = column(header, ours.columnAxis());
        int y = column(header, ours.rowAxis());
        int v = column(header, value);
        int phase = label.isEmpty() ? -1 : column(header, label);
        SequencedSet<String> columns = new LinkedHashSet<>();
        SequencedSet<String> rows = new LinkedHashSet<>();
        SequencedMap<String, Double> values = new LinkedHashMap<>();
        SequencedMap<String, HeatMap.Phase> phases = new LinkedHashMap<>();
        for (List<String> line : lines.subList(1, lines.size())) {
            columns.add(line.get(x));
            rows.add(line.get(y));
            String key = line.get(x) + ";" + line.get(y);
            values.put(key, value(line.get(v)));
            if (phase >= 0) {
                phases.put(key, new HeatMap.Phase(line.get(phase), 1));
            }
        }
        List<String> across = sorted(columns);
        boolean falling = ours.rows().size() > 1 && number(ours.rows().getFirst()) > number(ours.rows().getLast());
        List<String> up = falling ? sorted(rows).reversed() : sorted(rows);
        HeatMap.Phase none = new HeatMap.Phase("", Double.NaN);
        return new HeatMap(
                "Published: " + ours.quantity(),
                ours.quantity(),
                ours.columnAxis(),
                across,
                ours.rowAxis(),
                up,
                up.stream().map(r -> across.stream().map(c -> values.getOrDefault(c + ";" + r, Double.NaN)).toList()).toList(),
                ours.colouring(),
                phase < 0 ? List.of() : up.stream().map(r -> across.stream().map(c -> phases.getOrDefault(c + ";" + r, none)).toList()).toList(),
                "Source: " + file + ", column " + value + (label.isEmpty() ? "." : "; phases: column " + label + "."));
    }

    private int column(List<String> header, String name) {
        int at = header.indexOf(name);
        if (at < 0) {
            at = header.indexOf(snake(name));
        }
        if (at < 0) {
            throw new IllegalArgumentException(file + ": no column \"" + name + "\"; there are " + header);
        }
        return at;
    }

    /// What is empty or `nan` is missing.
    private static double value(String field) {
        return field.isEmpty() || field.equalsIgnoreCase("nan") ? Double.NaN : Double.parseDouble(field);
    }

    private static String snake(String camel) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < camel.length(); i++) {
            char c = camel.charAt(i);
            out.append(Character.isUpperCase(c) ? "_" + String.valueOf(c).toLowerCase(Locale.ROOT) : String.valueOf(c));
        }
        return out.toString();
    }

    private static List<String> sorted(SequencedSet<String> texts) {
        List<String> list = new ArrayList<>(texts);
        list.sort(java.util.Comparator.comparingDouble(PublishedMap::number));
        return list;
    }

    private static double number(String text) {
        return text.matches("-?[0-9.]+([eE][-+]?[0-9]+)?") ? Double.parseDouble(text) : Double.NaN;
    }
}
