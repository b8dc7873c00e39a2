package org.phasezoo.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.phasezoo.document.Nearest;
import org.phasezoo.document.Pointer;
import org.phasezoo.document.Problems;

/// Whether a claim's names are known and whether it can be false at all.
final class ClaimCheck {
    private final List<Observed> observed;
    private final String pointer;
    private final Problems problems;

    ClaimCheck(List<Observed> observed, String pointer, Problems problems) {
        this.observed = observed;
        this.pointer = pointer;
        this.problems = problems;
    }

    void check(Claim claim) {
        Measures m = claim.measures();
        List<String> tested = new ArrayList<>(List.of(m.definition()));
        definition(m.definition(), m.population(), "/measures/definition");
        population(m.population(), "/measures/population");
        selection(claim.selects(), m, tested, "/selects");
        switch (claim.statistic()) {
            case Statistic.Mean(_), Statistic.Sign(_, _) -> {}
            case Statistic.Difference(Selection against, _) ->
                    selection(against, m, tested, "/statistic/against");
            case Statistic.MannWhitney(Selection against) ->
                    selection(against, m, tested, "/statistic/against");
            case Statistic.Agreement(Statistic.Reference r, _) ->
                    reference(r, m, "/statistic/reference");
            case Statistic.Deviation(Statistic.Reference r) ->
                    reference(r, m, "/statistic/reference");
            case Statistic.Spearman(Statistic.Reference r) -> correlated(r, m, claim.selects());
            case Statistic.PartialSpearman(Statistic.Reference r) ->
                    correlated(r, m, claim.selects());
            case Statistic.Trend(String along) -> axis(along, m.population(), "/statistic/along");
            case Statistic.InteriorOptimum(String along) ->
                    axis(along, m.population(), "/statistic/along");
            case Statistic.ChangePoint(Selection.Threshold t, _) -> {
                definition(t.definition(), m.population(), "/statistic/threshold/definition");
                axis(t.along(), m.population(), "/statistic/threshold/along");
            }
            case Statistic.CrossingSlope(String along, _, String against) -> {
                axis(along, m.population(), "/statistic/along");
                axis(against, m.population(), "/statistic/against");
            }
        }
    }

    private void correlated(Statistic.Reference r, Measures m, Selection selects) {
        reference(r, m, "/statistic/with");
        if (r.population().isEmpty() && Ancestry.overlap(r.definition(), m.definition())) {
            problems.add(
                    pointer + "/statistic/with/definition",
                    r.definition()
                            + " and "
                            + m.definition()
                            + " are computed from the same thing, so their correlation is true by construction",
                    "correlate with something else");
        }
        overlap(selects, r.definition(), "/selects");
    }

    private void reference(Statistic.Reference r, Measures m, String at) {
        String population = r.population().orElse(m.population());
        if (r.population().isPresent()) {
            population(population, at + "/population");
        }
        definition(r.definition(), population, at + "/definition");
    }

    private void selection(Selection selects, Measures m, List<String> tested, String at) {
        selects.axes()
                .ifPresent(axes ->
                        axes.sequencedKeySet()
                                .forEach(name ->
                                        axis(
                                                name,
                                                m.population(),
                                                Pointer.of(at + "/axes", name))));
        List<Selection.Quantity> quantities = selects.quantities().orElse(List.of());
        for (int i = 0; i < quantities.size(); i++) {
            definition(
                    quantities.get(i).definition(),
                    m.population(),
                    at + "/quantities/" + i + "/definition");
        }
        List<Selection.Threshold> thresholds = selects.thresholds().orElse(List.of());
        for (int i = 0; i < thresholds.size(); i++) {
            definition(
                    thresholds.get(i).definition(),
                    m.population(),
                    at + "/thresholds/" + i + "/definition");
            axis(thresholds.get(i).along(), m.population(), at + "/thresholds/" + i + "/along");
        }
        for (String definition : tested) {
            overlap(selects, definition, at);
        }
    }

    /// A quantity may select what it enters only from other seeds.
    private void overlap(Selection selects, String tested, String at) {
        if (selects.selectSeeds().isPresent()) {
            return;
        }
        for (String selecting : selects.definitions()) {
            if (Ancestry.overlap(selecting, tested)) {
                problems.add(
                        pointer + at,
                        selecting + " selects what it enters, " + tested + ", on the same seeds",
                        "add \"selectSeeds\": \"pilot\"");
            }
        }
        if (!selects.definitions().isEmpty()) {
            problems.add(
                    pointer + at + "/selectSeeds",
                    "quantities select, but not whose",
                    "add \"selectSeeds\": \"pilot\"");
        }
    }

    private Optional<Observed> of(String population) {
        return observed.stream().filter(o -> o.population().equals(population)).findFirst();
    }

    private void population(String name, String at) {
        if (!observed.isEmpty() && of(name).isEmpty()) {
            List<String> names = observed.stream().map(Observed::population).toList();
            problems.add(
                    pointer + at, "unknown population \"" + name + "\"", Nearest.mend(name, names));
        }
    }

    private void definition(String name, String population, String at) {
        of(population)
                .filter(o -> !o.definitions().contains(name))
                .ifPresent(o ->
                        problems.add(
                                pointer + at,
                                "population " + population + " has no \"" + name + "\"",
                                Nearest.mend(name, o.definitions())));
    }

    private void axis(String name, String population, String at) {
        of(population)
                .filter(o -> !o.axes().contains(name))
                .ifPresent(o ->
                        problems.add(
                                pointer + at,
                                "population " + population + " has no axis \"" + name + "\"",
                                Nearest.mend(name, o.axes())));
    }
}
