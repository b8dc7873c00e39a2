package org.phasezoo.claim;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.phasezoo.statistic.CellMean;
import org.phasezoo.statistic.Estimate;
import org.phasezoo.statistic.MannWhitney;
import org.phasezoo.statistic.PooledT;

/// A claim's statistic on some evidence.
final class Evaluation {
    private final Claim claim;
    private final Measured measured;
    private final List<Cell> cells;

    private Evaluation(Selected selected) {
        this.claim = selected.claim();
        this.measured = selected.measured();
        this.cells = selected.cells();
    }

    static Estimate of(Claim claim, Evidence evidence) {
        Selected selected = Selected.of(claim, evidence);
        return selected.undefined().orElseGet(() -> new Evaluation(selected).estimate(selected));
    }

    private Estimate estimate(Selected selected) {
        return switch (claim.statistic()) {
            case Statistic.Mean(var transform) -> mean(cells, List.of(), change(transform));
            case Statistic.Difference(Selection against, var transform) ->
                    mean(cells, selected.others(against), change(transform));
            case Statistic.Sign sign -> sign(sign);
            case Statistic.Agreement(Statistic.Reference reference, double margin) ->
                    new Comparison(selected).agreement(reference, margin);
            case Statistic.Deviation(Statistic.Reference reference) ->
                    new Comparison(selected).deviation(reference);
            case Statistic.Spearman(Statistic.Reference with) ->
                    new Comparison(selected).correlation(with, false);
            case Statistic.PartialSpearman(Statistic.Reference with) ->
                    new Comparison(selected).correlation(with, true);
            case Statistic.Trend(String along) -> new Profiles(selected).trend(along);
            case Statistic.MannWhitney(Selection against) -> mannWhitney(selected.others(against));
            case Statistic.ChangePoint(Selection.Threshold threshold, var transform) ->
                    new Profiles(selected).changePoint(threshold, change(transform));
            case Statistic.InteriorOptimum(String along) ->
                    new Profiles(selected).interiorOptimum(along);
            case Statistic.CrossingSlope slope -> new Crossings(selected, slope).slope();
        };
    }

    /// For a claim about optima, the cells of each line that cannot be told from its best; empty
    /// for other claims.
    static String note(Claim claim, Evidence evidence) {
        return claim.statistic() instanceof Statistic.InteriorOptimum(String along)
                ? new Profiles(Selected.of(claim, evidence)).optima(along)
                : "";
    }

    private static DoubleUnaryOperator change(Optional<Statistic.Transform> transform) {
        return transform.isPresent() ? transform.get()::of : x -> x;
    }

    private Estimate mean(List<Cell> first, List<Cell> second, DoubleUnaryOperator change) {
        List<CellMean> a = measured.means(first, change);
        List<CellMean> b = measured.means(second, change);
        if (a.size() < first.size() || b.size() < second.size()) {
            return new Estimate.Undefined(
                    "a value has no image under the transform, or a cell has no value", a.size());
        }
        boolean difference = claim.statistic() instanceof Statistic.Difference;
        if (difference && b.isEmpty()) {
            return new Estimate.Undefined("no cell to compare with is selected", a.size());
        }
        double[] x = array(a);
        double[] y = array(b);
        if (measured.isDeterministic()) {
            double value =
                    CellMean.ofMembers(x).mean() - (difference ? CellMean.ofMembers(y).mean() : 0);
            return new Estimate.Exact(value, a.size() + (long) b.size());
        }
        return switch (claim.estimand()) {
            case THIS_GRID -> difference ? PooledT.difference(a, b) : PooledT.mean(a);
            case OVER_CELLS ->
                    difference ? PooledT.differenceOverCells(x, y) : PooledT.meanOverCells(x);
        };
    }

    private static double[] array(List<CellMean> means) {
        return means.stream().mapToDouble(CellMean::mean).toArray();
    }

    private Estimate sign(Statistic.Sign sign) {
        double[] x = measured.values(cells);
        if (!Measured.vary(x)) {
            return new Estimate.Undefined(
                    "the selected cells do not vary, so nothing can be counted", x.length);
        }
        long hits = 0;
        for (double v : x) {
            boolean hit =
                    sign.above().isPresent()
                            ? v > sign.above().getAsDouble()
                            : v < sign.below().orElseThrow();
            hits += hit ? 1 : 0;
        }
        return new Estimate.Proportion(hits, x.length);
    }

    private Estimate mannWhitney(List<Cell> against) {
        double[] y = measured.values(against);
        for (double v : y) {
            if (Double.isNaN(v)) {
                return new Estimate.Undefined("a cell to compare with has no value", cells.size());
            }
        }
        return MannWhitney.of(measured.values(cells), y);
    }
}
