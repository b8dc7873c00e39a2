package org.phasezoo.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.DoubleUnaryOperator;
import org.phasezoo.document.Json;
import org.phasezoo.statistic.ArgmaxSet;
import org.phasezoo.statistic.CellMean;
import org.phasezoo.statistic.ChangePoint;
import org.phasezoo.statistic.Estimate;
import org.phasezoo.statistic.Trend;

/// A claim's quantity as profiles: along the lines of the selected cells that follow one axis.
final class Profiles {
    private final Claim claim;
    private final Evidence evidence;
    private final Measured measured;
    private final Selector selector;
    private final List<Cell> cells;

    Profiles(Selected selected) {
        this.claim = selected.claim();
        this.evidence = selected.evidence();
        this.measured = selected.measured();
        this.selector = selected.selector();
        this.cells = selected.cells();
    }

    Estimate trend(String along) {
        List<double[]> rows = new ArrayList<>();
        for (List<Cell> line : Selector.lines(cells, along).values()) {
            rows.add(measured.values(line));
        }
        return Trend.page(rows, claim.permutations());
    }

    Estimate changePoint(Selection.Threshold threshold, DoubleUnaryOperator change) {
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
            List<CellMean> means = measured.means(row, change);
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
                steps, at.stream().mapToInt(Integer::intValue).toArray(), claim.permutations());
    }

    Estimate interiorOptimum(String along) {
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
            varies |= Measured.vary(measured.values(line));
        }
        return varies
                ? new Estimate.Proportion(interior, lines)
                : new Estimate.Undefined("no line with 3 cells varies along " + along, lines);
    }

    /// The cells of each line that cannot be told from its best.
    String optima(String along) {
        List<String> lines = new ArrayList<>();
        for (var line : Selector.lines(cells, along).entrySet()) {
            List<CellMean> means = measured.means(line.getValue(), x -> x);
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
}
