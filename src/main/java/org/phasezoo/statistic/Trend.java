package org.phasezoo.statistic;

import java.util.ArrayList;
import java.util.List;
import org.phasezoo.random.Key;

/// Page's trend over rows: the mean over rows of Spearman's ρ between a row's values and their
/// place along the axis.
///
/// On complete rows without ties it is a linear function of Page's L, so the test is Page's; rows
/// of unequal length and ties (mean ranks) are allowed, and a row without variation counts 0.
/// *Null*: within each row every order is equally likely. *Least n*: one row of 2. The error for
/// other bounds and the interval take rows as a sample (3 or more), and are no smaller than one
/// swap of neighbours in the longest row.
///
/// *Source*: Page, Journal of the American Statistical Association 58 (1963) 216–230.
public final class Trend {
    private Trend() {}

    /// The mean trend of rows.
    ///
    /// @param rows each row's values in ascending order of the axis
    public static Estimate page(List<double[]> rows, Key key) {
        List<double[]> usable = rows.stream().filter(r -> r.length >= 2).toList();
        int size = 0;
        double swap = Double.POSITIVE_INFINITY;
        boolean varies = false;
        double[] rhos = new double[usable.size()];
        List<Integer> labels = new ArrayList<>();
        List<double[]> ranks = new ArrayList<>();
        for (int r = 0; r < usable.size(); r++) {
            double[] row = usable.get(r);
            double[] place = new double[row.length];
            for (int i = 0; i < row.length; i++) {
                place[i] = i;
                labels.add(r);
            }
            double[] rank = Ranks.of(row);
            double rho = Ranks.correlation(place, rank);
            varies |= !Double.isNaN(rho);
            rhos[r] = Double.isNaN(rho) ? 0 : rho;
            ranks.add(rank);
            size += row.length;
            swap = Math.min(swap, 12 / (row.length * ((double) row.length * row.length - 1)));
        }
        if (usable.isEmpty() || !varies) {
            return new Estimate.Undefined(
                    usable.isEmpty()
                            ? "no row has 2 cells along the axis"
                            : "no row varies along the axis",
                    size);
        }
        double[] weighted = new double[size];
        double[] place = new double[size];
        int at = 0;
        for (double[] rank : ranks) {
            double length = Math.sqrt(squares(rank)) * Math.sqrt(placeSquares(rank.length));
            for (int i = 0; i < rank.length; i++) {
                weighted[at] = length > 1e-12 ? (rank[i] - (rank.length + 1) / 2.0) / length : 0;
                place[at++] = i - (rank.length - 1) / 2.0;
            }
        }
        List<int[]> groups =
                Permutations.groups(labels.stream().mapToInt(Integer::intValue).toArray());
        Permutations.Tails tails =
                Permutations.test(
                        groups,
                        size,
                        key,
                        order -> {
                            double sum = 0;
                            for (int i = 0; i < order.length; i++) {
                                sum += weighted[order[i]] * place[i];
                            }
                            return sum;
                        });
        CellMean mean = CellMean.ofMembers(rhos);
        // rows that all agree still carry the resolution of one swap of neighbours
        double se =
                rhos.length >= 3
                        ? Math.max(Math.sqrt(mean.unitVariance() / rhos.length), swap / rhos.length)
                        : Double.NaN;
        return new Estimate.Permuted(
                mean.mean(),
                0,
                tails.greater(),
                tails.less(),
                tails.least(),
                se,
                rhos.length - 1,
                size,
                Estimate.Scale.IDENTITY,
                new Interval(-1, 1));
    }

    private static double squares(double[] ranks) {
        double sum = 0;
        for (double r : ranks) {
            sum += (r - (ranks.length + 1) / 2.0) * (r - (ranks.length + 1) / 2.0);
        }
        return sum;
    }

    private static double placeSquares(int n) {
        return n * ((double) n * n - 1) / 12;
    }
}
