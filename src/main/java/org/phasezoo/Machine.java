package org.phasezoo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// Facts of this machine, for `doctor` and `run.json`.
final class Machine {
    private static final Path HOST = Path.of("/proc/sys/kernel/hostname");

    private Machine() {}

    static String jdk() {
        return System.getProperty("java.vendor") + " " + Runtime.version();
    }

    /// The processor's name where the system tells it, else its architecture.
    static String cpu() throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        if (Files.isReadable(info)) {
            for (String line : Files.readAllLines(info)) {
                if (line.startsWith("model name")) {
                    return line.substring(line.indexOf(':') + 1).strip();
                }
            }
        }
        return System.getProperty("os.arch", "unknown");
    }

    /// What tells this build of the program from another: the jar's time and size, or nothing when
    /// classes are loose.
    static String build() throws IOException {
        Path jar =
                Path.of(System.getProperty("java.class.path", "").split(File.pathSeparator, 2)[0]);
        return Files.isRegularFile(jar)
                ? Files.getLastModifiedTime(jar) + " " + Files.size(jar)
                : "classes";
    }

    /// The facts of a run that are not under the determinism contract.
    static ObjectNode run() throws IOException {
        ObjectNode run =
                JsonNodeFactory.instance.objectNode().put("schema", "phasezoo.run-facts.v1");
        run.put("finished", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        run.put("host", Files.isReadable(HOST) ? Files.readString(HOST).strip() : "unknown");
        run.put("jdk", jdk()).put("cpu", cpu());
        ManagementFactory.getRuntimeMXBean()
                .getInputArguments()
                .forEach(run.putArray("flags")::add);
        return run.put("commit", commit(Home.of("").project().resolve(".git")));
    }

    /// The commit that a repository's HEAD is at, read from its files; `unknown` where there is
    /// none.
    private static String commit(Path git) throws IOException {
        Path head = git.resolve("HEAD");
        if (!Files.isRegularFile(head)) {
            return "unknown";
        }
        String text = Files.readString(head).strip();
        if (!text.startsWith("ref: ")) {
            return text;
        }
        String ref = text.substring(5);
        if (Files.isRegularFile(git.resolve(ref))) {
            return Files.readString(git.resolve(ref)).strip();
        }
        Path packed = git.resolve("packed-refs");
        for (String line :
                Files.isRegularFile(packed) ? Files.readAllLines(packed) : List.<String>of()) {
            if (line.endsWith(" " + ref)) {
                return line.substring(0, line.indexOf(' '));
            }
        }
        return "unknown";
    }
}
