package org.phasezoo.zoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `manifest.json`: what a folder holds, with the size and SHA-256 of every file. It is written
/// last; a folder without one is unfinished.
///
/// @param json the whole document
/// @param files what it says of the folder's files
public record Manifest(ObjectNode json, List<Entry> files) {
    /// The manifest's own file name.
    public static final String NAME = "manifest.json";

    /// One file: its path inside the folder, size and digest in hex.
    public record Entry(String path, long bytes, String sha256) {
        /// What is wrong with the file; empty when nothing is.
        String problem(Path folder) throws IOException {
            Path file = folder.resolve(path);
            if (!Files.isRegularFile(file)) {
                return "missing, though the manifest lists it; run its suite again";
            }
            if (Files.size(file) != bytes) {
                return Files.size(file)
                        + " bytes, where the manifest says "
                        + bytes
                        + "; restore it, or delete the folder and run again";
            }
            if (!Digest.of(file).equals(sha256)) {
                return "its SHA-256 is not the manifest's; restore it, or delete the folder and run again";
            }
            return "";
        }
    }

    public Manifest {
        files = List.copyOf(files);
    }

    /// Whether the folder has a manifest, so is complete.
    public static boolean complete(Path folder) {
        return Files.isRegularFile(folder.resolve(NAME));
    }

    /// Reads a folder's manifest.
    ///
    /// @throws DamagedFile when there is none, or it is no manifest
    public static Manifest read(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        if (!complete(folder)) {
            throw new DamagedFile(
                    file, "missing, so this folder is unfinished; run its suite again");
        }
        ObjectNode json = Json.read(file);
        List<Entry> files = new ArrayList<>();
        for (JsonNode f : json.path("files")) {
            String path = f.path("path").asText();
            boolean plain = path.matches("[A-Za-z0-9._-]+") && !path.startsWith(".");
            if (!plain
                    || !f.path("bytes").isIntegralNumber()
                    || !f.path("sha256").asText().matches("[0-9a-f]{64}")) {
                throw new DamagedFile(
                        file, "files[" + files.size() + "] needs a plain path, bytes and sha256");
            }
            files.add(new Entry(path, f.path("bytes").longValue(), f.path("sha256").asText()));
        }
        if (!json.path("complete").asBoolean(false)) {
            throw new DamagedFile(file, "does not say complete: true");
        }
        return new Manifest(json, files);
    }

    /// What is wrong with the files of a folder, a line each that names the file; empty when
    /// nothing is.
    public static List<String> verify(Path folder) throws IOException {
        Manifest manifest;
        try {
            manifest = read(folder);
        } catch (DamagedFile e) {
            return List.of(String.valueOf(e.getMessage()));
        }
        List<String> problems = new ArrayList<>();
        for (Entry entry : manifest.files()) {
            String problem = entry.problem(folder);
            if (!problem.isEmpty()) {
                problems.add(folder.resolve(entry.path()) + ": " + problem);
            }
        }
        return problems;
    }

    /// Refuses a folder whose files are not what its manifest says.
    Manifest verified(Path folder) throws IOException {
        for (Entry entry : files) {
            String problem = entry.problem(folder);
            if (!problem.isEmpty()) {
                throw new DamagedFile(folder.resolve(entry.path()), problem);
            }
        }
        return this;
    }

    /// Writes a manifest over files that stand in the folder: `head`, then `complete` and `files`.
    static void write(Path folder, ObjectNode head, List<String> paths) throws IOException {
        ArrayNode files = Json.array();
        for (String path : paths) {
            Path file = folder.resolve(path);
            files.addObject()
                    .put("path", path)
                    .put("bytes", Files.size(file))
                    .put("sha256", Digest.of(file));
        }
        ObjectNode json = head.deepCopy().put("complete", true);
        json.set("files", files);
        Json.write(folder.resolve(NAME), json);
    }
}
