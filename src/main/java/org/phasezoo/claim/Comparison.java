package org.phasezoo.claim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.statistic.Estimate;
import org.phasezoo.statistic.PooledT;
import org.phasezoo.statistic.RankCorrelation;

/// A claim's quantity beside another one, its reference, cell by cell.
final class Comparison {
    private final Claim claim;
    private final Evidence evidence;
    private final Measured measured;
    private final List<Cell> cells;

    Comparison(Selected selected) {
        this.claim = selected.claim();
        this.evidence = selected.evidence();
        this.measured = selected.measured();
        this.cells = selected.cells();
    }

    /// The absolute differences from the reference in the selected cells; NaN where the reference
    /// has no value.
    private double[] differences(Statistic.Reference reference) {
        String population = reference.population().orElse(claim.measures().population());
        Measured other = evidence.measured(population, reference.definition(), "");
        List<Cell> others = other.cells();
        List<String> shared =
                others.isEmpty()
                        ? List.of()
                        : List.copyOf(others.getFirst().axes().sequencedKeySet());
        SequencedMap<Cell, Double> at = new LinkedHashMap<>();
        for (Cell cell : others) {
            at.put(cell, other.mean(cell));
        }
        return cells.stream()
                .mapToDouble(c -> {
                    Double value = at.get(c.project(shared));
                    return value == null ? Double.NaN : Math.abs(measured.mean(c) - value);
                })
                .toArray();
    }

    private static Estimate.Undefined noReference(Statistic.Reference reference, int n) {
        return new Estimate.Undefined(
                "a selected cell has no value of " + reference.definition() + " to compare with",
                n);
    }

    Estimate agreement(Statistic.Reference reference, double margin) {
        double[] off = differences(reference);
        long near = 0;
        for (double d : off) {
            if (Double.isNaN(d)) {
                return noReference(reference, off.length);
            }
            near += d <= margin ? 1 : 0;
        }
        return Measured.vary(off)
                ? new Estimate.Proportion(near, off.length)
                : new Estimate.Undefined("the cells do not vary", off.length);
    }

    Estimate deviation(Statistic.Reference reference) {
        double[] off = differences(reference);
        for (double d : off) {
            if (Double.isNaN(d)) {
                return noReference(reference, off.length);
            }
        }
        return PooledT.meanOverCells(off);
    }

    Estimate correlation(Statistic.Reference with, boolean partial) {
        String population = with.population().orElse(claim.measures().population());
        Measured other = evidence.measured(population, with.definition(), "");
        double[] x = measured.values(cells);
        double[] y = other.values(cells);
        for (double v : y) {
            if (Double.isNaN(v)) {
                return noReference(with, x.length);
            }
        }
        List<String> axes = List.copyOf(cells.getFirst().axes().sequencedKeySet());
        if (axes.size() < 2) {
            return RankCorrelation.spearman(x, y, claim.permutations());
        }
        // rows are lines along the last axis, columns its values
        String last = axes.getLast();
        int[] row = labels(cells.stream().map(c -> c.lineAlong(last)).toList());
        int[] column = labels(cells.stream().map(c -> c.key(List.of(last))).toList());
        return partial
                ? RankCorrelation.partialOverCells(x, y, row, column, claim.permutations())
                : RankCorrelation.overCells(x, y, row, column, claim.permutations());
    }

    private static int[] labels(List<String> names) {
        List<String> distinct = names.stream().distinct().toList();
        return names.stream().mapToInt(distinct::indexOf).toArray();
    }
}
