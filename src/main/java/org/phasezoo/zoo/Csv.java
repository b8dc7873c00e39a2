package org.phasezoo.zoo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// A table of text with named columns: RFC 4180 in UTF-8, LF at the end of every line (CRLF is read
/// too), a field in quotes only where it must be.
public record Csv(List<String> columns, List<List<String>> rows) {
    public Csv {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).size() != columns.size()) {
                throw new IllegalArgumentException(
                        "row "
                                + (i + 1)
                                + " has "
                                + rows.get(i).size()
                                + " fields and the header "
                                + columns.size());
            }
        }
    }

    /// Reads a file; `DamagedFile` names it and the line that is wrong.
    public static Csv read(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        try {
            return parse(text);
        } catch (IllegalArgumentException e) {
            throw new DamagedFile(file, String.valueOf(e.getMessage()));
        }
    }

    /// The table that a text stands for.
    ///
    /// @throws IllegalArgumentException naming the line, when a row has another number of fields
    ///   than the header, a quote stands where none may, a column's name repeats, or there is no
    ///   header
    public static Csv parse(String text) {
        Parser parser = new Parser(text);
        List<List<String>> lines = parser.lines();
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("line 1: no header");
        }
        List<String> header = lines.getFirst();
        for (int i = 0; i < header.size(); i++) {
            if (header.indexOf(header.get(i)) != i) {
                throw new IllegalArgumentException(
                        "line 1: column \"" + header.get(i) + "\" stands twice");
            }
        }
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i).size() != header.size()) {
                throw new IllegalArgumentException(
                        "line "
                                + parser.lineOf(i)
                                + ": "
                                + lines.get(i).size()
                                + " fields; the header has "
                                + header.size());
            }
        }
        return new Csv(header, lines.subList(1, lines.size()));
    }

    /// The column's place.
    ///
    /// @throws IllegalArgumentException when there is none of this name
    public int column(String name) {
        int index = columns.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("no column \"" + name + "\"; there are " + columns);
        }
        return index;
    }

    /// The rows as maps from column to text, in column order.
    public List<SequencedMap<String, String>> records() {
        List<SequencedMap<String, String>> records = new ArrayList<>();
        for (List<String> row : rows) {
            SequencedMap<String, String> map = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                map.put(columns.get(i), row.get(i));
            }
            records.add(Collections.unmodifiableSequencedMap(map));
        }
        return records;
    }

    /// The table as text.
    public String text() {
        StringBuilder out = new StringBuilder();
        line(out, columns);
        for (List<String> row : rows) {
            line(out, row);
        }
        return out.toString();
    }

    private static void line(StringBuilder out, List<String> fields) {
        for (int i = 0; i < fields.size(); i++) {
            String field = fields.get(i);
            boolean alone = fields.size() == 1 && field.isEmpty();
            boolean quoted =
                    alone
                            || field.indexOf(',') >= 0
                            || field.indexOf('"') >= 0
                            || field.indexOf('\n') >= 0
                            || field.indexOf('\r') >= 0;
            out.append(i > 0 ? "," : "")
                    .append(quoted ? '"' + field.replace("\"", "\"\"") + '"' : field);
        }
        out.append('\n');
    }

    /// One pass over the text.
    private static final class Parser {
        private final String text;
        private final List<Integer> starts = new ArrayList<>();
        private int at;
        private int line = 1;

        Parser(String text) {
            this.text = text;
        }

        int lineOf(int row) {
            return starts.get(row);
        }

        List<List<String>> lines() {
            List<List<String>> lines = new ArrayList<>();
            while (at < text.length()) {
                starts.add(line);
                lines.add(row());
            }
            return lines;
        }

        private List<String> row() {
            List<String> fields = new ArrayList<>();
            while (true) {
                fields.add(at < text.length() && text.charAt(at) == '"' ? quoted() : bare());
                if (at < text.length() && text.charAt(at) == ',') {
                    at++;
                    continue;
                }
                if (at < text.length() && text.charAt(at) == '\r') {
                    at++;
                }
                if (at < text.length()) {
                    if (text.charAt(at) != '\n') {
                        throw new IllegalArgumentException(
                                "line "
                                        + line
                                        + ": text after a closing quote or a lone carriage return");
                    }
                    at++;
                    line++;
                }
                return fields;
            }
        }

        private String bare() {
            int from = at;
            while (at < text.length() && ",\n\r\"".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            if (at < text.length() && text.charAt(at) == '"') {
                throw new IllegalArgumentException(
                        "line " + line + ": a quote inside a field without quotes");
            }
            return text.substring(from, at);
        }

        private String quoted() {
            int opened = line;
            StringBuilder field = new StringBuilder();
            at++;
            while (at < text.length()) {
                char c = text.charAt(at++);
                if (c != '"') {
                    line += c == '\n' ? 1 : 0;
                    field.append(c);
                } else if (at < text.length() && text.charAt(at) == '"') {
                    at++;
                    field.append('"');
                } else {
                    return field.toString();
                }
            }
            throw new IllegalArgumentException("line " + opened + ": a quote is never closed");
        }
    }
}
