package org.phasezoo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.phasezoo.document.Json;
import org.phasezoo.study.NetStudy;
import org.phasezoo.study.Probe;
import org.phasezoo.study.TrainingData;
import org.phasezoo.suite.Axis;
import org.phasezoo.suite.Member;
import org.phasezoo.suite.Plan;
import org.phasezoo.suite.Population;
import org.phasezoo.zoo.DamagedFile;
import org.phasezoo.zoo.Manifest;
import org.phasezoo.zoo.MemberRecord;
import org.phasezoo.zoo.PopulationInfo;
import org.phasezoo.zoo.PopulationReader;
import org.phasezoo.zoo.PopulationWriter;
import org.phasezoo.zoo.Unfinished;
import org.phasezoo.zoo.WorkLog;

/// One population of a plan on its way to the disk: what is missing, the tasks that give it, the
/// assembly.
final class PopulationStage {
    private final Plan.Part part;
    private final Path folder;
    private final Path parts;

    PopulationStage(Plan.Part part, Path folder) {
        this.part = part;
        this.folder = folder;
        this.parts = folder.resolve("parts");
    }

    Path folder() {
        return folder;
    }

    Plan.Part part() {
        return part;
    }

    /// Whether the population stands on the disk as it is planned. Its files are verified by
    /// whoever reads them.
    boolean stands() throws IOException {
        if (!Manifest.complete(folder)) {
            return false;
        }
        ObjectNode json = Manifest.read(folder).json();
        List<String> ids = new ArrayList<>();
        json.path("members").forEach(member -> ids.add(member.path("id").asText()));
        return ids.equals(part.members().stream().map(Member::id).toList())
                && Json.canonical(json.path("study"))
                        .equals(Json.canonical(part.population().settings()))
                && json.path("population").asText().equals(part.population().name());
    }

    /// How many members are finished: in the work log, or all when the population stands.
    int finished() throws IOException {
        if (stands()) {
            return part.members().size();
        }
        WorkLog log = WorkLog.read(parts);
        int count = 0;
        for (Member member : part.members()) {
            count += log.contains(member.id()) ? 1 : 0;
        }
        return count;
    }

    /// The members that still have to be run. Those that another population at home already has are
    /// taken from there.
    List<MemberTask> missing(AtHome atHome) throws IOException {
        WorkLog log = WorkLog.read(parts);
        List<MemberTask> tasks = new ArrayList<>();
        try (Workers.Logs taken = new Workers.Logs("taken")) {
            for (Member member : part.members()) {
                if (log.contains(member.id())) {
                    continue;
                }
                Optional<MemberRecord> stored = atHome.record(member.id());
                if (stored.isPresent()) {
                    taken.append(parts, member.id(), 0, stored.get().encode());
                } else {
                    tasks.add(new MemberTask(member, parts, begun(log, member.id())));
                }
            }
        }
        return tasks;
    }

    private static Optional<Unfinished> begun(WorkLog log, String id) throws IOException {
        String checkpoint = WorkLog.unfinished(id);
        return log.contains(checkpoint)
                ? Optional.of(Unfinished.decode(log.payload(checkpoint)))
                : Optional.empty();
    }

    /// Writes the population from the work log.
    void assemble() throws IOException {
        WorkLog log = WorkLog.read(parts);
        PopulationWriter.assemble(
                folder, info(), id -> MemberRecord.decode(log.payload(id)), probes(), data());
    }

    /// Each member's probe. Members come in plan order, so that only the last architecture's
    /// program is kept.
    private PopulationWriter.Probes probes() {
        SequencedMap<String, NetStudy> nets = new TreeMap<>();
        for (Member member : part.members()) {
            if (member.cell().study() instanceof NetStudy net) {
                nets.put(member.id(), net);
            }
        }
        ArchitectureNames names = ArchitectureNames.of(part.population());
        SequencedMap<String, Optional<Probe>> last = new LinkedHashMap<>();
        return id -> {
            NetStudy net = nets.get(id);
            if (net == null) {
                return Optional.empty();
            }
            String name = names.of(net);
            if (!last.containsKey(name)) {
                last.clear();
            }
            return last.computeIfAbsent(name, _ -> net.probe());
        };
    }

    private PopulationWriter.Data data() {
        SequencedMap<String, TrainingData.Source> sources = new TreeMap<>();
        for (Member member : part.members()) {
            if (member.cell().study() instanceof NetStudy net) {
                net.data(member.run()).ifPresent(source -> sources.put(member.id(), source));
            }
        }
        return id -> Optional.ofNullable(sources.get(id));
    }

    /// What a kill between manifest and clean-up left.
    void tidy() throws IOException {
        WorkLog.remove(parts);
    }

    PopulationReader open() throws IOException {
        return PopulationReader.open(folder);
    }

    private PopulationInfo info() throws DamagedFile {
        Population population = part.population();
        List<PopulationInfo.Axis> axes = new ArrayList<>();
        for (Axis axis : population.axes()) {
            axes.add(
                    new PopulationInfo.Axis(
                            axis.name(), axis.at(), axis.role().name().toLowerCase(Locale.ROOT)));
        }
        List<PopulationInfo.Planned> members = new ArrayList<>();
        SequencedMap<String, ObjectNode> models = new LinkedHashMap<>();
        ArchitectureNames names = ArchitectureNames.of(population);
        for (Member member : part.members()) {
            String architecture = "state";
            if (member.cell().study() instanceof NetStudy net) {
                architecture = names.of(net);
                models.computeIfAbsent(architecture, _ -> net.model());
            }
            members.add(
                    new PopulationInfo.Planned(
                            member.id(),
                            member.cell().values(),
                            member.seed(),
                            member.cell().revisions(),
                            architecture));
        }
        ObjectNode settings =
                population.settings() instanceof ObjectNode object
                        ? object
                        : JsonNodeFactory.instance.objectNode();
        return new PopulationInfo(
                population.name(),
                settings,
                axes,
                population.stream(),
                population.shares(),
                members,
                models);
    }
}
