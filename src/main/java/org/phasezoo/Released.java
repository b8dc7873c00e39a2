package org.phasezoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.phasezoo.document.Json;
import org.phasezoo.document.Problem;
import org.phasezoo.suite.Population;
import org.phasezoo.zoo.Manifest;

/// What a run must give: `released/<profile>.json` holds the suite's digest and, for each population, op revisions, the
/// SHA-256 of each file, and for the catalogue its members and bytes. It binds only where the suite's digest agrees.
final class Released {
    private final SuiteFolder folder;
    private final Outcome outcome;

    Released(SuiteFolder folder, Outcome outcome) {
        this.folder = folder;
        this.outcome = outcome;
    }

    private Path file() {
        return folder.folder().resolve("released").resolve(outcome.profile() + ".json");
    }

    /// Writes what this run gave.
    void write() throws IOException {
        Output.write(file(), Json.pretty(given()));
    }

    /// The files that differ from what was released; none where nothing was released for this very suite.
    List<Problem> compare() throws IOException {
        List<Problem> differences = new ArrayList<>();
        if (!Files.isRegularFile(file())) {
            return differences;
        }
        JsonNode released = Json.parse(file().toString(), Files.readAllBytes(file()));
        if (!released.path("suite").asText().equals(folder.digest())) {
            return differences;
        }
        JsonNode given = given();
        for (Map.Entry<String, JsonNode> population : released.path("populations").properties()) {
            JsonNode ours = given.path("populations").path(population.getKey());
            compare(population.getKey(), "revisions", population.getValue(), ours, differences);
            compare(population.getKey(), "files", population.getValue(), ours, differences);
        }
        return differences;
    }

    private void compare(
            String population, String what, JsonNode released, JsonNode ours, List<Problem> differences) {
        for (Map.Entry<String, JsonNode> entry : released.path(what).properties()) {
            JsonNode now = ours.path(what).path(entry.getKey());
            if (!Json.canonical(now).equals(Json.canonical(entry.getValue()))) {
                differences.add(new Problem(
                        what.equals("files")
                                ? outcome.zoo().resolve(population).resolve(entry.getKey()).toString()
                                : population + " " + entry.getKey(),
                        "/populations/" + population + "/" + what,
                        "is " + (now.isMissingNode() ? "missing" : now.asText()) + ", released was "
                                + entry.getValue().asText(),
                        "run `phasezoo doctor`; if an op was changed on purpose, raise its revision and release anew"));
            }
        }
    }

    private ObjectNode given() throws IOException {
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("suite", folder.digest());
        ObjectNode populations = root.putObject("populations");
        for (Population population : folder.suite().profile(outcome.profile()).orElseThrow().populations().values()) {
            ObjectNode one = populations.putObject(population.name());
            ObjectNode revisions = one.putObject("revisions");
            population.revisions().forEach(revisions::put);
            ObjectNode files = one.putObject("files");
            Path place = outcome.zoo().resolve(population.name());
            long bytes = 0;
            for (Manifest.Entry entry : Manifest.read(place).files()) {
                files.put(entry.path(), entry.sha256());
                bytes += entry.bytes();
            }
            for (Manifest.Entry entry : Manifest.read(place.resolve("measures")).files()) {
                files.put("measures/" + entry.path(), entry.sha256());
                bytes += entry.bytes();
            }
            one.put("members", Manifest.read(place).json().path("members").size()).put("bytes", bytes);
        }
        return root;
    }
}
