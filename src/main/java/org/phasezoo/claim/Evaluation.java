package org.phasezoo.claim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.function.DoubleUnaryOperator;
import org.phasezoo.document.Json;
import org.phasezoo.random.Key;
import org.phasezoo.statistic.ArgmaxSet;
import org.phasezoo.statistic.CellMean;
import org.phasezoo.statistic.ChangePoint;
import org.phasezoo.statistic.Estimate;
import org.phasezoo.statistic.MannWhitney;
import org.phasezoo.statistic.PooledT;
import org.phasezoo.statistic.RankCorrelation;
import org.phasezoo.statistic.Slope;
import org.phasezoo.statistic.Trend;

/// A claim's statistic on some evidence.
final class Evaluation {
    private final Claim claim;
    private final Evidence evidence;
    private final Measured measured;
    private final Selector selector;
    private final List<Cell> cells;

    private Evaluation(Claim claim, Evidence evidence) {
        this.claim = claim;
        this.evidence = evidence;
        Measures m = claim.measures();
        this.measured =
                evidence.measured(m.population(), m.definition(), m.checkpoint().orElse(""));
        CellMeans selecting = evidence.selecting(m.population());
        List<Cell> grid = evidence.grid(m.population());
        this.selector =
                new Selector(
                        reads(claim) ? grid.stream().filter(selecting::has).toList() : grid,
                        selecting);
        this.cells = selector.cells(claim.selects());
    }

    static Estimate of(Claim claim, Evidence evidence) {
        return new Evaluation(claim, evidence).estimate();
    }

    /// How many cells a claim selects.
    static int selected(Claim claim, Evidence evidence) {
        return new Evaluation(claim, evidence).cells.size();
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

    private Estimate estimate() {
        String population = claim.measures().population();
        if (reads(claim) && evidence.selecting(population).cells().isEmpty()) {
            return new Estimate.Undefined(
                    "the suite has no pilot table of " + population + " to select by", 0);
        }
        if (cells.isEmpty()) {
            return new Estimate.Undefined("no cell of " + population + " is selected", 0);
        }
        long missing = cells.stream().filter(c -> !measured.has(c)).count();
        if (missing > 0) {
            return new Estimate.Undefined(
                    missing
                            + " of the "
                            + cells.size()
                            + " selected cells have no value of "
                            + claim.measures().definition(),
                    cells.size() - missing);
        }
        return switch (claim.statistic()) {
            case Statistic.Mean(var transform) -> mean(cells, List.of(), change(transform));
            case Statistic.Difference(Selection against, var transform) ->
                    mean(cells, without(selector.cells(against), cells), change(transform));
            case Statistic.Sign sign -> sign(sign);
            case Statistic.Agreement(Statistic.Reference reference, double margin) ->
                    agreement(reference, margin);
            case Statistic.Deviation(Statistic.Reference reference) -> deviation(reference);
            case Statistic.Spearman(Statistic.Reference with) -> correlation(with, false);
            case Statistic.PartialSpearman(Statistic.Reference with) -> correlation(with, true);
            case Statistic.Trend(String along) -> trend(along);
            case Statistic.MannWhitney(Selection against) ->
                    mannWhitney(without(selector.cells(against), cells));
            case Statistic.ChangePoint(Selection.Threshold threshold, var transform) ->
                    changePoint(threshold, change(transform));
            case Statistic.InteriorOptimum(String along) -> interiorOptimum(along);
            case Statistic.CrossingSlope(String along, double level, String against) ->
                    crossingSlope(along, level, against);
        };
    }

    private static DoubleUnaryOperator change(java.util.Optional<Statistic.Transform> transform) {
        return transform.isPresent() ? transform.get()::of : x -> x;
    }

    private static List<Cell> without(List<Cell> cells, List<Cell> others) {
        return cells.stream().filter(c -> !others.contains(c)).toList();
    }

    private Key key(String what) {
        return Key.of(
                "{\"axes\":{},\"purpose\":\"claim/"
                        + claim.id()
                        + "/"
                        + what
                        + "\",\"seed\":0,\"stream\":\"\"}");
    }

    private List<CellMean> means(List<Cell> of, DoubleUnaryOperator change) {
        List<CellMean> means = new ArrayList<>();
        for (Cell cell : of) {
            means.addAll(measured.mean(cell, change));
        }
        return means;
    }

    private Estimate mean(List<Cell> first, List<Cell> second, DoubleUnaryOperator change) {
        List<CellMean> a = means(first, change);
        List<CellMean> b = means(second, change);
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

    private double[] values(Measured of, List<Cell> at) {
        return at.stream().mapToDouble(of::mean).toArray();
    }

    private static boolean varies(double[] values) {
        for (double v : values) {
            if (v != values[0]) {
                return true;
            }
        }
        return false;
    }

    private Estimate sign(Statistic.Sign sign) {
        double[] x = values(measured, cells);
        if (!varies(x)) {
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

    private Estimate agreement(Statistic.Reference reference, double margin) {
        double[] off = differences(reference);
        long near = 0;
        for (double d : off) {
            if (Double.isNaN(d)) {
                return noReference(reference, off.length);
            }
            near += d <= margin ? 1 : 0;
        }
        return varies(off)
                ? new Estimate.Proportion(near, off.length)
                : new Estimate.Undefined("the cells do not vary", off.length);
    }

    private Estimate deviation(Statistic.Reference reference) {
        double[] off = differences(reference);
        for (double d : off) {
            if (Double.isNaN(d)) {
                return noReference(reference, off.length);
            }
        }
        return PooledT.meanOverCells(off);
    }

    private Estimate correlation(Statistic.Reference with, boolean partial) {
        String population = with.population().orElse(claim.measures().population());
        Measured other = evidence.measured(population, with.definition(), "");
        double[] x = values(measured, cells);
        double[] y = values(other, cells);
        for (double v : y) {
            if (Double.isNaN(v)) {
                return noReference(with, x.length);
            }
        }
        List<String> axes = List.copyOf(cells.getFirst().axes().sequencedKeySet());
        if (axes.size() < 2) {
            return RankCorrelation.spearman(x, y, key("permutation"));
        }
        // rows are lines along the last axis, columns its values
        String last = axes.getLast();
        int[] row = labels(cells.stream().map(c -> c.lineAlong(last)).toList());
        int[] column = labels(cells.stream().map(c -> c.key(List.of(last))).toList());
        return partial
                ? RankCorrelation.partialOverCells(x, y, row, column, key("permutation"))
                : RankCorrelation.overCells(x, y, row, column, key("permutation"));
    }

    private static int[] labels(List<String> names) {
        List<String> distinct = names.stream().distinct().toList();
        return names.stream().mapToInt(distinct::indexOf).toArray();
    }

    private Estimate trend(String along) {
        List<double[]> rows = new ArrayList<>();
        for (List<Cell> line : Selector.lines(cells, along).values()) {
            rows.add(values(measured, line));
        }
        return Trend.page(rows, key("permutation"));
    }

    private Estimate mannWhitney(List<Cell> against) {
        double[] y = values(measured, against);
        for (double v : y) {
            if (Double.isNaN(v)) {
                return new Estimate.Undefined("a cell to compare with has no value", cells.size());
            }
        }
        return MannWhitney.of(values(measured, cells), y);
    }

    private Estimate changePoint(Selection.Threshold threshold, DoubleUnaryOperator change) {
        SequencedMap<String, Double> place = selector.thresholds(threshold);
        List<double[]> steps = new ArrayList<>();
        List<Integer> at = new ArrayList<>();
        for (var line : Selector.lines(cells, threshold.along()).entrySet()) {
            Double first = place.get(line.getKey());
            List<Cell> row = line.getValue();
            int index =
                    first == null
                            ? -1
                            : row.stream()
                                            .map(c -> c.number(threshold.along()))
                                            .toList()
                                            .indexOf(first)
                                    - 1;
            if (index < 0 || row.size() < 3) {
                continue;
            }
            List<CellMean> means = means(row, change);
            if (means.size() < row.size()) {
                return new Estimate.Undefined(
                        "a value has no image under the transform", steps.size());
            }
            double[] step = new double[row.size() - 1];
            for (int i = 0; i < step.length; i++) {
                step[i] = means.get(i + 1).mean() - means.get(i).mean();
            }
            steps.add(step);
            at.add(index);
        }
        return ChangePoint.of(
                steps, at.stream().mapToInt(Integer::intValue).toArray(), key("permutation"));
    }

    private Estimate interiorOptimum(String along) {
        CellMeans selecting = evidence.selecting(claim.measures().population());
        long interior = 0;
        long lines = 0;
        boolean varies = false;
        for (List<Cell> line : Selector.lines(cells, along).values()) {
            Cell best = line.getFirst();
            for (Cell cell : line) {
                double value = selecting.at(cell, claim.measures().definition());
                if (Double.isNaN(value)) {
                    return new Estimate.Undefined(
                            "the selecting seeds have no value in cell " + cell, lines);
                }
                best = value > selecting.at(best, claim.measures().definition()) ? cell : best;
            }
            if (line.size() < 3) {
                continue;
            }
            lines++;
            double at = measured.mean(best);
            double ends = Math.max(measured.mean(line.getFirst()), measured.mean(line.getLast()));
            interior += at > ends ? 1 : 0;
            varies |= varies(values(measured, line));
        }
        return varies
                ? new Estimate.Proportion(interior, lines)
                : new Estimate.Undefined("no line with 3 cells varies along " + along, lines);
    }

    /// For a claim about optima, the cells of each line that cannot be told from its best; empty
    /// for other claims.
    static String note(Claim claim, Evidence evidence) {
        return claim.statistic() instanceof Statistic.InteriorOptimum(String along)
                ? new Evaluation(claim, evidence).optima(along)
                : "";
    }

    private String optima(String along) {
        List<String> lines = new ArrayList<>();
        for (var line : Selector.lines(cells, along).entrySet()) {
            List<CellMean> means = means(line.getValue(), x -> x);
            if (means.size() < line.getValue().size()) {
                return "";
            }
            List<String> best =
                    ArgmaxSet.of(means, Judge.ALPHA).stream()
                            .map(i -> Json.number(line.getValue().get(i).number(along)))
                            .toList();
            lines.add(line.getKey() + ": " + String.join(", ", best));
        }
        return lines.isEmpty()
                ? ""
                : "; best "
                        + along
                        + " (those that cannot be told apart) "
                        + String.join("; ", lines);
    }

    /// The slope from curves averaged over all seeds, its error by leaving out one seed at a time:
    /// seeds are the unit.
    private Estimate crossingSlope(String along, double level, String against) {
        List<Integer> seeds =
                cells.stream()
                        .flatMap(c -> measured.bySeed(c).sequencedKeySet().stream())
                        .distinct()
                        .sorted()
                        .toList();
        List<List<Cell>> planes = List.copyOf(planes(along, against).values());
        double[] left = new double[seeds.size()];
        for (int i = 0; i < left.length; i++) {
            int out = i;
            left[i] =
                    slope(
                            planes,
                            along,
                            level,
                            against,
                            seeds.stream().filter(s -> s.intValue() != seeds.get(out)).toList());
        }
        double all = slope(planes, along, level, against, seeds);
        for (double one : left) {
            all = Double.isNaN(one) ? Double.NaN : all;
        }
        return Double.isNaN(all)
                ? new Estimate.Undefined(
                        String.format(
                                Locale.ROOT,
                                "a curve of %s does not rise through %s between two values of %s in the grid",
                                claim.measures().definition(),
                                Double.toString(level),
                                along),
                        seeds.size())
                : PooledT.jackknife(all, left);
    }

    /// The mean over planes of the log-log slope of the crossings; NaN when a curve does not cross.
    private double slope(
            List<List<Cell>> planes,
            String along,
            double level,
            String against,
            List<Integer> seeds) {
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

    private SequencedMap<String, List<Cell>> planes(String along, String against) {
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
