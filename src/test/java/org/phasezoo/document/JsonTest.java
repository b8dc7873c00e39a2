package org.phasezoo.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":2}",
                "{\"a\":1} x",
                "{\"a\":1} {}",
                "",
                "  ",
                "\0",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":1e999}",
                "{\"a\":9007199254740993}",
                "{\"a\":\"\\u0000\"}",
                "{\"a\":\"e\\u0301\"}",
                "{\"a\":\"\\ud800\"}",
                "{'a':1}",
                "{\"a\":01}",
                "[1,]",
                "nul",
                "// c\n{}"
            })
    void text_that_is_not_strict_is_refused_in_one_short_problem(String text) {
        InvalidDocument refused =
                catchThrowableOfType(InvalidDocument.class, () -> Json.parse("x.json", text));
        assertThat(refused.problems()).hasSize(1);
        Problem problem = refused.problems().getFirst();
        assertThat(problem.file()).isEqualTo("x.json");
        assertThat(problem.pointer()).startsWith("/");
        assertThat(problem.problem()).isNotBlank().hasSizeLessThan(250).doesNotContain("\n");
        assertThat(problem.mend()).isNotBlank();
    }

    @Test
    void a_depth_bomb_is_refused() {
        InvalidDocument refused =
                catchThrowableOfType(
                        InvalidDocument.class, () -> Json.parse("x.json", "[".repeat(100_000)));
        assertThat(refused.getMessage()).hasSizeLessThan(300);
    }

    @Test
    void bytes_that_are_not_utf8_are_refused() {
        byte[] latin = "{\"a\":\"ä\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(
                        catchThrowableOfType(
                                        InvalidDocument.class, () -> Json.parse("x.json", latin))
                                .problems())
                .extracting(Problem::problem)
                .containsExactly("the file is not UTF-8");
    }

    @Test
    void the_canonical_form_sorts_keys_and_drops_white_space() {
        assertThat(
                        Json.canonical(
                                Json.parse(
                                        "x",
                                        "{\"b\": [1.0, 2e0], \"B\": null, \"a\": {\"z\": true, \"é\": \"ü\\n\"}}")))
                .isEqualTo("{\"B\":null,\"a\":{\"z\":true,\"é\":\"ü\\n\"},\"b\":[1,2]}");
    }

    // ECMAScript's Number.prototype.toString, as node prints it
    @ParameterizedTest
    @CsvSource({
        "1,1",
        "1.0,1",
        "-0.0,0",
        "0.5,0.5",
        "1e21,1e+21",
        "1e20,100000000000000000000",
        "123456.789,123456.789",
        "0.000001,0.000001",
        "1e-7,1e-7",
        "-1.5e-9,-1.5e-9",
        "1.7976931348623157e308,1.7976931348623157e+308",
        "9007199254740992,9007199254740992",
        "0.1,0.1",
        "0.30000000000000004,0.30000000000000004",
        "0.004,0.004",
        "100,100"
    })
    void numbers_have_their_shortest_form(double value, String text) {
        assertThat(Json.number(value)).isEqualTo(text);
        assertThat(Double.parseDouble(text)).isEqualTo(value + 0.0);
    }

    @Test
    void pretty_text_parses_to_the_same_document() {
        var node = Json.parse("x", "{\"b\":[1,[2,{}],{\"c\":[]}],\"a\":\"\\\"\\\\\"}");
        assertThat(Json.parse("x", Json.pretty(node))).isEqualTo(node);
        assertThat(Json.pretty(Json.parse("x", "{\"a\":[1,2]}")))
                .isEqualTo("{\n  \"a\": [1, 2]\n}\n");
    }
}
