package org.phasezoo.zoo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.phasezoo.metric.Value;
import org.phasezoo.study.Arrays;
import org.phasezoo.study.Tensor;
import org.phasezoo.suite.MemberRow;
import org.phasezoo.suite.Row;
import org.phasezoo.suite.SeriesRow;

/// A stored population. Opening it compares every file with the manifest's size and SHA-256 before
/// any is parsed. Weights are read when asked for; a reader holds no file open and may be used by
/// several threads.
public final class PopulationReader {
    private final Path folder;
    private final Manifest manifest;
    private final PopulationInfo info;
    private final List<MemberRow> members;
    private final SequencedMap<String, PopulationInfo.Planned> planned = new LinkedHashMap<>();
    private final TreeMap<String, List<WeightsFile.Place>> places = new TreeMap<>();

    private PopulationReader(Path folder, Manifest manifest) throws IOException {
        this.folder = folder;
        this.manifest = manifest;
        info = PopulationJson.parse(folder, manifest.json());
        info.members().forEach(member -> planned.put(member.id(), member));
        for (Manifest.Entry entry : manifest.files()) {
            if (entry.path().startsWith("weights-")) {
                for (WeightsFile.Place place : WeightsFile.places(folder.resolve(entry.path()))) {
                    places.computeIfAbsent(place.member(), _ -> new ArrayList<>()).add(place);
                }
            }
        }
        members = readMembers();
        if (probed()) {
            ProbeFiles.check(folder);
        }
    }

    /// Opens a population.
    ///
    /// @throws DamagedFile naming the file that is missing, differs from the manifest, or is not of
    ///   the format
    public static PopulationReader open(Path folder) throws IOException {
        return new PopulationReader(folder, Manifest.read(folder).verified(folder));
    }

    public Manifest manifest() {
        return manifest;
    }

    /// What the manifest says of the population; its models are left out, see [#model].
    public PopulationInfo info() {
        return info;
    }

    /// The members in plan order.
    public List<MemberRow> members() {
        return members;
    }

    /// The names of the checkpoints that are kept of a member, in the order of recording.
    public List<String> checkpoints(String memberId) {
        return places.getOrDefault(memberId, List.of()).stream()
                .map(WeightsFile.Place::checkpoint)
                .toList();
    }

    /// The weights of a member's checkpoint.
    ///
    /// @throws IllegalArgumentException when it has none of this name
    public Arrays weights(String memberId, String checkpoint) throws IOException {
        for (WeightsFile.Place place : places.getOrDefault(memberId, List.of())) {
            if (place.checkpoint().equals(checkpoint)) {
                return WeightsFile.weights(weightsFile(memberId), place);
            }
        }
        throw new IllegalArgumentException(
                "member "
                        + memberId
                        + " has no checkpoint \""
                        + checkpoint
                        + "\"; it has "
                        + checkpoints(memberId));
    }

    /// The inputs `(32, …)` of the probe.
    ///
    /// @throws IllegalArgumentException when the population has no probe: its members are no nets,
    ///   or none finished
    public Tensor probeInputs() throws IOException {
        return ProbeFiles.inputs(probeFile(ProbeFiles.INPUTS));
    }

    /// What the engine made of the probe's inputs with a member's checkpoint; empty where the
    /// member has no probe.
    public Optional<Tensor> probe(String memberId, String checkpoint) throws IOException {
        Path file = probeFile(ProbeFiles.OUTPUTS);
        for (WeightsFile.Place place : WeightsFile.places(file)) {
            if (place.member().equals(memberId) && place.checkpoint().equals(checkpoint)) {
                return Optional.of(ProbeFiles.outputs(file, place));
            }
        }
        return Optional.empty();
    }

    /// Whether the population has a probe.
    public boolean probed() {
        return manifest.files().stream().anyMatch(entry -> entry.path().equals(ProbeFiles.OUTPUTS));
    }

    private Path probeFile(String name) {
        if (!probed()) {
            throw new IllegalArgumentException(
                    "no probe in " + folder + ": no net there has finished");
        }
        return folder.resolve(name);
    }

    private Path weightsFile(String memberId) {
        return folder.resolve(PopulationWriter.weightsFile(member(memberId).architecture()));
    }

    private PopulationInfo.Planned member(String memberId) {
        PopulationInfo.Planned member = planned.get(memberId);
        if (member == null) {
            throw new IllegalArgumentException("no member " + memberId + " in " + folder);
        }
        return member;
    }

    /// Everything a member recorded, as it was given to the writer. For many members, ask
    /// [#records] once.
    public MemberRecord record(String memberId) throws IOException {
        return records().of(memberId);
    }

    /// The records of all members. Series and observables are read here, once; weights when a
    /// record is asked for.
    public PopulationWriter.Records records() throws IOException {
        TreeMap<String, List<MemberRecord.Point>> points = new TreeMap<>();
        for (SeriesRow s : series()) {
            points.computeIfAbsent(s.member(), _ -> new ArrayList<>())
                    .add(new MemberRecord.Point(s.definition(), s.step(), s.value()));
        }
        TreeMap<String, List<MemberRecord.Scalar>> scalars = new TreeMap<>();
        for (Row s : scalars()) {
            Value v = s.value();
            scalars.computeIfAbsent(s.members().getFirst(), _ -> new ArrayList<>())
                    .add(
                            new MemberRecord.Scalar(
                                    v.definition(), v.value(), v.seSample(), v.nSample()));
        }
        TreeMap<String, MemberRow> ends = new TreeMap<>();
        members.forEach(member -> ends.put(member.id(), member));
        return memberId -> {
            MemberRow end = ends.get(member(memberId).id());
            if (end == null) {
                throw new IllegalStateException("every planned member has a row");
            }
            List<MemberRecord.Kept> kept = new ArrayList<>();
            for (WeightsFile.Place place : places.getOrDefault(memberId, List.of())) {
                kept.add(
                        new MemberRecord.Kept(
                                place.checkpoint(),
                                place.update(),
                                WeightsFile.weights(weightsFile(memberId), place)));
            }
            return new MemberRecord(
                    end.outcome(),
                    end.reason(),
                    end.updates(),
                    points.getOrDefault(memberId, List.of()),
                    scalars.getOrDefault(memberId, List.of()),
                    kept);
        };
    }

    /// All points of all series, by member in plan order, then in the order of recording.
    public List<SeriesRow> series() throws IOException {
        List<SeriesRow> rows = new ArrayList<>();
        for (@Nullable Object[] row :
                FlatTable.read(folder.resolve("series.arrow"), PopulationWriter.SERIES)) {
            PopulationInfo.Planned member = member(text(row[0]));
            rows.add(
                    new SeriesRow(
                            info.population(),
                            member.id(),
                            member.seed(),
                            member.cell(),
                            text(row[2]),
                            whole(row[1]),
                            real(row[3])));
        }
        return List.copyOf(rows);
    }

    /// The scalar observables, as the rows of `measurements` that they become.
    public List<Row> scalars() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (@Nullable Object[] row :
                FlatTable.read(folder.resolve("observables.arrow"), PopulationWriter.SCALARS)) {
            PopulationInfo.Planned member = member(text(row[0]));
            double value = real(row[2]);
            String status = Double.isNaN(value) ? "undefined" : "ok";
            rows.add(
                    new Row(
                            info.population(),
                            "member",
                            List.of(member.id()),
                            member.seed().isPresent()
                                    ? List.of(member.seed().getAsInt())
                                    : List.of(),
                            member.cell(),
                            "",
                            new Value(
                                    text(row[1]),
                                    value,
                                    Double.NaN,
                                    0,
                                    real(row[3]),
                                    whole(row[4]),
                                    status,
                                    Double.NaN)));
        }
        return List.copyOf(rows);
    }

    /// What `model-<architecture>.json` says.
    public ObjectNode model(String architecture) throws IOException {
        return Json.read(folder.resolve("model-" + architecture + ".json"));
    }

    private List<MemberRow> readMembers() throws IOException {
        Path file = folder.resolve("members.arrow");
        List<@Nullable Object[]> rows = FlatTable.read(file, PopulationWriter.memberColumns(info));
        if (rows.size() != info.members().size()) {
            throw new DamagedFile(
                    file,
                    rows.size() + " members, where the manifest has " + info.members().size());
        }
        int after = 1 + info.axes().size();
        List<MemberRow> read = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            @Nullable Object[] row = rows.get(i);
            PopulationInfo.Planned member = info.members().get(i);
            if (!text(row[0]).equals(member.id())) {
                throw new DamagedFile(
                        file,
                        "row "
                                + i
                                + " is member "
                                + row[0]
                                + ", where the manifest has "
                                + member.id());
            }
            OptionalInt seed = member.seed();
            read.add(
                    new MemberRow(
                            member.id(),
                            member.cell(),
                            seed,
                            text(row[after + 1]),
                            text(row[after + 2]),
                            whole(row[after + 3]),
                            text(row[after + 4]),
                            row[after + 5] == null ? -1 : whole(row[after + 5])));
        }
        return List.copyOf(read);
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
