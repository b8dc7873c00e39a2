package org.phasezoo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LauncherTest {
    private static final Path LAUNCHER = Path.of("phasezoo");

    @Test
    void the_launcher_has_the_flags_of_the_pom() throws IOException {
        Matcher pom =
                Pattern.compile("<phasezoo\\.jvm>(.*)</phasezoo\\.jvm>")
                        .matcher(Files.readString(Path.of("pom.xml")));
        assertThat(pom.find()).isTrue();
        String launcher =
                Files.readString(LAUNCHER).replaceAll("\\\\\n\\s*", " ").replaceAll(" +", " ");
        assertThat(launcher).contains("bin/java\" " + pom.group(1).strip() + " ");
    }

    @Test
    void the_launcher_names_no_collector_and_lets_the_users_flags_come_last() throws IOException {
        String launcher = Files.readString(LAUNCHER);
        assertThat(launcher).doesNotContainPattern("-XX:[+-]Use\\w*GC");
        assertThat(launcher).containsPattern("\\$\\{PHASEZOO_JVM_OPTS:-\\} -cp");
    }

    @Test
    void a_java_home_that_is_none_ends_in_one_line_and_exit_69() throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(List.of("./phasezoo", "list")).redirectErrorStream(true);
        builder.environment().put("PHASEZOO_JAVA_HOME", "/nonexistent");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(69);
        assertThat(said.strip().lines()).hasSize(1);
        assertThat(said).contains("/nonexistent is no JDK");
    }
}
