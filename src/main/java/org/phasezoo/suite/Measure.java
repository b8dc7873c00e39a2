package org.phasezoo.suite;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.metric.Metric;

/// A metric to be measured on a population's checkpoint after training.
///
/// @param settings the metric as the suite writes it
/// @param shares purpose (`<definition>/<what>`) to what its draws leave out: only `members`
public record Measure(
        String population,
        String checkpoint,
        JsonNode settings,
        Metric metric,
        SequencedMap<String, List<String>> shares) {
    public Measure {
        shares = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(shares));
    }
}
