package org.phasezoo.suite;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.metric.Value;

/// A row of `measurements.arrow`: a value of a member, a pair of members or a cell, and where in
/// the grid it stands.
///
/// @param subject `member`, `pair` or `cell`
/// @param members ids: one, two or none
/// @param seeds the members' seeds, in the same order; empty for a study without seeds
/// @param cell axis name to value, in the suite's order
/// @param checkpoint `init`, `best`, `last` or an update number; empty where it has none
public record Row(
        String population,
        String subject,
        List<String> members,
        List<Integer> seeds,
        SequencedMap<String, JsonNode> cell,
        String checkpoint,
        Value value) {}
