package org.phasezoo.claim;

import com.fasterxml.jackson.databind.JsonNode;

/// What the paper says, where it says it, and how that is known.
///
/// @param value a number, or a text where it is more than one
/// @param source file and column in the suite's `baselines/`, or the place in the paper
public record Published(JsonNode value, String source, Known known) {
    /// How a published value is known, best first.
    public enum Known {
        DATA,
        CODE,
        PAGE,
        ABSTRACT,
        MEMORY
    }

    public Published {
        if (!value.isNumber() && !value.isTextual()) {
            throw new IllegalArgumentException(
                    "value is neither a number nor a text; write what was published");
        }
    }
}
