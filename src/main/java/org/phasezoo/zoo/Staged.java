package org.phasezoo.zoo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Files that appear whole or not at all: written beside their place, then moved there.
final class Staged {
    /// Writes a file to the path that it is given.
    interface Body {
        void writeTo(Path file) throws IOException;
    }

    private Staged() {}

    static void write(Path file, Body body) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".tmp");
        Files.deleteIfExists(beside);
        body.writeTo(beside);
        Files.move(
                beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static void write(Path file, byte[] bytes) throws IOException {
        write(file, beside -> Files.write(beside, bytes));
    }
}
