package org.phasezoo.statistic;

import java.util.List;

/// Means, differences and ratios of cells with few seeds each: t with one variance pooled over all
/// cells.
///
/// *Assumes* independent members, the same variance in every cell (take logarithms first where the
/// spread grows with the level), near-normal means. *Least n*: one cell with two members; undefined
/// where nothing varies.
public final class PooledT {
    private PooledT() {}

    /// The unweighted mean over cells, for this grid: seeds are the unit.
    public static Estimate mean(List<CellMean> cells) {
        return contrast(cells, List.of());
    }

    /// Mean of the first cells minus mean of the second, for this grid: seeds are the unit.
    public static Estimate difference(List<CellMean> first, List<CellMean> second) {
        if (second.isEmpty()) {
            return new Estimate.Undefined("no cell to compare with", 0);
        }
        return contrast(first, second);
    }

    private static Estimate contrast(List<CellMean> first, List<CellMean> second) {
        long n = units(first) + units(second);
        if (first.isEmpty()) {
            return new Estimate.Undefined("no cell was selected", n);
        }
        double squares = 0;
        double df = 0;
        for (List<CellMean> cells : List.of(first, second)) {
            for (CellMean c : cells) {
                squares += c.unitVariance() * (c.units() - 1);
                df += c.units() - 1;
            }
        }
        if (df < 1) {
            return new Estimate.Undefined("no cell has two independent members", n);
        }
        double scale = overUnits(first) + overUnits(second);
        double se = Math.sqrt(squares / df * scale);
        double value = average(first) - (second.isEmpty() ? 0 : average(second));
        return se > 0
                ? new Estimate.Tee(value, se, df, n)
                : new Estimate.Undefined(
                        "the members do not vary, so there is no error to test against", n);
    }

    /// The mean over cells as a sample of cells: the cell is the unit. *Least n*: 3 cells.
    public static Estimate meanOverCells(double[] cellMeans) {
        int n = cellMeans.length;
        if (n < 3) {
            return new Estimate.Undefined(n + " cells; at least 3 are needed", n);
        }
        CellMean all = CellMean.ofMembers(cellMeans);
        double se = Math.sqrt(all.unitVariance() / n);
        return se > 0
                ? new Estimate.Tee(all.mean(), se, n - 1, n)
                : new Estimate.Undefined(
                        "the cells do not vary, so there is no error to test against", n);
    }

    /// The difference of two samples of cells: the cell is the unit; Welch's t. *Least n*: 2 cells
    /// each.
    ///
    /// *Source*: Welch, Biometrika 34 (1947) 28–35.
    public static Estimate differenceOverCells(double[] first, double[] second) {
        int n = first.length + second.length;
        if (first.length < 2 || second.length < 2) {
            return new Estimate.Undefined("fewer than 2 cells on one side", n);
        }
        CellMean a = CellMean.ofMembers(first);
        CellMean b = CellMean.ofMembers(second);
        double va = a.unitVariance() / a.units();
        double vb = b.unitVariance() / b.units();
        if (!(va + vb > 0)) {
            return new Estimate.Undefined(
                    "the cells do not vary, so there is no error to test against", n);
        }
        double df = (va + vb) * (va + vb) / (va * va / (a.units() - 1) + vb * vb / (b.units() - 1));
        return new Estimate.Tee(a.mean() - b.mean(), Math.sqrt(va + vb), df, n);
    }

    /// Any statistic with the jackknife's error over its units: t with n − 1 degrees of freedom.
    /// *Least n*: 2 units.
    ///
    /// *Source*: Tukey, Annals of Mathematical Statistics 29 (1958) 614.
    ///
    /// @param value the statistic on all units
    /// @param left the statistic without each unit
    public static Estimate jackknife(double value, double[] left) {
        int n = left.length;
        if (n < 2) {
            return new Estimate.Undefined(n + " units; at least 2 are needed", n);
        }
        double se = Math.sqrt(CellMean.ofMembers(left).unitVariance() * (n - 1) * (n - 1) / n);
        return se > 0
                ? new Estimate.Tee(value, se, n - 1, n)
                : new Estimate.Undefined(
                        "the units do not vary, so there is no error to test against", n);
    }

    private static long units(List<CellMean> cells) {
        long n = 0;
        for (CellMean c : cells) {
            n += c.units();
        }
        return n;
    }

    private static double average(List<CellMean> cells) {
        double sum = 0;
        for (CellMean c : cells) {
            sum += c.mean();
        }
        return sum / cells.size();
    }

    private static double overUnits(List<CellMean> cells) {
        double sum = 0;
        for (CellMean c : cells) {
            sum += 1.0 / c.units();
        }
        return cells.isEmpty() ? 0 : sum / ((double) cells.size() * cells.size());
    }
}
