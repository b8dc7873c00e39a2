package org.phasezoo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.phasezoo.document.Json;
import org.phasezoo.document.Nearest;
import org.phasezoo.study.Kinds;
import org.phasezoo.suite.Suite;

/// A suite's folder on the disk.
record SuiteFolder(Path folder, Suite suite) {
    static final String SUITE = "suite.json";

    /// The suite that a user named: one of the project's by name, or a folder by its path.
    static Path find(Home home, String named) throws IOException {
        Path known = home.suites().resolve(named);
        if (!named.contains("/") && !named.contains("\\") && Files.isRegularFile(known.resolve(SUITE))) {
            return known;
        }
        Path folder = Path.of(named);
        if (Files.isRegularFile(folder.resolve(SUITE))) {
            return folder;
        }
        List<String> names = all(home).stream().map(f -> f.getFileName().toString()).toList();
        throw Refusal.usage("no suite \"" + named + "\" and no folder of this name with a suite.json; "
                + Nearest.mend(named, names));
    }

    /// The folders of the project's suites, sorted by name.
    static List<Path> all(Home home) throws IOException {
        if (!Files.isDirectory(home.suites())) {
            return List.of();
        }
        try (Stream<Path> list = Files.list(home.suites())) {
            return list.filter(f -> Files.isRegularFile(f.resolve(SUITE))).sorted().toList();
        }
    }

    /// Reads a suite's document.
    static SuiteFolder read(Home home, Path folder) throws IOException {
        JsonNode root = json(home, folder.resolve(SUITE));
        return new SuiteFolder(folder, Suite.parse(shown(home, folder.resolve(SUITE)), root, Kinds.binder()));
    }

    /// A JSON document of the folder.
    static JsonNode json(Home home, Path file) throws IOException {
        return Json.parse(shown(home, file), Files.readAllBytes(file));
    }

    /// A file's name as problems show it: below the project's folder, or as the user wrote it.
    static String shown(Home home, Path file) {
        Path whole = file.toAbsolutePath().normalize();
        return whole.startsWith(home.project()) ? home.project().relativize(whole).toString() : file.toString();
    }

    /// The bytes of every file that the judgement may read, by its path inside the folder, sorted.
    List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            walk.filter(Files::isRegularFile)
                    .filter(f -> !folder.relativize(f).startsWith("released"))
                    .sorted()
                    .forEach(files::add);
        }
        return files;
    }
}
