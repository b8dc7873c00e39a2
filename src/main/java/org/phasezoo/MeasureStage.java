package org.phasezoo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.phasezoo.document.Digest;
import org.phasezoo.document.Json;
import org.phasezoo.metric.Curve;
import org.phasezoo.metric.Measured;
import org.phasezoo.metric.Value;
import org.phasezoo.suite.Axis;
import org.phasezoo.suite.CurveRow;
import org.phasezoo.suite.Measure;
import org.phasezoo.suite.MeasureTask;
import org.phasezoo.suite.Member;
import org.phasezoo.suite.MemberRow;
import org.phasezoo.suite.Plan;
import org.phasezoo.suite.Row;
import org.phasezoo.zoo.Manifest;
import org.phasezoo.zoo.MeasuredRecord;
import org.phasezoo.zoo.MeasuresInfo;
import org.phasezoo.zoo.MeasuresReader;
import org.phasezoo.zoo.MeasuresWriter;
import org.phasezoo.zoo.PopulationReader;
import org.phasezoo.zoo.WorkLog;

/// The layer of measures over one stored population: what is missing, the tasks that give it, the
/// assembly.
final class MeasureStage {
    private final Plan.Part part;
    private final List<Measure> measures;
    private final Path population;
    private final Path folder;
    private final Path parts;
    private final PopulationReader reader;
    private final SequencedMap<String, MemberRow> members = new TreeMap<>();

    /// @param measures the suite's metrics of this population
    MeasureStage(Plan.Part part, List<Measure> measures, Path population, PopulationReader reader) {
        this.part = part;
        this.measures = measures;
        this.population = population;
        this.folder = population.resolve("measures");
        this.parts = folder.resolve("parts");
        this.reader = reader;
        reader.members().forEach(member -> members.put(member.id(), member));
    }

    Path folder() {
        return folder;
    }

    PopulationReader population() {
        return reader;
    }

    /// Whether the layer stands on the disk over this very population.
    boolean stands() throws IOException {
        if (!Manifest.complete(folder)) {
            return false;
        }
        ObjectNode json = Manifest.read(folder).json();
        MeasuresInfo info = info();
        return json.path("populationManifest").asText().equals(info.populationManifest())
                && Json.canonical(json.path("settings")).equals(Json.canonical(info.settings()));
    }

    /// The tasks that have no result yet.
    List<NetTask> missing() throws IOException {
        WorkLog log = WorkLog.read(parts);
        List<NetTask> tasks = new ArrayList<>();
        NetTask.Works works = new NetTask.Works(reader);
        for (MeasureTask task : part.tasks()) {
            if (!log.contains(task.id()) && measurable(task)) {
                tasks.add(new NetTask(task, parts, reader, works.of(task)));
            }
        }
        return tasks;
    }

    private boolean measurable(MeasureTask task) {
        for (Member member : task.members()) {
            MemberRow row = members.get(member.id());
            boolean finished = row != null && row.outcome().equals("finished");
            if (!finished
                    || !reader.checkpoints(member.id()).contains(task.measure().checkpoint())) {
                return false;
            }
        }
        return !task.members().isEmpty();
    }

    /// Writes the layer: the scalars that members recorded, then what the metrics found, in plan
    /// order. Where a member diverged the metrics are `undefined`.
    void assemble() throws IOException {
        WorkLog log = WorkLog.read(parts);
        List<Row> rows = new ArrayList<>(reader.scalars());
        List<CurveRow> curves = new ArrayList<>();
        for (MeasureTask task : part.tasks()) {
            if (!measurable(task)) {
                for (String definition : task.measure().metric().definitions()) {
                    rows.add(row(task, Value.exact(definition, Double.NaN)));
                }
                continue;
            }
            Measured measured = MeasuredRecord.decode(log.payload(task.id())).measured();
            for (Value value : measured.values()) {
                rows.add(row(task, value));
            }
            for (Curve curve : measured.curves()) {
                Row place = row(task, Value.exact(curve.definition(), 0));
                curves.add(
                        new CurveRow(
                                place.population(),
                                place.subject(),
                                place.members(),
                                place.seeds(),
                                place.cell(),
                                place.checkpoint(),
                                curve));
            }
        }
        MeasuresWriter.assemble(folder, info(), reader.members(), rows, curves);
    }

    private Row row(MeasureTask task, Value value) {
        String subject = task.measure().metric().subject().name().toLowerCase(Locale.ROOT);
        List<Member> named = subject.equals("cell") ? List.of() : task.members();
        return new Row(
                part.population().name(),
                subject,
                named.stream().map(Member::id).toList(),
                named.stream()
                        .filter(m -> m.seed().isPresent())
                        .map(m -> m.seed().getAsInt())
                        .toList(),
                task.cell().values(),
                task.measure().checkpoint(),
                value);
    }

    SequencedMap<String, Integer> revisions() {
        return part.population().revisions();
    }

    /// SHA-256 of the population's manifest.
    String populationDigest() throws IOException {
        return Digest.of(Files.readAllBytes(population.resolve(Manifest.NAME)));
    }

    /// SHA-256 of the layer's manifest.
    String digest() throws IOException {
        return Digest.of(Files.readAllBytes(folder.resolve(Manifest.NAME)));
    }

    void tidy() throws IOException {
        WorkLog.remove(parts);
    }

    MeasuresReader open() throws IOException {
        return MeasuresReader.open(folder, reader.members());
    }

    private MeasuresInfo info() throws IOException {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        ArrayNode list = settings.putArray("measures");
        for (Measure measure : measures) {
            ObjectNode one = list.addObject();
            one.put("checkpoint", measure.checkpoint());
            one.set("metric", measure.settings());
            ObjectNode shares = one.putObject("shares");
            measure.shares()
                    .forEach((purpose, names) -> names.forEach(shares.putArray(purpose)::add));
        }
        return new MeasuresInfo(
                part.population().name(),
                part.population().axes().stream().map(Axis::name).toList(),
                settings,
                revisions(),
                populationDigest());
    }
}
