package org.phasezoo.statistic;

import java.util.List;

/// A cell's mean over its members, or over pairs of them, with the variance of one independent
/// unit.
///
/// @param mean the mean
/// @param unitVariance n times the squared standard error of the mean; 0 with fewer than two units
/// @param units how many independent units (members) stand behind it
public record CellMean(double mean, double unitVariance, int units) {
    /// The mean over members. *Least n*: 1; the variance needs 2.
    public static CellMean ofMembers(double[] values) {
        int n = values.length;
        if (n == 0) {
            throw new IllegalArgumentException("a cell without values has no mean");
        }
        if (agree(values)) {
            return new CellMean(values[0], 0, n);
        }
        double mean = mean(values);
        double squares = 0;
        for (double v : values) {
            squares += (v - mean) * (v - mean);
        }
        return new CellMean(mean, n > 1 ? squares / (n - 1) : 0, n);
    }

    /// The mean over pairs of members, its error by the jackknife over members: pairs that share a
    /// member are not independent. *Least n*: 3 members for a variance.
    ///
    /// *Source*: Efron, Stein, Annals of Statistics 9 (1981) 586–596.
    ///
    /// @param pairs the two members (any labels) of each value
    public static CellMean ofPairs(double[] values, List<int[]> pairs) {
        double mean = agree(values) ? values[0] : mean(values);
        if (values.length < 2) {
            return new CellMean(mean, 0, 1);
        }
        int[] members =
                pairs.stream().flatMapToInt(java.util.Arrays::stream).distinct().sorted().toArray();
        int n = members.length;
        if (agree(values)) {
            return new CellMean(mean, 0, n > 2 ? n : 1);
        }
        double squares = 0;
        for (int left : members) {
            double sum = 0;
            int kept = 0;
            for (int i = 0; i < values.length; i++) {
                if (pairs.get(i)[0] != left && pairs.get(i)[1] != left) {
                    sum += values[i];
                    kept++;
                }
            }
            if (kept == 0) {
                // two members in both orders: one independent pair
                return new CellMean(mean, 0, 1);
            }
            squares += (sum / kept - mean) * (sum / kept - mean);
        }
        return new CellMean(mean, squares * (n - 1), n);
    }

    /// Equal values have exactly their value as mean and no variance, whatever the rounding of
    /// their sum.
    private static boolean agree(double[] values) {
        for (double v : values) {
            if (v != values[0]) {
                return false;
            }
        }
        return true;
    }

    static double mean(double[] values) {
        double sum = 0;
        for (double v : values) {
            sum += v;
        }
        return sum / values.length;
    }
}
