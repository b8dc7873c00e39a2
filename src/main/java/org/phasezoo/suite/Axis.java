package org.phasezoo.suite;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// A control parameter: its name, the JSON pointer whose value it replaces, its role and its values
/// in the suite's order.
public record Axis(String name, String at, Role role, List<JsonNode> values) {
    /// What a parameter does to a system.
    public enum Role {
        /// model size against data: the horizontal axis of a phase map
        LOAD,
        /// noise of the dynamics: the vertical axis of a phase map
        TEMPERATURE,
        /// neither
        NONE
    }

    public Axis {
        values = List.copyOf(values);
    }
}
