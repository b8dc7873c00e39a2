package org.phasezoo.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.phasezoo.claim.Claim;
import org.phasezoo.claim.Controls;
import org.phasezoo.claim.Judge;
import org.phasezoo.claim.PhaseMap;
import org.phasezoo.claim.Published;
import org.phasezoo.claim.Verdict;
import org.phasezoo.claim.Verdicts;
import org.phasezoo.statistic.Interval;
import org.phasezoo.suite.Departure;
import org.phasezoo.suite.Figure;

/// What a report says, in the order in which it says it, before it is HTML or Markdown.
///
/// @param phases a sentence for each phase map
record Content(
        String title,
        String summary,
        List<String> phases,
        List<Shown> figures,
        List<Judged> claims,
        String controls,
        List<Departed> departures,
        SequencedMap<String, String> provenance,
        List<Source> sources,
        References references) {

    /// A figure with its caption.
    record Shown(String id, Drawing drawing, String caption) {}

    /// A claim's line in the table.
    ///
    /// @param tone the verdict as a word of the style sheet
    /// @param positive what our judge says of the published data; empty where that was not asked
    record Judged(
            String id,
            String statement,
            String where,
            String published,
            String known,
            String here,
            String scope,
            String words,
            Verdict.Outcome tone,
            String why,
            String status,
            String positive) {}

    /// A departure from the paper.
    record Departed(String what, String paper, String here, String why) {}

    /// A stored population and what it rests on.
    record Source(String population, int members, String revisions, String manifest, String measures) {}

    /// The first figure, with its published map.
    List<Shown> leading() {
        return figures.subList(0, figures.size() - following().size());
    }

    /// The figures after it.
    List<Shown> following() {
        if (figures.isEmpty()) {
            return figures;
        }
        String published = figures.getFirst().id() + "-published";
        boolean two = figures.size() > 1 && figures.get(1).id().equals(published);
        return figures.subList(two ? 2 : 1, figures.size());
    }

    static Content of(ReportInput input, SequencedMap<String, Drawing> drawings) {
        return new Content(
                input.suite().title(),
                summary(input),
                input.phases().stream().map(Content::phases).toList(),
                figures(input, drawings),
                claims(input),
                input.controls().map(Content::controls).orElse(""),
                input.profile().departures().stream().map(Content::departed).toList(),
                provenance(input),
                input.stored().stream().map(Content::source).toList(),
                references(input));
    }

    private static References references(ReportInput input) {
        List<String> definitions = new ArrayList<>();
        input.profile().populations().values().forEach(p -> definitions.addAll(input.suite().definitions(p)));
        return References.of(input.bibtex(), input.suite().papers(), definitions);
    }

    private static String summary(ReportInput input) {
        long finished = 0;
        long diverged = 0;
        long failed = 0;
        for (ReportInput.Stored stored : input.stored()) {
            finished += stored.count("finished");
            diverged += stored.count("diverged");
            failed += stored.count("failed");
        }
        Verdicts v = input.verdicts();
        String populations = input.stored().size() == 1 ? "1 population" : input.stored().size() + " populations";
        return "Suite " + input.suite().name() + ", profile " + input.profile().name() + ", scope "
                + input.profile().scope().word() + ". " + populations + ": " + finished + " members finished, " + diverged
                + " diverged, " + failed + " failed. Of " + v.list().size() + " claims "
                + v.count(Verdict.Outcome.HOLDS) + " hold, " + v.count(Verdict.Outcome.FAILS) + " fail, "
                + v.count(Verdict.Outcome.UNDECIDED) + " are undecided and " + v.count(Verdict.Outcome.NOT_EVALUATED)
                + " could not be evaluated.";
    }

    private static String phases(PhaseMap map) {
        TreeMap<String, Integer> counts = new TreeMap<>();
        int unsure = 0;
        for (PhaseMap.Labelled cell : map.cells()) {
            counts.merge(cell.phase(), 1, Integer::sum);
            unsure += cell.probability() < 0.8 ? 1 : 0;
        }
        List<String> parts = new ArrayList<>();
        for (Map.Entry<String, Integer> count : counts.entrySet()) {
            parts.add(count.getKey() + " " + count.getValue());
        }
        return "Phases of " + map.rule().population() + " by rule " + map.rule().id() + ": " + String.join(", ", parts)
                + " cells; " + unsure + " of " + map.cells().size() + " labels have a probability below .8. "
                + "IV-A and IV-B are cut at " + Format.exact(map.rule().cut().value()) + " ("
                + map.rule().cut().basis().name().toLowerCase(Locale.ROOT) + "): " + map.rule().cut().why()
                + (map.rule().cut().why().endsWith(".") ? "" : ".");
    }

    private static List<Shown> figures(ReportInput input, SequencedMap<String, Drawing> drawings) {
        SequencedMap<String, Figure> asked = new LinkedHashMap<>();
        input.suite().figures().forEach(f -> asked.put(f.id(), f));
        List<Shown> shown = new ArrayList<>();
        drawings.forEach((id, drawing) -> {
            Figure figure = asked.get(id);
            String caption = figure == null ? "" : figure.caption().orElse("");
            String published = figure == null ? "" : figure.published().map(p -> "Published values: " + PublishedMap.parse(p).file() + ".").orElse("");
            shown.add(new Shown(id, drawing, (caption + " " + published).strip()));
        });
        return shown;
    }

    private static List<Judged> claims(ReportInput input) {
        TreeMap<String, Verdict> positive = new TreeMap<>();
        input.controls().flatMap(Controls::positive).ifPresent(p -> p.list().forEach(v -> positive.put(v.claim().id(), v)));
        List<Judged> judged = new ArrayList<>();
        for (Verdict v : input.verdicts().list()) {
            Claim claim = v.claim();
            Published published = claim.published();
            Verdict there = positive.get(claim.id());
            judged.add(new Judged(
                    claim.id(),
                    claim.statement(),
                    claim.where(),
                    Figures.shown(published.value()),
                    published.known().name().toLowerCase(Locale.ROOT) + ": " + published.source(),
                    found(v),
                    v.scopeText(),
                    v.words(),
                    v.outcome(),
                    v.why(),
                    claim.kind().name().toLowerCase(Locale.ROOT) + ", " + (claim.registered() ? "registered" : "exploratory"),
                    there == null ? "" : there.outcome().text() + " · " + found(there)));
        }
        return judged;
    }

    /// `0.93 [0.85, 0.97], n = 30`.
    private static String found(Verdict v) {
        if (Double.isNaN(v.value())) {
            return "n = " + v.n();
        }
        Interval i = v.interval();
        String interval = Double.isNaN(i.low()) ? "" : " [" + Format.shortly(i.low()) + ", " + Format.shortly(i.high()) + "]";
        return Format.shortly(v.value()) + interval + ", n = " + v.n();
    }

    private static String controls(Controls controls) {
        long evaluated = 0;
        long holds = 0;
        for (Verdicts shuffle : controls.shuffled()) {
            evaluated += shuffle.list().size() - shuffle.count(Verdict.Outcome.NOT_EVALUATED);
            holds += shuffle.count(Verdict.Outcome.HOLDS);
        }
        String positive = controls.positive()
                .map(p -> " On the published data " + p.count(Verdict.Outcome.HOLDS) + " of " + p.list().size()
                        + " claims hold by the same judge.")
                .orElse("");
        return "Negative controls: with the cells shuffled " + controls.shuffled().size() + " times, " + holds + " of " + evaluated
                + " verdicts that could be evaluated hold (α = " + Format.exact(Judge.ALPHA) + " would let about "
                + Format.fixed(Judge.ALPHA * evaluated, 0) + " through); on a constant table "
                + controls.constant().count(Verdict.Outcome.HOLDS) + " of " + controls.constant().list().size() + " hold." + positive;
    }

    private static Departed departed(Departure d) {
        return new Departed(d.what(), Figures.shown(d.paper()), Figures.shown(d.here()), d.why());
    }

    private static SequencedMap<String, String> provenance(ReportInput input) {
        SequencedMap<String, String> facts = new LinkedHashMap<>();
        String name = input.suite().name();
        String profile = input.profile().name().equals("quick") ? "" : " --profile " + input.profile().name();
        facts.put("Suite", name + ", SHA-256 " + input.suiteDigest());
        facts.put("Profile", input.profile().name());
        facts.put("Made by", "phasezoo run " + name + profile);
        facts.put("Check by", "phasezoo verify " + name + profile + " --members 4");
        return facts;
    }

    private static Source source(ReportInput.Stored stored) {
        List<String> revisions = new ArrayList<>();
        stored.revisions().forEach((op, revision) -> revisions.add(op + " " + revision));
        return new Source(
                stored.population(),
                stored.members().size(),
                String.join(", ", revisions),
                stored.manifestSha256(),
                stored.measuresSha256());
    }
}
