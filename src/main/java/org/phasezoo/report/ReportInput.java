package org.phasezoo.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.phasezoo.claim.Controls;
import org.phasezoo.claim.PhaseMap;
import org.phasezoo.claim.Verdicts;
import org.phasezoo.suite.CurveRow;
import org.phasezoo.suite.MemberRow;
import org.phasezoo.suite.Profile;
import org.phasezoo.suite.Row;
import org.phasezoo.suite.SeriesRow;
import org.phasezoo.suite.Suite;

/// All that a report is made of. Neither clock nor host nor JDK is in it, so the same run gives the
/// same bytes.
///
/// @param suiteDigest SHA-256 over the suite and the documents judged with it
/// @param stored what the zoo holds of each population, in the profile's order
/// @param phases the maps by the suite's phase rules
/// @param bibtex the suite's `papers.bib`; empty when it has none
/// @param baselines the texts of the files that [#baselineFiles] names
public record ReportInput(
        Suite suite,
        Profile profile,
        String suiteDigest,
        List<Stored> stored,
        Verdicts verdicts,
        Optional<Controls> controls,
        List<PhaseMap> phases,
        String bibtex,
        SequencedMap<String, String> baselines) {

    /// An input without published tables beside its figures.
    public ReportInput(
            Suite suite,
            Profile profile,
            String suiteDigest,
            List<Stored> stored,
            Verdicts verdicts,
            Optional<Controls> controls,
            List<PhaseMap> phases,
            String bibtex) {
        this(
                suite,
                profile,
                suiteDigest,
                stored,
                verdicts,
                controls,
                phases,
                bibtex,
                new LinkedHashMap<>());
    }

    /// The published tables that a suite's figures draw, as paths inside its folder.
    public static List<String> baselineFiles(Suite suite) {
        return suite.figures().stream()
                .flatMap(figure -> figure.published().stream())
                .map(PublishedMap::parse)
                .filter(PublishedMap::drawn)
                .map(PublishedMap::file)
                .distinct()
                .toList();
    }

    /// What the zoo holds of a population.
    ///
    /// @param rows of its measurements, scalar observables among them
    /// @param revisions of the ops and laws that its members' bits depend on
    /// @param manifestSha256 of its manifest; that of its measures is empty where there are none
    public record Stored(
            String population,
            List<MemberRow> members,
            List<Row> rows,
            List<SeriesRow> series,
            List<CurveRow> curves,
            SequencedMap<String, Integer> revisions,
            String manifestSha256,
            String measuresSha256) {
        public Stored {
            members = List.copyOf(members);
            rows = List.copyOf(rows);
            series = List.copyOf(series);
            curves = List.copyOf(curves);
        }

        long count(String outcome) {
            return members.stream().filter(m -> m.outcome().equals(outcome)).count();
        }
    }

    public ReportInput {
        stored = List.copyOf(stored);
        phases = List.copyOf(phases);
        baselines = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(baselines));
    }

    /// The stored population of this name.
    Stored stored(String population) {
        List<String> names = new ArrayList<>();
        for (Stored s : stored) {
            if (s.population().equals(population)) {
                return s;
            }
            names.add(s.population());
        }
        throw new IllegalArgumentException(
                "no population \"" + population + "\"; there are " + names);
    }
}
