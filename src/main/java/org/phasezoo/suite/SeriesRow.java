package org.phasezoo.suite;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalInt;
import java.util.SequencedMap;

/// A row of `series.arrow`: what a member's observable was at a step, and where in the grid the
/// member stands.
public record SeriesRow(
        String population,
        String member,
        OptionalInt seed,
        SequencedMap<String, JsonNode> cell,
        String definition,
        long step,
        double value) {}
