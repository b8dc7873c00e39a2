package org.phasezoo.zoo;

import java.io.IOException;
import java.nio.file.Path;

/// A stored file that is not what its manifest or format says. The message is one line that names
/// the file.
public final class DamagedFile extends IOException {
    private static final long serialVersionUID = 1;

    DamagedFile(Path file, String problem) {
        super(file + ": " + problem);
    }
}
