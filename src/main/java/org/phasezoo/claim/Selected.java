package org.phasezoo.claim;

import java.util.List;
import java.util.Optional;
import org.phasezoo.statistic.Estimate;

/// What a claim's statistic is computed from: its quantity in the cells that it selects.
///
/// @param selector of the cells of the claim's population that it may be about
record Selected(
        Claim claim, Evidence evidence, Measured measured, Selector selector, List<Cell> cells) {
    static Selected of(Claim claim, Evidence evidence) {
        Measures m = claim.measures();
        CellMeans selecting = evidence.selecting(m.population());
        List<Cell> grid = evidence.grid(m.population());
        Selector selector =
                new Selector(
                        reads(claim) ? grid.stream().filter(selecting::has).toList() : grid,
                        selecting);
        return new Selected(
                claim,
                evidence,
                evidence.measured(m.population(), m.definition(), m.checkpoint().orElse("")),
                selector,
                selector.cells(claim.selects()));
    }

    /// Whether the claim reads the selecting seeds. Then it is about the cells that they have, so
    /// that a threshold stands at the same place of the axis for those and for the tested seeds.
    static boolean reads(Claim claim) {
        return !claim.selects().definitions().isEmpty()
                || switch (claim.statistic()) {
                    case Statistic.ChangePoint(_, _), Statistic.InteriorOptimum(_) -> true;
                    case Statistic.Difference(Selection against, _) ->
                            !against.definitions().isEmpty();
                    case Statistic.MannWhitney(Selection against) ->
                            !against.definitions().isEmpty();
                    case Statistic.Mean(_),
                            Statistic.Sign(_, _),
                            Statistic.Agreement(_, _),
                            Statistic.Deviation(_),
                            Statistic.Spearman(_),
                            Statistic.PartialSpearman(_),
                            Statistic.Trend(_),
                            Statistic.CrossingSlope(_, _, _) ->
                            false;
                };
    }

    /// Why nothing can be computed from it, where that is so.
    Optional<Estimate> undefined() {
        String population = claim.measures().population();
        if (reads(claim) && evidence.selecting(population).cells().isEmpty()) {
            return Optional.of(
                    new Estimate.Undefined(
                            "the suite has no pilot table of " + population + " to select by", 0));
        }
        if (cells.isEmpty()) {
            return Optional.of(
                    new Estimate.Undefined("no cell of " + population + " is selected", 0));
        }
        long missing = cells.stream().filter(c -> !measured.has(c)).count();
        return missing == 0
                ? Optional.empty()
                : Optional.of(
                        new Estimate.Undefined(
                                missing
                                        + " of the "
                                        + cells.size()
                                        + " selected cells have no value of "
                                        + claim.measures().definition(),
                                cells.size() - missing));
    }

    /// The cells that `against` selects, without the selected ones.
    List<Cell> others(Selection against) {
        return selector.cells(against).stream().filter(c -> !cells.contains(c)).toList();
    }
}
