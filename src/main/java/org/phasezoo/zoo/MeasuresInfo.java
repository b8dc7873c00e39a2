package org.phasezoo.zoo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// What the manifest of a layer of measures says besides its files.
///
/// @param population the population's name
/// @param axes the population's axes in order
/// @param settings what was measured and how: the settings of the metrics
/// @param revisions of the ops and laws that the values' bits depend on
/// @param populationManifest SHA-256 of the manifest of the population that was measured
public record MeasuresInfo(
        String population,
        List<String> axes,
        ObjectNode settings,
        SequencedMap<String, Integer> revisions,
        String populationManifest) {
    public MeasuresInfo {
        axes = List.copyOf(axes);
        revisions = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(revisions));
    }
}
