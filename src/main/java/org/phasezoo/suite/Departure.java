package org.phasezoo.suite;

import com.fasterxml.jackson.databind.JsonNode;

/// Where a suite differs from its paper: what, the paper's value, the value here, and why.
public record Departure(String what, JsonNode paper, JsonNode here, String why) {}
