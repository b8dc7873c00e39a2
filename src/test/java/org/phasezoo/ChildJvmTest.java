package org.phasezoo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The determinism contract across JVM modes, kills and processes, on `smoke-v1` in processes of
/// its own.
class ChildJvmTest {
    private static final String SUITE = "smoke-v1";

    @TempDir static Path reference;

    @TempDir Path home;

    private static Process start(Path home, String... flags) throws IOException {
        Matcher pom =
                Pattern.compile("<phasezoo\\.jvm>(.*)</phasezoo\\.jvm>")
                        .matcher(Files.readString(Path.of("pom.xml")));
        assertThat(pom.find()).isTrue();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(pom.group(1).strip().split(" ")));
        command.addAll(List.of(flags));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.phasezoo.Main"));
        command.addAll(List.of("run", SUITE, "--home", home.toString()));
        File log = home.resolve("log.txt").toFile();
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
    }

    private static SequencedMap<String, String> tree(Path home) throws IOException {
        SequencedMap<String, String> tree = RunTest.tree(home);
        tree.remove("log.txt");
        return tree;
    }

    @BeforeAll
    static void run_the_reference() throws Exception {
        assertThat(start(reference).waitFor())
                .as(Files.readString(reference.resolve("log.txt")))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-XX:UseAVX=1 -XX:TieredStopAtLevel=1",
                "-XX:MaxVectorSize=16",
                "-Xint",
                "-Xmx256m -XX:+UseSerialGC -Duser.language=tr -Duser.country=TR -Duser.timezone=Asia/Tokyo"
                        + " -Dfile.encoding=ISO-8859-1"
            })
    void the_mode_of_the_jvm_does_not_matter(String flags) throws Exception {
        assertThat(start(home, flags.split(" ")).waitFor()).isZero();
        assertThat(tree(home)).isEqualTo(tree(reference));
    }

    @Test
    void kills_anywhere_end_in_the_same_bytes() throws Exception {
        for (int milliseconds = 350; milliseconds <= 1250; milliseconds += 225) {
            Process process = start(home);
            if (!process.waitFor(milliseconds, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
        assertThat(start(home).waitFor()).as(Files.readString(home.resolve("log.txt"))).isZero();
        assertThat(tree(home)).isEqualTo(tree(reference));
    }
}
