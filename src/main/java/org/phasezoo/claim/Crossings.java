package org.phasezoo.claim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import org.phasezoo.statistic.CellMean;
import org.phasezoo.statistic.Estimate;
import org.phasezoo.statistic.PooledT;
import org.phasezoo.statistic.Slope;

/// Where a claim's quantity rises through a level along one axis, and how that place moves with
/// another.
final class Crossings {
    private final String definition;
    private final Measured measured;
    private final List<Cell> cells;
    private final String along;
    private final double level;
    private final String against;

    Crossings(Selected selected, Statistic.CrossingSlope statistic) {
        this.definition = selected.claim().measures().definition();
        this.measured = selected.measured();
        this.cells = selected.cells();
        this.along = statistic.along();
        this.level = statistic.level();
        this.against = statistic.against();
    }

    /// The slope from curves averaged over all seeds, its error by leaving out one seed at a time:
    /// seeds are the unit.
    Estimate slope() {
        List<Integer> seeds =
                cells.stream()
                        .flatMap(c -> measured.bySeed(c).sequencedKeySet().stream())
                        .distinct()
                        .sorted()
                        .toList();
        List<List<Cell>> planes = List.copyOf(planes().values());
        double[] left = new double[seeds.size()];
        for (int i = 0; i < left.length; i++) {
            int out = i;
            left[i] =
                    slope(
                            planes,
                            seeds.stream().filter(s -> s.intValue() != seeds.get(out)).toList());
        }
        double all = slope(planes, seeds);
        for (double one : left) {
            all = Double.isNaN(one) ? Double.NaN : all;
        }
        return Double.isNaN(all)
                ? new Estimate.Undefined(
                        String.format(
                                Locale.ROOT,
                                "a curve of %s does not rise through %s between two values of %s in the grid",
                                definition,
                                Double.toString(level),
                                along),
                        seeds.size())
                : PooledT.jackknife(all, left);
    }

    /// The mean over planes of the log-log slope of the crossings; NaN when a curve does not cross.
    private double slope(List<List<Cell>> planes, List<Integer> seeds) {
        double sum = 0;
        for (List<Cell> plane : planes) {
            List<Double> x = new ArrayList<>();
            List<Double> y = new ArrayList<>();
            for (List<Cell> line : Selector.lines(plane, along).values()) {
                double[] axis = line.stream().mapToDouble(c -> c.number(along)).toArray();
                double[] value = line.stream().mapToDouble(c -> mean(c, seeds)).toArray();
                x.add(line.getFirst().number(against));
                y.add(Slope.crossing(axis, value, level));
            }
            sum +=
                    Slope.logLog(
                            x.stream().mapToDouble(Double::doubleValue).toArray(),
                            y.stream().mapToDouble(Double::doubleValue).toArray());
        }
        return sum / planes.size();
    }

    private double mean(Cell cell, List<Integer> seeds) {
        double[] values =
                measured.bySeed(cell).entrySet().stream()
                        .filter(v -> seeds.contains(v.getKey()))
                        .mapToDouble(java.util.Map.Entry::getValue)
                        .toArray();
        return values.length == 0 ? Double.NaN : CellMean.ofMembers(values).mean();
    }

    private SequencedMap<String, List<Cell>> planes() {
        SequencedMap<String, List<Cell>> planes = new LinkedHashMap<>();
        for (Cell cell : cells) {
            List<String> rest =
                    cell.axes().sequencedKeySet().stream()
                            .filter(a -> !a.equals(along) && !a.equals(against))
                            .sorted()
                            .toList();
            planes.computeIfAbsent(cell.key(rest), _ -> new ArrayList<>()).add(cell);
        }
        return planes;
    }
}
