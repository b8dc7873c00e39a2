package org.phasezoo.zoo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.phasezoo.study.Probe;
import org.phasezoo.study.TrainingData;

/// Turns the records of a population's members into its files. Every file appears whole; the
/// manifest comes last.
public final class PopulationWriter {
    static final List<FlatTable.Column> SERIES =
            List.of(
                    new FlatTable.Column("member", FlatTable.Kind.TEXT),
                    new FlatTable.Column("step", FlatTable.Kind.WHOLE),
                    new FlatTable.Column("observable", FlatTable.Kind.TEXT),
                    new FlatTable.Column("value", FlatTable.Kind.REAL));
    static final List<FlatTable.Column> SCALARS =
            List.of(
                    new FlatTable.Column("member", FlatTable.Kind.TEXT),
                    new FlatTable.Column("observable", FlatTable.Kind.TEXT),
                    new FlatTable.Column("value", FlatTable.Kind.REAL),
                    new FlatTable.Column("se_sample", FlatTable.Kind.REAL),
                    new FlatTable.Column("n_sample", FlatTable.Kind.WHOLE));
    private static final int MOST_ARCHITECTURES = 32;

    private final Path folder;
    private final PopulationInfo info;
    private final Records records;
    private final List<String> files = new ArrayList<>();

    /// Where the records of members come from: a work log, or a population that has them already.
    /// Asked for each member more than once.
    @FunctionalInterface
    public interface Records {
        /// The record of a member.
        MemberRecord of(String memberId) throws IOException;
    }

    /// Where the probes of nets come from.
    @FunctionalInterface
    public interface Probes {
        /// The probe of a member; empty when it is no net.
        Optional<Probe> of(String memberId);
    }

    /// Where what nets were trained on comes from.
    @FunctionalInterface
    public interface Data {
        /// The training data of a member; empty when it is no net.
        Optional<TrainingData.Source> of(String memberId);
    }

    private PopulationWriter(Path folder, PopulationInfo info, Records records) {
        this.folder = folder;
        this.info = info;
        this.records = records;
    }

    /// Writes `members`, `series`, `observables`, `weights-*`, `model-*`, `data*`, `splits`,
    /// `probe*` and the manifest, reading the records in plan order, one at a time, then removes
    /// `parts/`.
    ///
    /// @throws IllegalArgumentException when tensors differ inside an architecture, or there are
    ///   more than 32 of them
    public static void assemble(
            Path folder, PopulationInfo info, Records records, Probes probes, Data data)
            throws IOException {
        Files.createDirectories(folder);
        Files.deleteIfExists(folder.resolve(Manifest.NAME));
        new PopulationWriter(folder, info, records).assemble(probes, data);
        WorkLog.remove(folder.resolve("parts"));
    }

    private void assemble(Probes probes, Data data) throws IOException {
        SequencedMap<String, List<PopulationInfo.Planned>> architectures = new LinkedHashMap<>();
        for (PopulationInfo.Planned member : info.members()) {
            architectures
                    .computeIfAbsent(member.architecture(), _ -> new ArrayList<>())
                    .add(member);
        }
        if (architectures.size() > MOST_ARCHITECTURES) {
            throw new IllegalArgumentException(
                    architectures.size()
                            + " architectures; a population holds at most "
                            + MOST_ARCHITECTURES);
        }
        TreeMap<String, Long> firstRows = new TreeMap<>();
        List<String> weights = new ArrayList<>();
        for (var architecture : architectures.entrySet()) {
            String file = weightsFile(architecture.getKey());
            if (weights(file, architecture.getValue(), firstRows)) {
                weights.add(file);
            }
        }
        members(firstRows);
        observed();
        files.addAll(weights);
        for (var model : info.models().entrySet()) {
            String file = "model-" + model.getKey() + ".json";
            Staged.write(
                    folder.resolve(file),
                    Json.lines(model.getValue()).getBytes(StandardCharsets.UTF_8));
            files.add(file);
        }
        files.addAll(DataFiles.write(folder, info, data));
        if (ProbeFiles.write(folder, info, records, probes)) {
            files.add(ProbeFiles.INPUTS);
            files.add(ProbeFiles.OUTPUTS);
        }
        Manifest.write(folder, PopulationJson.of(info), files);
    }

    static String weightsFile(String architecture) {
        return "weights-" + architecture + ".arrow";
    }

    /// Writes an architecture's weights and notes each member's first row; false when no member
    /// kept any.
    private boolean weights(
            String file, List<PopulationInfo.Planned> members, TreeMap<String, Long> firstRows)
            throws IOException {
        PopulationInfo.@Nullable Planned first = null;
        for (PopulationInfo.Planned member : members) {
            if (!records.of(member.id()).checkpoints().isEmpty()) {
                first = member;
                break;
            }
        }
        if (first == null) {
            return false;
        }
        var shapes = records.of(first.id()).checkpoints().getFirst().weights();
        Staged.write(
                folder.resolve(file),
                beside -> {
                    long row = 0;
                    try (WeightsFile.Writer out = new WeightsFile.Writer(beside, shapes)) {
                        for (PopulationInfo.Planned member : members) {
                            List<MemberRecord.Kept> kept = records.of(member.id()).checkpoints();
                            if (!kept.isEmpty()) {
                                firstRows.put(member.id(), row);
                            }
                            for (MemberRecord.Kept checkpoint : kept) {
                                out.add(member.id(), checkpoint);
                                row++;
                            }
                        }
                    }
                });
        return true;
    }

    static List<FlatTable.Column> memberColumns(PopulationInfo info) {
        List<FlatTable.Column> columns = new ArrayList<>();
        columns.add(new FlatTable.Column("id", FlatTable.Kind.TEXT));
        List<SequencedMap<String, JsonNode>> cells =
                info.members().stream().map(PopulationInfo.Planned::cell).toList();
        for (PopulationInfo.Axis axis : info.axes()) {
            columns.add(Cells.column(axis.name(), cells));
        }
        columns.add(new FlatTable.Column("seed", FlatTable.Kind.WHOLE));
        columns.add(new FlatTable.Column("outcome", FlatTable.Kind.TEXT));
        columns.add(new FlatTable.Column("reason", FlatTable.Kind.TEXT));
        columns.add(new FlatTable.Column("updates", FlatTable.Kind.WHOLE));
        columns.add(new FlatTable.Column("weights_file", FlatTable.Kind.TEXT));
        columns.add(new FlatTable.Column("weights_row", FlatTable.Kind.WHOLE));
        return columns;
    }

    private void members(TreeMap<String, Long> firstRows) throws IOException {
        List<FlatTable.Column> columns = memberColumns(info);
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (PopulationInfo.Planned member : info.members()) {
            MemberRecord record = records.of(member.id());
            List<@Nullable Object> row = new ArrayList<>();
            row.add(member.id());
            for (int a = 0; a < info.axes().size(); a++) {
                row.add(
                        Cells.field(
                                Cells.value(member.cell(), info.axes().get(a).name()),
                                columns.get(1 + a).kind()));
            }
            OptionalInt seed = member.seed();
            row.add(seed.isPresent() ? (Long) (long) seed.getAsInt() : null);
            row.add(record.outcome());
            row.add(record.reason());
            row.add(record.updates());
            Long first = firstRows.get(member.id());
            row.add(first == null ? "" : weightsFile(member.architecture()));
            row.add(first);
            rows.add(row.toArray());
        }
        Staged.write(
                folder.resolve("members.arrow"), beside -> FlatTable.write(beside, columns, rows));
        Staged.write(
                folder.resolve("members.csv"), csv(columns, rows).getBytes(StandardCharsets.UTF_8));
        files.add("members.arrow");
        files.add("members.csv");
    }

    static String csv(List<FlatTable.Column> columns, List<@Nullable Object[]> rows) {
        List<List<String>> text = new ArrayList<>();
        for (@Nullable Object[] row : rows) {
            List<String> line = new ArrayList<>();
            for (Object field : row) {
                line.add(
                        field == null
                                ? ""
                                : field instanceof Double real
                                        ? Numbers.text(real)
                                        : field.toString());
            }
            text.add(line);
        }
        return new Csv(columns.stream().map(FlatTable.Column::name).toList(), text).text();
    }

    private void observed() throws IOException {
        Staged.write(
                folder.resolve("series.arrow"),
                beside -> {
                    try (FlatTable.Writer out = new FlatTable.Writer(beside, SERIES)) {
                        for (PopulationInfo.Planned member : info.members()) {
                            for (MemberRecord.Point p : records.of(member.id()).series()) {
                                out.row(member.id(), p.step(), p.definition(), p.value());
                            }
                        }
                    }
                });
        Staged.write(
                folder.resolve("observables.arrow"),
                beside -> {
                    try (FlatTable.Writer out = new FlatTable.Writer(beside, SCALARS)) {
                        for (PopulationInfo.Planned member : info.members()) {
                            for (MemberRecord.Scalar s : records.of(member.id()).scalars()) {
                                out.row(
                                        member.id(),
                                        s.definition(),
                                        s.value(),
                                        s.seSample(),
                                        s.nSample());
                            }
                        }
                    }
                });
        files.add("series.arrow");
        files.add("observables.arrow");
    }
}
