package org.phasezoo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StudyLengthTest {
    private static final int MOST = 150;

    /// A paper is a folder and a record that can be read at one sitting.
    @Test
    void no_file_of_a_study_is_longer_than_150_lines() throws IOException {
        try (Stream<Path> all = Files.walk(Path.of("src/main/java/org/phasezoo/study"))) {
            List<Path> files = all.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(files).isNotEmpty();
            for (Path file : files) {
                assertThat(Files.readAllLines(file))
                        .as("%s: give a part that others could use a file of its own", file)
                        .hasSizeLessThanOrEqualTo(MOST);
            }
        }
    }
}
