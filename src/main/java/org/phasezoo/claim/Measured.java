package org.phasezoo.claim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.statistic.CellMean;
import org.phasezoo.suite.Row;

/// One definition over the cells of one population: the values of each cell, in the order of the
/// rows.
///
/// Where a definition was measured at several checkpoints and the claim names none, `best` counts,
/// else `last`, else the one that comes first.
final class Measured {
    private final SequencedMap<Cell, List<Row>> rows = new LinkedHashMap<>();

    static Measured of(List<Evidence.Placed> mine, String checkpoint) {
        String at = checkpoint.isEmpty() ? checkpoint(mine) : checkpoint;
        Measured measured = new Measured();
        for (Evidence.Placed placed : mine) {
            Row row = placed.row();
            List<Row> cell = measured.rows.computeIfAbsent(placed.cell(), _ -> new ArrayList<>());
            if (row.checkpoint().equals(at)
                    && row.value().status().equals("ok")
                    && Double.isFinite(row.value().value())) {
                cell.add(row);
            }
        }
        return measured;
    }

    private static String checkpoint(List<Evidence.Placed> rows) {
        List<String> names = rows.stream().map(p -> p.row().checkpoint()).distinct().toList();
        for (String preferred : List.of("best", "last")) {
            if (names.contains(preferred)) {
                return preferred;
            }
        }
        return names.isEmpty() ? "" : names.getFirst();
    }

    List<Cell> cells() {
        return List.copyOf(rows.sequencedKeySet());
    }

    boolean has(Cell cell) {
        return !at(cell).isEmpty();
    }

    List<Row> at(Cell cell) {
        return rows.getOrDefault(cell, List.of());
    }

    /// Whether no member behind it has a seed: a deterministic quantity.
    boolean isDeterministic() {
        for (List<Row> cell : rows.values()) {
            for (Row row : cell) {
                if (!row.seeds().isEmpty()) {
                    return false;
                }
            }
        }
        return true;
    }

    /// The cell's mean after `change`, with the variance of one member; empty when any value has no
    /// image.
    List<CellMean> mean(Cell cell, java.util.function.DoubleUnaryOperator change) {
        List<Row> values = at(cell);
        if (values.isEmpty()) {
            return List.of();
        }
        double[] x = new double[values.size()];
        List<int[]> pairs = new ArrayList<>();
        for (int i = 0; i < x.length; i++) {
            x[i] = change.applyAsDouble(values.get(i).value().value());
            if (!Double.isFinite(x[i])) {
                return List.of();
            }
            List<Integer> seeds = values.get(i).seeds();
            if (seeds.size() == 2) {
                pairs.add(new int[] {seeds.get(0), seeds.get(1)});
            }
        }
        return List.of(
                pairs.size() == x.length ? CellMean.ofPairs(x, pairs) : CellMean.ofMembers(x));
    }

    double mean(Cell cell) {
        List<CellMean> mean = mean(cell, x -> x);
        return mean.isEmpty() ? Double.NaN : mean.getFirst().mean();
    }

    /// As [#mean(Cell, java.util.function.DoubleUnaryOperator)] of those cells that have one.
    List<CellMean> means(List<Cell> of, java.util.function.DoubleUnaryOperator change) {
        List<CellMean> means = new ArrayList<>();
        for (Cell cell : of) {
            means.addAll(mean(cell, change));
        }
        return means;
    }

    /// The cells' means, NaN where there is none.
    double[] values(List<Cell> of) {
        return of.stream().mapToDouble(this::mean).toArray();
    }

    static boolean vary(double[] values) {
        for (double v : values) {
            if (v != values[0]) {
                return true;
            }
        }
        return false;
    }

    /// The cell's values by seed; the values of pairs have none.
    SequencedMap<Integer, Double> bySeed(Cell cell) {
        SequencedMap<Integer, Double> values = new LinkedHashMap<>();
        for (Row row : at(cell)) {
            if (row.seeds().size() == 1) {
                values.put(row.seeds().getFirst(), row.value().value());
            }
        }
        return Collections.unmodifiableSequencedMap(values);
    }

    /// The standard error of sampling over examples, as the root mean square of the cell's rows; 0
    /// where none is known.
    double sampleError(Cell cell) {
        double squares = 0;
        int n = 0;
        for (Row row : at(cell)) {
            double se = row.value().seSample();
            if (Double.isFinite(se)) {
                squares += se * se;
                n++;
            }
        }
        return n == 0 ? 0 : Math.sqrt(squares / n);
    }
}
