package org.phasezoo.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.SequencedMap;
import org.phasezoo.document.Json;
import org.phasezoo.random.Key;
import org.phasezoo.study.Run;

/// A member's place in the grid. The key of a purpose is that of the canonical `{axes, purpose,
/// seed, stream}`, without the axes (or the seed) that the purpose shares.
public record PlannedRun(
        SequencedMap<String, JsonNode> axes,
        OptionalInt seed,
        SequencedMap<String, List<String>> shares,
        String stream)
        implements Run {
    public PlannedRun {
        axes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(axes));
        shares = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(shares));
    }

    @Override
    public Key key(String purpose) {
        List<String> shared = shares.getOrDefault(purpose, List.of());
        ObjectNode text = JsonNodeFactory.instance.objectNode();
        ObjectNode left = text.putObject("axes");
        axes.forEach((name, value) -> {
            if (!shared.contains(name)) {
                left.set(name, value);
            }
        });
        text.put("purpose", purpose);
        if (seed.isPresent() && !shared.contains("seed")) {
            text.put("seed", seed.getAsInt());
        }
        text.put("stream", stream);
        return Key.of(Json.canonical(text));
    }
}
