package org.phasezoo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasezoo.document.Digest;
import org.phasezoo.document.Json;

/// The command line on `smoke-v1`, in this JVM. Kills, JVM modes and two processes at once need
/// processes of their own.
class RunTest {
    private static final String SUITE = "smoke-v1";

    @TempDir static Path reference;

    @TempDir Path home;

    /// What a command line said and how it ended.
    private record Said(int exit, String out, String err) {
        JsonNode json() {
            return Json.parse("stdout", out);
        }
    }

    private static Said say(Object... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console =
                new Console(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false);
        List<String> words = new ArrayList<>();
        for (Object arg : args) {
            words.add(arg.toString());
        }
        int exit = Main.run(console, words.toArray(String[]::new));
        return new Said(
                exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /// Digests of all files but those of machine facts and locks.
    static SequencedMap<String, String> tree(Path folder) throws IOException {
        SequencedMap<String, String> tree = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                if (!file.endsWith("run.json") && !file.endsWith(".lock")) {
                    tree.put(
                            folder.relativize(file).toString(),
                            Digest.of(Files.readAllBytes(file)));
                }
            }
        }
        return tree;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> walk = Files.walk(from)) {
            for (Path file : walk.sorted().toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    private static ObjectNode suite(Path folder) throws IOException {
        return (ObjectNode)
                Json.parse("suite.json", Files.readAllBytes(folder.resolve("suite.json")));
    }

    @BeforeAll
    static void run_the_reference() {
        Said said = say("run", SUITE, "--home", reference, "--json");
        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(said.json().at("/members/planned").intValue()).isEqualTo(13);
        assertThat(said.json().at("/members/finished").intValue()).isEqualTo(13);
    }

    @Test
    void one_thread_gives_the_same_bytes_as_three() throws IOException {
        assertThat(say("run", SUITE, "--home", home, "--jobs", 1).exit()).isZero();
        assertThat(tree(home)).isEqualTo(tree(reference)).hasSizeGreaterThan(50);
        Path third = home.resolve("third");
        assertThat(say("run", SUITE, "--home", third, "--jobs", 3).exit()).isZero();
        assertThat(tree(third)).isEqualTo(tree(reference));
    }

    @Test
    void a_second_run_does_nothing() throws IOException {
        copy(reference, home);
        assertThat(say("run", SUITE, "--home", home).exit()).isZero();
        SequencedMap<String, String> before = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(home)) {
            for (Path file :
                    walk.filter(Files::isRegularFile).filter(f -> !f.endsWith(".lock")).toList()) {
                before.put(file.toString(), Files.getLastModifiedTime(file).toString());
            }
        }
        Said again = say("run", SUITE, "--home", home);
        assertThat(again.err()).isEmpty();
        for (String file : before.sequencedKeySet()) {
            assertThat(Files.getLastModifiedTime(Path.of(file)).toString())
                    .as(file)
                    .isEqualTo(before.get(file));
        }
    }

    @Test
    void what_was_lost_is_made_again_with_the_same_bytes() throws IOException {
        copy(reference, home);
        Path nets = home.resolve("zoo").resolve(SUITE).resolve("quick").resolve("nets");
        Files.delete(nets.resolve("manifest.json"));
        Files.delete(nets.resolve("weights-perceptron-2.arrow"));
        Files.delete(nets.resolve("measures/manifest.json"));
        Files.writeString(nets.resolve("members.arrow.tmp"), "torn");
        Files.delete(home.resolve("results").resolve(SUITE).resolve("quick/verdicts.json"));
        assertThat(say("run", SUITE, "--home", home).exit()).isZero();
        assertThat(tree(home)).isEqualTo(tree(reference));
    }

    @Test
    void a_version_that_changes_only_words_takes_the_members_that_are_at_home() throws IOException {
        copy(reference, home);
        Path folder = home.resolve("copy");
        copy(Path.of("suites", SUITE), folder);
        ObjectNode suite = suite(folder).put("version", 2).put("title", "The same in other words");
        Files.writeString(folder.resolve("suite.json"), Json.pretty(suite));
        Said said = say("run", folder, "--home", home);
        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(said.err()).doesNotContain("members:").contains("measures:");
        assertThat(tree(home.resolve("zoo/smoke-v2")))
                .isEqualTo(tree(home.resolve("zoo").resolve(SUITE)));
    }

    @Test
    void a_flipped_bit_is_seen_and_its_file_named() throws IOException {
        copy(reference, home);
        Path file = home.resolve("zoo").resolve(SUITE).resolve("quick/memory/members.arrow");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 4;
        Files.write(file, bytes);
        Said said = say("verify", SUITE, "--home", home);
        assertThat(said.exit()).isEqualTo(Exit.MISMATCH);
        assertThat(said.err()).contains("memory/members.arrow").doesNotContain("Exception");
        assertThat(say("run", SUITE, "--home", home).exit()).isEqualTo(Exit.MISMATCH);
    }

    @Test
    void members_run_again_from_the_manifest_are_equal() {
        JsonNode verified =
                say("verify", SUITE, "--members", 5, "--home", reference, "--json").json();
        assertThat(verified.path("checked").intValue()).isEqualTo(5);
        assertThat(verified.path("equal").intValue()).isEqualTo(5);
        assertThat(verified.path("members"))
                .hasSize(5)
                .allMatch(member -> member.path("equal").booleanValue());
    }

    @Test
    void a_profile_that_another_run_holds_is_refused_with_its_holder() throws IOException {
        try (Lock _ = Lock.take(home.resolve("zoo").resolve(SUITE).resolve("quick"))) {
            Said said = say("run", SUITE, "--home", home);
            assertThat(said.exit()).isEqualTo(Exit.BUSY);
            assertThat(said.err())
                    .contains("process " + ProcessHandle.current().pid())
                    .hasLineCount(1);
        }
    }

    @Test
    void a_difference_from_what_was_released_ends_in_exit_4() throws IOException {
        Path folder = home.resolve("copy");
        copy(Path.of("suites", SUITE), folder);
        Path released = folder.resolve("released/quick.json");
        ObjectNode json = (ObjectNode) Json.parse("released", Files.readAllBytes(released));
        ((ObjectNode) json.at("/populations/nets/files")).put("members.arrow", "0".repeat(64));
        Files.writeString(released, Json.pretty(json));
        Said said = say("run", folder, "--home", home);
        assertThat(said.exit()).isEqualTo(Exit.MISMATCH);
        assertThat(said.err()).contains("nets/members.arrow");
    }

    @Test
    void all_problems_of_suite_and_claims_come_at_once() throws IOException {
        Path folder = home.resolve("bad");
        copy(Path.of("suites", SUITE), folder);
        ObjectNode suite = suite(folder);
        ObjectNode nets = (ObjectNode) suite.at("/populations/nets");
        nets.put("studdy", 1).putArray("seeds").add("one");
        ((ArrayNode) nets.at("/axes/0/values")).removeAll().add(-3);
        Files.writeString(folder.resolve("suite.json"), Json.pretty(suite));
        ObjectNode claims =
                (ObjectNode)
                        Json.parse(
                                "claims.json", Files.readAllBytes(folder.resolve("claims.json")));
        ((ObjectNode) claims.at("/claims/0")).put("measures", "no.such.metric.v1");
        Files.writeString(folder.resolve("claims.json"), Json.pretty(claims));
        Said said = say("plan", folder, "--json");
        assertThat(said.exit()).isEqualTo(Exit.INVALID);
        assertThat(said.json().at("/error/code").textValue()).isEqualTo("invalid-input");
        assertThat(said.json().at("/error/problems"))
                .extracting(p -> p.path("pointer").textValue())
                .containsExactlyInAnyOrder(
                        "/populations/nets/studdy",
                        "/populations/nets/seeds/0",
                        "/populations/nets/axes/0/values/0",
                        "/claims/0/measures");
    }

    @Test
    void a_mistyped_verb_gets_one_line_and_a_suggestion() {
        Said said = say("runn", SUITE);
        assertThat(said.exit()).isEqualTo(Exit.USAGE);
        assertThat(said.err()).contains("did you mean \"run\"?").hasLineCount(1);
    }

    @Test
    void every_verb_has_help_with_examples() {
        for (String verb :
                List.of(
                        "list", "plan", "run", "status", "verify", "figure", "report", "doctor",
                        "explain", "bench")) {
            assertThat(say("--help").out()).contains(verb);
            Said help = say(verb, "--help");
            assertThat(help.exit()).isZero();
            assertThat(help.out()).contains("Examples:");
        }
    }

    @Test
    void an_unknown_suite_is_refused_with_the_nearest_name() {
        Said said = say("plan", "smok-v1");
        assertThat(said.exit()).isEqualTo(Exit.USAGE);
        assertThat(said.err()).contains("did you mean \"smoke-v1\"?");
    }

    /// Digits of 64 pixels, 2 hidden units, 10 classes, 2 examples, one tile of 16 lanes.
    @Test
    void the_program_of_an_update_is_explained() {
        JsonNode nets = say("explain", SUITE, "--json").json().at("/programs/0");
        assertThat(nets.path("cell").textValue()).isEqualTo("width=2;batchSize=2");
        assertThat(nets.path("precision").textValue()).isEqualTo("float32");
        assertThat(nets.at("/inputs/0/kernel").textValue()).startsWith("Input ");
        JsonNode layer = nets.at("/steps/0");
        assertThat(layer.path("kernel").textValue()).isEqualTo("Contract");
        assertThat(layer.path("lanes").textValue()).isEqualTo("samples");
        assertThat(layer.path("bytes").intValue()).isEqualTo(2 * 16 * Float.BYTES);
        assertThat(layer.path("flops").doubleValue()).isEqualTo(2 * 2 * 64 * 2);
        assertThat(nets.at("/steps/1/kernel").textValue()).isEqualTo("Broadcast · Add · Tanh");
        double flops = 0;
        double products = 0;
        for (JsonNode step : nets.path("steps")) {
            flops += step.path("flops").doubleValue();
            boolean isProduct = step.path("kernel").textValue().equals("Contract");
            products += isProduct ? step.path("flops").doubleValue() : 0;
            boolean isBatch = step.path("shape").textValue().startsWith("n≤");
            assertThat(step.path("lanes").textValue()).isEqualTo(isBatch ? "samples" : "none");
            assertThat(4 * step.path("place").intValue() + step.path("bytes").intValue())
                    .isLessThanOrEqualTo(nets.path("arenaBytes").intValue());
        }
        assertThat(products).isEqualTo(2 * 2 * (2 * 64 * 2 + 3 * 2 * 10));
        assertThat(nets.path("flops").doubleValue()).isEqualTo(flops);
        assertThat(nets.path("predictedMilliseconds").doubleValue())
                .isEqualTo(flops / (2 * Estimate.MULTIPLY_ADDS_A_SECOND) * 1e3);
        String text = say("explain", SUITE).out();
        assertThat(text).contains("one run in float32", "Input ", "samples", "Contract", "FLOP in");
    }

    @Test
    void an_explained_program_in_float64_has_twice_the_bytes_and_time() throws IOException {
        Path folder = home.resolve("copy");
        copy(Path.of("suites", SUITE), folder);
        ObjectNode suite = suite(folder);
        ((ObjectNode) suite.at("/populations/nets/study")).put("precision", "float64");
        Files.writeString(folder.resolve("suite.json"), Json.pretty(suite));
        JsonNode wide = say("explain", folder, "--json").json().at("/programs/0");
        JsonNode narrow = say("explain", SUITE, "--json").json().at("/programs/0");
        assertThat(wide.path("precision").textValue()).isEqualTo("float64");
        assertThat(wide.path("steps")).hasSameSizeAs(narrow.path("steps"));
        for (String arrays : List.of("inputs", "steps")) {
            for (int i = 0; i < wide.path(arrays).size(); i++) {
                assertThat(wide.path(arrays).path(i).path("bytes").longValue())
                        .isEqualTo(2 * narrow.path(arrays).path(i).path("bytes").longValue());
            }
        }
        for (String doubled : List.of("arenaBytes", "predictedMilliseconds")) {
            assertThat(wide.path(doubled).doubleValue())
                    .isEqualTo(2 * narrow.path(doubled).doubleValue());
        }
        assertThat(wide.path("flops")).isEqualTo(narrow.path("flops"));
    }

    @Test
    void pairs_and_gradients_at_the_start_are_explained_too() {
        for (String suite : List.of("git-re-basin-v1", "pre-ln-v1")) {
            JsonNode programs = say("explain", suite, "--json").json().path("programs");
            assertThat(programs).as(suite).isNotEmpty();
            assertThat(programs).allMatch(p -> p.path("flops").doubleValue() > 0);
        }
    }

    @Test
    void the_status_of_a_run_is_told() {
        JsonNode status = say("status", SUITE, "--home", reference, "--json").json();
        assertThat(status.path("judged").booleanValue()).isTrue();
        assertThat(status.path("populations")).allMatch(p -> p.path("complete").booleanValue());
        JsonNode fresh = say("status", SUITE, "--home", home, "--json").json();
        assertThat(fresh.path("judged").booleanValue()).isFalse();
        assertThat(fresh.at("/populations/0/done").intValue()).isZero();
    }

    @Test
    void a_plan_tells_the_memory_of_programs_of_every_population_that_runs_some() {
        Said said = say("plan", SUITE, "--jobs", 1, "--json");
        assertThat(said.json().path("populations"))
                .allSatisfy(p ->
                        assertThat(p.path("arenaBytes").longValue() > 0)
                                .as(p.path("name").textValue())
                                .isEqualTo(!p.path("name").textValue().equals("memory")));
        long most = 0;
        for (var p : said.json().path("populations")) {
            for (String of : List.of("arenaBytes", "metricArenaBytes")) {
                String data = of.equals("arenaBytes") ? "dataBytes" : "metricDataBytes";
                most = Math.max(most, p.path(of).longValue() + p.path(data).longValue());
            }
        }
        assertThat(said.json().path("programBytes").longValue()).isEqualTo(most);
        assertThat(said.json().path("memoryBytes").longValue()).isGreaterThan(most);
    }
}
