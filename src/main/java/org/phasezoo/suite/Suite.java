package org.phasezoo.suite;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.phasezoo.document.Binder;
import org.phasezoo.document.Digest;
import org.phasezoo.document.InvalidDocument;
import org.phasezoo.document.Json;
import org.phasezoo.document.Problems;
import org.phasezoo.study.Observable;

/// A versioned question as data: populations, measures, profiles, departures, figures. Every cell
/// of every profile is bound.
///
/// @param source the document it was read from
public record Suite(
        String id,
        int version,
        String title,
        List<String> papers,
        List<Measure> measures,
        SequencedMap<String, Profile> profiles,
        List<Figure> figures,
        JsonNode source) {
    public Suite {
        papers = List.copyOf(papers);
        measures = List.copyOf(measures);
        profiles = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(profiles));
        figures = List.copyOf(figures);
    }

    /// The suite in a document.
    ///
    /// @param file the name to use in problems
    /// @param binder binds studies and metrics to their kinds
    /// @throws InvalidDocument with all its problems
    public static Suite parse(String file, JsonNode root, Binder binder) {
        Problems problems = new Problems(file);
        Suite suite = read(root, binder, problems);
        problems.refuseIfAny();
        return suite;
    }

    /// What of the suite did bind; the rest is in `problems`. It is there so that a reader of
    /// claims can go on.
    public static Suite read(JsonNode root, Binder binder, Problems problems) {
        return SuiteReader.read(root, binder, problems);
    }

    /// The suite's full name, `<id>-v<version>`: its folder, its place under `zoo/` and `results/`.
    public String name() {
        return id + "-v" + version;
    }

    /// A profile by name.
    public Optional<Profile> profile(String profile) {
        return Optional.ofNullable(profiles.get(profile));
    }

    /// The metrics of one population, in the suite's order.
    public List<Measure> measures(String population) {
        return measures.stream()
                .filter(measure -> measure.population().equals(population))
                .toList();
    }

    /// Every definition of a population that stands in its `measurements`: scalar observables, then
    /// metrics.
    public List<String> definitions(Population population) {
        List<String> all = new ArrayList<>();
        for (Observable observable : population.observables()) {
            if (!observable.series()) {
                all.add(observable.definition());
            }
        }
        for (Measure measure : measures(population.name())) {
            all.addAll(measure.metric().definitions());
        }
        return List.copyOf(all);
    }

    /// What a run must give stands under this digest: SHA-256 over the canonical suite and the
    /// documents judged with it.
    public String digest(List<JsonNode> others) {
        StringBuilder text = new StringBuilder(Json.canonical(source));
        for (JsonNode other : others) {
            text.append('\n').append(Json.canonical(other));
        }
        return Digest.of(text.toString());
    }
}
