package org.phasezoo.suite;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalInt;
import java.util.SequencedMap;

/// A row of `members.arrow`: one member of a population and how it ended.
///
/// @param cell axis name to value, in the suite's order
/// @param outcome `finished`, `diverged` or `failed`
/// @param reason why, unless finished; empty otherwise
public record MemberRow(
        String id,
        SequencedMap<String, JsonNode> cell,
        OptionalInt seed,
        String outcome,
        String reason,
        long updates,
        String weightsFile,
        long weightsRow) {}
