package org.phasezoo.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.phasezoo.document.InvalidDocument;
import org.phasezoo.document.Json;
import org.phasezoo.document.Pointer;

/// The catalogue of refusals: `src/test/resources/refusals/*.json`, each a list of changes to a
/// good suite (a pointer and its new value) and the problems that must be told, all at once.
class RefusalTest {
    static Stream<Path> catalogue() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/refusals"))) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void a_broken_suite_is_refused_with_all_its_problems(Path file) throws IOException {
        JsonNode refusal = Json.parse(file.toString(), Files.readAllBytes(file));
        JsonNode suite = Json.parse("suite.json", PlanTest.TEXT);
        refusal.get("set")
                .properties()
                .forEach(change -> Pointer.set(suite, change.getKey(), change.getValue()));
        List<String> expected = new ArrayList<>();
        refusal.get("problems")
                .forEach(p -> expected.add(p.get(0).textValue() + " | " + p.get(1).textValue()));
        InvalidDocument refused =
                catchThrowableOfType(
                        InvalidDocument.class, () -> Suite.parse("suite.json", suite, Walk.BINDER));
        assertThat(refused).as(file.toString()).isNotNull();
        assertThat(
                        refused.problems().stream()
                                .map(p -> p.pointer() + " | " + p.problem() + "; " + p.mend()))
                .containsExactlyInAnyOrderElementsOf(expected);
    }
}
