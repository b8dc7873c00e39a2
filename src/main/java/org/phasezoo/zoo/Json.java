package org.phasezoo.zoo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// JSON files of the zoo: strict to read, two spaces and LF to write, keys in the order they were
/// put.
final class Json {
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    static String text(JsonNode json) {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        try {
            return MAPPER.writer(
                                    new DefaultPrettyPrinter()
                                            .withObjectIndenter(lines)
                                            .withArrayIndenter(lines))
                            .writeValueAsString(json)
                    + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree that cannot be written", e);
        }
    }

    /// A line for each key of `json`, and for each element where its value is an array.
    static String lines(ObjectNode json) {
        StringBuilder text = new StringBuilder("{");
        String between = "\n";
        for (var entry : json.properties()) {
            text.append(between).append("  ").append(TextNode.valueOf(entry.getKey())).append(": ");
            if (entry.getValue() instanceof ArrayNode array && !array.isEmpty()) {
                for (int i = 0; i < array.size(); i++) {
                    text.append(i == 0 ? "[\n    " : ",\n    ").append(array.get(i));
                }
                text.append("\n  ]");
            } else {
                text.append(entry.getValue());
            }
            between = ",\n";
        }
        return text.append("\n}\n").toString();
    }

    static void write(Path file, JsonNode json) throws IOException {
        Staged.write(file, text(json).getBytes(StandardCharsets.UTF_8));
    }

    static ObjectNode read(Path file) throws IOException {
        try {
            if (MAPPER.readTree(Files.readString(file, StandardCharsets.UTF_8))
                    instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new DamagedFile(
                    file, "not JSON: " + e.getOriginalMessage().lines().findFirst().orElse(""));
        }
        throw new DamagedFile(file, "not a JSON object");
    }
}
