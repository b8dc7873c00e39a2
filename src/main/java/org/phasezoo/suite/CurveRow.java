package org.phasezoo.suite;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.metric.Curve;

/// A curve of `curves.arrow`: a measured function of a member, a pair of members or a cell, and
/// where in the grid it stands. The fields are those of a [Row].
public record CurveRow(
        String population,
        String subject,
        List<String> members,
        List<Integer> seeds,
        SequencedMap<String, JsonNode> cell,
        String checkpoint,
        Curve curve) {}
