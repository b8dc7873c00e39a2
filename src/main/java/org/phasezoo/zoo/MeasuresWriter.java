package org.phasezoo.zoo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import org.phasezoo.metric.Value;
import org.phasezoo.suite.CurveRow;
import org.phasezoo.suite.MemberRow;
import org.phasezoo.suite.Row;

/// Turns what the metrics found into a layer of measures: `measurements`, `curves`, `cells.csv`,
/// the manifest last.
public final class MeasuresWriter {
    static final List<FlatTable.Column> MEASUREMENTS =
            List.of(
                    new FlatTable.Column("subject", FlatTable.Kind.TEXT),
                    new FlatTable.Column("a", FlatTable.Kind.TEXT),
                    new FlatTable.Column("b", FlatTable.Kind.TEXT),
                    new FlatTable.Column("cell", FlatTable.Kind.TEXT),
                    new FlatTable.Column("checkpoint", FlatTable.Kind.TEXT),
                    new FlatTable.Column("definition", FlatTable.Kind.TEXT),
                    new FlatTable.Column("value", FlatTable.Kind.REAL),
                    new FlatTable.Column("se_estimator", FlatTable.Kind.REAL),
                    new FlatTable.Column("n_estimator", FlatTable.Kind.WHOLE),
                    new FlatTable.Column("se_sample", FlatTable.Kind.REAL),
                    new FlatTable.Column("n_sample", FlatTable.Kind.WHOLE),
                    new FlatTable.Column("status", FlatTable.Kind.TEXT),
                    new FlatTable.Column("residual", FlatTable.Kind.REAL));
    static final List<FlatTable.Column> CURVES =
            List.of(
                    new FlatTable.Column("subject", FlatTable.Kind.TEXT),
                    new FlatTable.Column("a", FlatTable.Kind.TEXT),
                    new FlatTable.Column("b", FlatTable.Kind.TEXT),
                    new FlatTable.Column("cell", FlatTable.Kind.TEXT),
                    new FlatTable.Column("checkpoint", FlatTable.Kind.TEXT),
                    new FlatTable.Column("definition", FlatTable.Kind.TEXT),
                    new FlatTable.Column("x", FlatTable.Kind.REAL),
                    new FlatTable.Column("y", FlatTable.Kind.REAL));

    private MeasuresWriter() {}

    /// Writes the layer, then removes its `parts/`.
    ///
    /// @param members the population's, in plan order: they give the order of the cells
    /// @throws IllegalArgumentException when one curve of one subject is given twice
    public static void assemble(
            Path folder,
            MeasuresInfo info,
            List<MemberRow> members,
            List<Row> rows,
            List<CurveRow> curves)
            throws IOException {
        Files.createDirectories(folder);
        Files.deleteIfExists(folder.resolve(Manifest.NAME));
        List<@Nullable Object[]> measurements = rows.stream().map(MeasuresWriter::fields).toList();
        Staged.write(
                folder.resolve("measurements.arrow"),
                f -> FlatTable.write(f, MEASUREMENTS, measurements));
        text(folder, "measurements.csv", PopulationWriter.csv(MEASUREMENTS, measurements));
        Staged.write(
                folder.resolve("curves.arrow"), f -> FlatTable.write(f, CURVES, points(curves)));
        text(folder, "cells.csv", CellTable.of(info.axes(), members, rows).text());
        Manifest.write(
                folder,
                manifest(info, rows, curves),
                List.of("measurements.arrow", "measurements.csv", "curves.arrow", "cells.csv"));
        WorkLog.remove(folder.resolve("parts"));
    }

    private static void text(Path folder, String name, String text) throws IOException {
        Staged.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode manifest(MeasuresInfo info, List<Row> rows, List<CurveRow> curves) {
        ObjectNode json =
                Json.object()
                        .put("schema", MeasuresReader.SCHEMA)
                        .put("population", info.population());
        json.put("populationManifest", info.populationManifest());
        info.axes().forEach(json.putArray("axes")::add);
        json.set("settings", info.settings());
        ObjectNode revisions = json.putObject("revisions");
        info.revisions().forEach(revisions::put);
        SequencedSet<String> definitions = new LinkedHashSet<>();
        rows.forEach(row -> definitions.add(row.value().definition()));
        curves.forEach(row -> definitions.add(row.curve().definition()));
        definitions.forEach(json.putArray("definitions")::add);
        return json;
    }

    private static @Nullable Object[] fields(Row row) {
        Value v = row.value();
        return new Object[] {
            row.subject(),
            member(row.members(), 0),
            member(row.members(), 1),
            Cells.text(row.cell()),
            row.checkpoint(),
            v.definition(),
            real(v.value()),
            real(v.seEstimator()),
            count(v.nEstimator()),
            real(v.seSample()),
            count(v.nSample()),
            v.status(),
            real(v.residual())
        };
    }

    private static List<@Nullable Object[]> points(List<CurveRow> curves) {
        List<@Nullable Object[]> points = new ArrayList<>();
        SequencedMap<List<String>, CurveRow> seen = new LinkedHashMap<>();
        for (CurveRow row : curves) {
            String cell = Cells.text(row.cell());
            String a = member(row.members(), 0);
            String b = member(row.members(), 1);
            String definition = row.curve().definition();
            if (seen.put(List.of(row.subject(), a, b, cell, row.checkpoint(), definition), row)
                    != null) {
                throw new IllegalArgumentException(
                        "the curve "
                                + definition
                                + " of "
                                + cell
                                + " "
                                + a
                                + " "
                                + b
                                + " is given twice");
            }
            for (int i = 0; i < row.curve().x().size(); i++) {
                points.add(
                        new Object[] {
                            row.subject(),
                            a,
                            b,
                            cell,
                            row.checkpoint(),
                            definition,
                            row.curve().x().get(i),
                            row.curve().y().get(i)
                        });
            }
        }
        return points;
    }

    private static String member(List<String> members, int index) {
        return index < members.size() ? members.get(index) : "";
    }

    private static @Nullable Double real(double value) {
        return Double.isNaN(value) ? null : (Double) value;
    }

    private static @Nullable Long count(long n) {
        return n == 0 ? null : (Long) n;
    }
}
