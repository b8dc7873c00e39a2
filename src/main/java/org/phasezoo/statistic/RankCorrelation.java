package org.phasezoo.statistic;

import java.util.List;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;

/// Spearman's rank correlation, of a sample and of maps, plain and given both axes.
///
/// *Ties* share mean ranks. *Undefined* with fewer than 4 values or without variation.
public final class RankCorrelation {
    private static final int BOOTSTRAPS = 400;
    private static final Interval SUPPORT = new Interval(-1, 1);

    private RankCorrelation() {}

    /// ρ of two samples whose values are exchangeable under the null: exact over all permutations
    /// up to n = 9, by counter-based draws beyond. Its error is Fisher's, 1.06/(n − 3) on the scale
    /// of atanh.
    ///
    /// *Source*: Fieller, Hartley, Pearson, Biometrika 44 (1957) 470–481 for the error.
    public static Estimate spearman(double[] x, double[] y, Key key) {
        int n = x.length;
        if (n < 4) {
            return new Estimate.Undefined(n + " cells; at least 4 are needed", n);
        }
        double[] rx = Ranks.of(x);
        double[] ry = Ranks.of(y);
        double rho = Ranks.correlation(rx, ry);
        if (Double.isNaN(rho)) {
            return noVariation(n);
        }
        Permutations.Tails tails =
                Permutations.test(List.of(all(n)), n, key, order -> dot(rx, ry, order));
        double se = n > 4 ? Math.sqrt(1.06 / (n - 3)) : Double.NaN;
        return new Estimate.Permuted(
                rho,
                0,
                tails.greater(),
                tails.less(),
                tails.least(),
                se,
                n - 2,
                n,
                Estimate.Scale.FISHER,
                SUPPORT);
    }

    /// ρ over the cells of a map, where both quantities follow the axes: the null keeps each row's
    /// values in their row, then each column's in their column, and the larger of the two p-values
    /// counts. The error is that of a block bootstrap: whole rows and whole columns are drawn with
    /// replacement, 400 times.
    ///
    /// *Least n*: 4 cells, 2 rows or 2 columns with 2 cells; an interval needs 3 rows and 3
    /// columns.
    public static Estimate overCells(double[] x, double[] y, int[] row, int[] column, Key key) {
        return map(x, y, row, column, key, false);
    }

    /// The same after the additive effects of rows and columns are taken from both quantities'
    /// ranks: what is left when width and batch size are known.
    public static Estimate partialOverCells(
            double[] x, double[] y, int[] row, int[] column, Key key) {
        return map(x, y, row, column, key, true);
    }

    private static Estimate map(
            double[] x, double[] y, int[] row, int[] column, Key key, boolean partial) {
        int n = x.length;
        if (n < 4) {
            return new Estimate.Undefined(n + " cells; at least 4 are needed", n);
        }
        double[] rx = scores(x, row, column, partial);
        double[] ry = scores(y, row, column, partial);
        double rho = Ranks.correlation(rx, ry);
        if (Double.isNaN(rho)) {
            return noVariation(n);
        }
        List<int[]> rows = Permutations.groups(row);
        List<int[]> columns = Permutations.groups(column);
        Permutations.Statistic product = order -> dot(rx, ry, order);
        Permutations.Tails tails =
                Permutations.test(rows, n, key, product)
                        .worst(Permutations.test(columns, n, key, product));
        double se =
                rows.size() < 3 || columns.size() < 3
                        ? Double.NaN
                        : blockError(
                                x, y, rows, columns, row, column, new Key(key.bits() + 1), partial);
        double df = Math.min(rows.size(), columns.size()) - 1;
        return new Estimate.Permuted(
                rho,
                0,
                tails.greater(),
                tails.less(),
                tails.least(),
                se,
                df,
                n,
                Estimate.Scale.FISHER,
                SUPPORT);
    }

    private static double[] scores(double[] values, int[] row, int[] column, boolean partial) {
        double[] ranks = Ranks.of(values);
        if (partial) {
            List<int[]> rows = Permutations.groups(row);
            List<int[]> columns = Permutations.groups(column);
            // alternating centring converges to the two-way residual; one round is exact on a full
            // map
            double change = 1;
            for (int round = 0; round < 60 && change > 1e-11; round++) {
                change = center(ranks, rows) + (round == 0 ? 1 : 0);
                center(ranks, columns);
            }
            for (int i = 0; i < ranks.length; i++) {
                ranks[i] = Math.abs(ranks[i]) < 1e-9 ? 0 : ranks[i];
            }
        }
        return ranks;
    }

    /// Takes each group's mean from its values in place; the largest mean taken.
    private static double center(double[] values, List<int[]> groups) {
        double largest = 0;
        for (int[] group : groups) {
            double sum = 0;
            for (int i : group) {
                sum += values[i];
            }
            for (int i : group) {
                values[i] -= sum / group.length;
            }
            largest = Math.max(largest, Math.abs(sum / group.length));
        }
        return largest;
    }

    private static double blockError(
            double[] x,
            double[] y,
            List<int[]> rows,
            List<int[]> columns,
            int[] row,
            int[] column,
            Key key,
            boolean partial) {
        Draws draws = new Draws(key);
        int perDraw = rows.size() + columns.size();
        double[] z = new double[BOOTSTRAPS];
        int kept = 0;
        for (int draw = 0; draw < BOOTSTRAPS; draw++) {
            int[] rowTimes = times(rows.size(), draws, (long) draw * perDraw);
            int[] columnTimes = times(columns.size(), draws, (long) draw * perDraw + rows.size());
            int[] weight = new int[x.length];
            int size = 0;
            for (int g = 0; g < rows.size(); g++) {
                for (int i : rows.get(g)) {
                    weight[i] = rowTimes[g];
                }
            }
            for (int g = 0; g < columns.size(); g++) {
                for (int i : columns.get(g)) {
                    weight[i] *= columnTimes[g];
                    size += weight[i];
                }
            }
            double rho = size < 4 ? Double.NaN : weighted(x, y, row, column, weight, size, partial);
            if (!Double.isNaN(rho)) {
                z[kept++] = Estimate.Scale.FISHER.to(Math.clamp(rho, -.999, .999));
            }
        }
        if (kept < BOOTSTRAPS / 2) {
            return Double.NaN;
        }
        double se = Math.sqrt(CellMean.ofMembers(java.util.Arrays.copyOf(z, kept)).unitVariance());
        return se > 0 ? se : Double.NaN;
    }

    private static int[] times(int blocks, Draws draws, long offset) {
        int[] times = new int[blocks];
        for (int i = 0; i < blocks; i++) {
            times[draws.below(offset + i, blocks)]++;
        }
        return times;
    }

    private static double weighted(
            double[] x,
            double[] y,
            int[] row,
            int[] column,
            int[] weight,
            int size,
            boolean partial) {
        double[] xs = new double[size];
        double[] ys = new double[size];
        int[] rows = new int[size];
        int[] columns = new int[size];
        int at = 0;
        for (int i = 0; i < x.length; i++) {
            for (int k = 0; k < weight[i]; k++) {
                xs[at] = x[i];
                ys[at] = y[i];
                rows[at] = row[i];
                columns[at++] = column[i];
            }
        }
        return Ranks.correlation(
                scores(xs, rows, columns, partial), scores(ys, rows, columns, partial));
    }

    private static double dot(double[] a, double[] b, int[] order) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[order[i]] * b[i];
        }
        return sum;
    }

    private static int[] all(int n) {
        int[] group = new int[n];
        for (int i = 0; i < n; i++) {
            group[i] = i;
        }
        return group;
    }

    private static Estimate noVariation(int n) {
        return new Estimate.Undefined("a quantity does not vary over the cells", n);
    }
}
