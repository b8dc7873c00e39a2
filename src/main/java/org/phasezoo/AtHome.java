package org.phasezoo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.phasezoo.zoo.DamagedFile;
import org.phasezoo.zoo.Manifest;
import org.phasezoo.zoo.MemberRecord;
import org.phasezoo.zoo.PopulationReader;
import org.phasezoo.zoo.PopulationWriter;

/// The members that populations at home already have, by id, whatever suite, version or profile
/// asked for them. The index is built when it is first asked.
final class AtHome {
    private final Path zoo;
    private final SequencedMap<Path, PopulationWriter.Records> open = new TreeMap<>();
    private @Nullable SequencedMap<String, Path> index;

    AtHome(Path zoo) {
        this.zoo = zoo;
    }

    /// The record of a member, if some population has it. A damaged population has nothing to give.
    Optional<MemberRecord> record(String id) throws IOException {
        SequencedMap<String, Path> known = index;
        if (known == null) {
            known = build();
            index = known;
        }
        Path folder = known.get(id);
        if (folder == null) {
            return Optional.empty();
        }
        PopulationWriter.Records records = open.get(folder);
        if (records == null) {
            try {
                records = PopulationReader.open(folder).records();
            } catch (DamagedFile e) {
                known.values().removeIf(folder::equals);
                return Optional.empty();
            }
            open.put(folder, records);
        }
        return Optional.of(records.of(id));
    }

    private SequencedMap<String, Path> build() throws IOException {
        SequencedMap<String, Path> found = new TreeMap<>();
        for (Path folder : populations(zoo)) {
            try {
                Manifest.read(folder)
                        .json()
                        .path("members")
                        .forEach(m -> found.putIfAbsent(m.path("id").asText(), folder));
            } catch (DamagedFile e) {
                continue;
            }
        }
        return found;
    }

    /// The folders `zoo/<suite>/<profile>/<population>` that have a manifest, sorted.
    static List<Path> populations(Path zoo) throws IOException {
        List<Path> folders = new ArrayList<>();
        if (!Files.isDirectory(zoo)) {
            return folders;
        }
        try (Stream<Path> walk = Files.walk(zoo, 3)) {
            walk.filter(f -> zoo.relativize(f).getNameCount() == 3 && Manifest.complete(f))
                    .sorted()
                    .forEach(folders::add);
        }
        return folders;
    }
}
