package org.phasezoo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Facts of this machine, for `doctor` and `run.json`.
final class Machine {
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
}
