package org.phasezoo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
import org.phasezoo.engine.KernelHashes;

/// The determinism contract across JVM modes, kills and processes, on `smoke-v1` in processes of
/// its own.
class ChildJvmTest {
    private static final String SUITE = "smoke-v1";

    @TempDir static Path reference;

    @TempDir Path home;

    /// The command line on these words, under the JVM options of the launcher and then these.
    private static ProcessBuilder commandLine(List<String> flags, String... words)
            throws IOException {
        Matcher pom =
                Pattern.compile("<phasezoo\\.jvm>(.*)</phasezoo\\.jvm>")
                        .matcher(Files.readString(Path.of("pom.xml")));
        assertThat(pom.find()).isTrue();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(pom.group(1).strip().split(" ")));
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.phasezoo.Main"));
        command.addAll(List.of(words));
        return new ProcessBuilder(command);
    }

    private static Process start(Path home, String... flags) throws IOException {
        return logged(commandLine(List.of(flags), "run", SUITE, "--home", home.toString()), home);
    }

    private static Process logged(ProcessBuilder process, Path home) throws IOException {
        return process.redirectErrorStream(true)
                .redirectOutput(home.resolve("log.txt").toFile())
                .start();
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

    /// Fused multiply-adds in software, where vectors have no instructions for them.
    @ParameterizedTest
    @ValueSource(strings = {"-XX:UseAVX=0", "-XX:-UseFMA"})
    void a_machine_without_fused_multiply_adds_gives_the_same_bytes(String flag) throws Exception {
        ProcessBuilder slow =
                commandLine(List.of(flag), "run", SUITE, "--slow", "--home", home.toString());
        assertThat(logged(slow, home).waitFor())
                .as(Files.readString(home.resolve("log.txt")))
                .isZero();
        assertThat(tree(home)).isEqualTo(tree(reference));
    }

    /// Registers of 128 and 256 bits, with and without instructions of AVX2, and the first compiler
    /// alone.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-XX:UseAVX=1",
                "-XX:UseAVX=2",
                "-XX:MaxVectorSize=16",
                "-XX:TieredStopAtLevel=1"
            })
    void the_kernels_give_the_same_hashes(String flag) throws Exception {
        Path told = home.resolve("doctor.json");
        Path log = home.resolve("log.txt");
        Process process =
                commandLine(List.of(flag), "doctor", "--json", "--home", home.toString())
                        .redirectOutput(told.toFile())
                        .redirectError(log.toFile())
                        .start();
        assertThat(process.waitFor()).as(Files.readString(log)).isZero();
        SequencedMap<String, String> hashes = new LinkedHashMap<>();
        new ObjectMapper()
                .readTree(told.toFile())
                .get("kernels")
                .properties()
                .forEach(kernel -> hashes.put(kernel.getKey(), kernel.getValue().textValue()));
        assertThat(hashes).isEqualTo(KernelHashes.all());
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
