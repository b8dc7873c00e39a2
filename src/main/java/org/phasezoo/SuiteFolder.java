package org.phasezoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.phasezoo.claim.Claims;
import org.phasezoo.claim.Observed;
import org.phasezoo.claim.PhaseRule;
import org.phasezoo.claim.PublishedTables;
import org.phasezoo.document.InvalidDocument;
import org.phasezoo.document.Json;
import org.phasezoo.document.Nearest;
import org.phasezoo.document.Problem;
import org.phasezoo.document.Problems;
import org.phasezoo.study.Kinds;
import org.phasezoo.suite.Axis;
import org.phasezoo.suite.Population;
import org.phasezoo.suite.Suite;

/// A suite's folder on the disk.
///
/// @param judged the documents that are judged with it: the claims, then the phase rule if there is
///   one
/// @param rule from `phases.json`, if there is one
/// @param published from `controls.json`, if there is one: published tables for the judge's
///   positive control
record SuiteFolder(
        Path folder,
        Suite suite,
        Claims claims,
        List<JsonNode> judged,
        Optional<PhaseRule> rule,
        Optional<PublishedTables> published) {
    static final String SUITE = "suite.json";
    static final String CLAIMS = "claims.json";
    static final String PHASES = "phases.json";
    static final String CONTROLS = "controls.json";

    /// The suite that a user named: one of the project's by name, or a folder by its path.
    static Path find(Home home, String named) throws IOException {
        Path known = home.suites().resolve(named);
        if (!named.contains("/")
                && !named.contains("\\")
                && Files.isRegularFile(known.resolve(SUITE))) {
            return known;
        }
        Path folder = Path.of(named);
        if (Files.isRegularFile(folder.resolve(SUITE))) {
            return folder;
        }
        List<String> names = all(home).stream().map(f -> f.getFileName().toString()).toList();
        throw Refusal.usage(
                "no suite \""
                        + named
                        + "\" and no folder of this name with a suite.json; "
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

    /// Reads a suite and its claims.
    ///
    /// @throws InvalidDocument with the problems of all its documents
    static SuiteFolder read(Home home, Path folder) throws IOException {
        List<Problem> found = new ArrayList<>();
        Optional<JsonNode> root = json(home, folder.resolve(SUITE), found);
        Problems problems = new Problems(shown(home, folder.resolve(SUITE)));
        Optional<Suite> suite = root.map(node -> Suite.read(node, Kinds.binder(), problems));
        found.addAll(problems.list());
        suite.filter(_ -> found.isEmpty()).ifPresent(bound -> name(home, folder, bound));
        Path claimsFile = folder.resolve(CLAIMS);
        JsonNode none =
                JsonNodeFactory.instance
                        .objectNode()
                        .set("claims", JsonNodeFactory.instance.arrayNode());
        JsonNode claimsText = optional(home, claimsFile, found).orElse(none);
        List<Observed> observed = found.isEmpty() ? observed(suite.orElseThrow()) : List.of();
        Claims claims = Claims.parse(shown(home, claimsFile), claimsText, observed, found);
        List<JsonNode> judged = new ArrayList<>(List.of(claimsText));
        Optional<JsonNode> phases = optional(home, folder.resolve(PHASES), found);
        phases.ifPresent(judged::add);
        Optional<PhaseRule> rule =
                phases.flatMap(node ->
                        bound(
                                found,
                                () -> PhaseRule.parse(shown(home, folder.resolve(PHASES)), node)));
        Optional<PublishedTables> published =
                optional(home, folder.resolve(CONTROLS), found)
                        .flatMap(node ->
                                bound(
                                        found,
                                        () ->
                                                PublishedTables.parse(
                                                        shown(home, folder.resolve(CONTROLS)),
                                                        node)));
        if (!found.isEmpty()) {
            throw new InvalidDocument(found);
        }
        return new SuiteFolder(folder, suite.orElseThrow(), claims, judged, rule, published);
    }

    /// A suite among the project's has the folder `<id>-v<version>`.
    private static void name(Home home, Path folder, Suite suite) {
        Path whole = folder.toAbsolutePath().normalize();
        boolean among = home.suites().equals(whole.getParent());
        if (among && !whole.getFileName().toString().equals(suite.name())) {
            throw new InvalidDocument(
                    List.of(
                            new Problem(
                                    shown(home, folder.resolve(SUITE)),
                                    "/id",
                                    "the folder of "
                                            + suite.name()
                                            + " is called "
                                            + whole.getFileName(),
                                    "rename the folder, or mend id and version")));
        }
    }

    private static List<Observed> observed(Suite suite) {
        List<Observed> all = new ArrayList<>();
        for (Population population :
                suite.profiles().firstEntry().getValue().populations().values()) {
            List<String> axes = population.axes().stream().map(Axis::name).toList();
            all.add(new Observed(population.name(), axes, suite.definitions(population)));
        }
        return all;
    }

    /// The digest under which released bytes stand: over the suite and what is judged with it.
    String digest() {
        return suite.digest(judged);
    }

    private static Optional<JsonNode> optional(Home home, Path file, List<Problem> found)
            throws IOException {
        return Files.isRegularFile(file) ? json(home, file, found) : Optional.empty();
    }

    private static <T> Optional<T> bound(List<Problem> found, Supplier<T> reader) {
        try {
            return Optional.of(reader.get());
        } catch (InvalidDocument e) {
            found.addAll(e.problems());
            return Optional.empty();
        }
    }

    private static Optional<JsonNode> json(Home home, Path file, List<Problem> found)
            throws IOException {
        try {
            return Optional.of(json(home, file));
        } catch (InvalidDocument e) {
            found.addAll(e.problems());
            return Optional.empty();
        }
    }

    /// A JSON document of the folder.
    static JsonNode json(Home home, Path file) throws IOException {
        return Json.parse(shown(home, file), Files.readAllBytes(file));
    }

    /// A file's name as problems show it: below the project's folder, or as the user wrote it.
    static String shown(Home home, Path file) {
        Path whole = file.toAbsolutePath().normalize();
        return whole.startsWith(home.project())
                ? home.project().relativize(whole).toString()
                : file.toString();
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
