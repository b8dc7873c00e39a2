package org.phasezoo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.phasezoo.document.Json;

/// Where a command speaks: data on `out`, the rest on `err`, both in UTF-8 whatever the locale.
record Console(PrintStream out, PrintStream err, boolean terminal) {
    /// The process's own streams.
    static Console system() {
        boolean terminal = System.console() != null && System.console().isTerminal();
        return new Console(stream(FileDescriptor.out), stream(FileDescriptor.err), terminal);
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /// One JSON object on stdout.
    void json(JsonNode node) {
        out.print(Json.pretty(node));
        out.flush();
    }

    /// A line of data.
    void line(String text) {
        out.println(text);
    }

    /// A line that is no data.
    void note(String text) {
        err.println(text);
    }
}
