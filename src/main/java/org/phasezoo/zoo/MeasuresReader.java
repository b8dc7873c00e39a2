package org.phasezoo.zoo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.phasezoo.metric.Curve;
import org.phasezoo.metric.Value;
import org.phasezoo.suite.CurveRow;
import org.phasezoo.suite.MemberRow;
import org.phasezoo.suite.Row;

/// A stored layer of measures. Opening it compares every file with the manifest's size and SHA-256
/// before any is parsed.
public final class MeasuresReader {
    static final String SCHEMA = "phasezoo.measures.v1";

    private final Path folder;
    private final Manifest manifest;
    private final String population;
    private final SequencedMap<String, MemberRow> members = new LinkedHashMap<>();
    private final SequencedMap<String, SequencedMap<String, JsonNode>> cells =
            new LinkedHashMap<>();

    private MeasuresReader(Path folder, Manifest manifest, List<MemberRow> members) {
        this.folder = folder;
        this.manifest = manifest;
        population = manifest.json().path("population").asText();
        for (MemberRow member : members) {
            this.members.put(member.id(), member);
            cells.putIfAbsent(Cells.text(member.cell()), member.cell());
        }
    }

    /// Opens the measures of a population that has these members.
    ///
    /// @throws DamagedFile naming the file that is missing, differs from the manifest, or is not of
    ///   the format
    public static MeasuresReader open(Path folder, List<MemberRow> members) throws IOException {
        Manifest manifest = Manifest.read(folder).verified(folder);
        if (!manifest.json().path("schema").asText().equals(SCHEMA)) {
            throw new DamagedFile(
                    folder.resolve(Manifest.NAME),
                    "not a manifest of measures (schema " + SCHEMA + ")");
        }
        return new MeasuresReader(folder, manifest, members);
    }

    public Manifest manifest() {
        return manifest;
    }

    /// The rows of `measurements.arrow`.
    public List<Row> rows() throws IOException {
        Path file = folder.resolve("measurements.arrow");
        List<Row> rows = new ArrayList<>();
        for (@Nullable Object[] f : FlatTable.read(file, MeasuresWriter.MEASUREMENTS)) {
            List<MemberRow> of = subjects(file, f);
            Value value =
                    new Value(
                            text(f[5]),
                            real(f[6]),
                            real(f[7]),
                            whole(f[8]),
                            real(f[9]),
                            whole(f[10]),
                            text(f[11]),
                            real(f[12]));
            rows.add(
                    new Row(
                            population,
                            text(f[0]),
                            ids(of),
                            seeds(of),
                            cell(file, f),
                            text(f[4]),
                            value));
        }
        return List.copyOf(rows);
    }

    /// The curves of `curves.arrow`.
    public List<CurveRow> curves() throws IOException {
        Path file = folder.resolve("curves.arrow");
        List<CurveRow> curves = new ArrayList<>();
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        List<@Nullable Object[]> points = FlatTable.read(file, MeasuresWriter.CURVES);
        for (int i = 0; i < points.size(); i++) {
            @Nullable Object[] f = points.get(i);
            x.add(real(f[6]));
            y.add(real(f[7]));
            if (i + 1 == points.size() || !key(points.get(i + 1)).equals(key(f))) {
                List<MemberRow> of = subjects(file, f);
                curves.add(
                        new CurveRow(
                                population,
                                text(f[0]),
                                ids(of),
                                seeds(of),
                                cell(file, f),
                                text(f[4]),
                                new Curve(text(f[5]), x, y)));
                x.clear();
                y.clear();
            }
        }
        return List.copyOf(curves);
    }

    private static List<String> key(@Nullable Object[] f) {
        return List.of(text(f[0]), text(f[1]), text(f[2]), text(f[3]), text(f[4]), text(f[5]));
    }

    private List<MemberRow> subjects(Path file, @Nullable Object[] f) throws DamagedFile {
        List<MemberRow> of = new ArrayList<>();
        for (String id : List.of(text(f[1]), text(f[2]))) {
            if (!id.isEmpty()) {
                MemberRow member = members.get(id);
                if (member == null) {
                    throw new DamagedFile(file, "member " + id + " is not of this population");
                }
                of.add(member);
            }
        }
        return of;
    }

    private SequencedMap<String, JsonNode> cell(Path file, @Nullable Object[] f)
            throws DamagedFile {
        SequencedMap<String, JsonNode> cell = cells.get(text(f[3]));
        if (cell == null) {
            throw new DamagedFile(file, "cell \"" + text(f[3]) + "\" is not of this population");
        }
        return cell;
    }

    private static List<String> ids(List<MemberRow> members) {
        return members.stream().map(MemberRow::id).toList();
    }

    private static List<Integer> seeds(List<MemberRow> members) {
        return members.stream()
                .filter(m -> m.seed().isPresent())
                .map(m -> m.seed().getAsInt())
                .toList();
    }

    private static String text(@Nullable Object field) {
        return field == null ? "" : (String) field;
    }

    private static long whole(@Nullable Object field) {
        return field == null ? 0 : (Long) field;
    }

    private static double real(@Nullable Object field) {
        return field == null ? Double.NaN : (Double) field;
    }
}
