package org.phasezoo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.phasezoo.document.Json;

class ReleasedSuitesTest {
    /// A released version does not change; a change is a new version beside it.
    @Test
    void every_released_suite_is_still_the_one_that_was_released() throws IOException {
        Home home = Home.of("");
        for (Path folder : SuiteFolder.all(home)) {
            Path released = folder.resolve("released");
            if (!Files.isDirectory(released)) {
                continue;
            }
            List<Path> files;
            try (Stream<Path> list = Files.list(released)) {
                files = list.sorted().toList();
            }
            String digest = SuiteFolder.read(home, folder).digest();
            for (Path file : files) {
                String pinned =
                        Json.parse(file.toString(), Files.readString(file)).path("suite").asText();
                assertThat(digest)
                        .as("%s: a released suite was changed; make a new version beside it", file)
                        .isEqualTo(pinned);
            }
        }
    }
}
