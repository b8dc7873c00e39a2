package org.phasezoo.statistic;

import java.util.ArrayList;
import java.util.List;

/// The cells that cannot be told from the best one: those whose difference from the largest mean is
/// not rejected, t with one variance pooled over all cells given, Holm's adjustment over the
/// comparisons.
///
/// *Assumes* what [PooledT] does. *Least n*: two cells, one of them with two members; where nothing
/// varies only the cells that equal the largest are in the set. The set is too small a little more
/// often than α says, since the best cell is chosen by the same data.
public final class ArgmaxSet {
    private ArgmaxSet() {}

    /// The indices of the set, ascending; the first index of the largest mean is always in it.
    public static List<Integer> of(List<CellMean> cells, double alpha) {
        int best = 0;
        double squares = 0;
        double df = 0;
        for (int i = 0; i < cells.size(); i++) {
            best = cells.get(i).mean() > cells.get(best).mean() ? i : best;
            squares += cells.get(i).unitVariance() * (cells.get(i).units() - 1);
            df += cells.get(i).units() - 1;
        }
        double[] p = new double[cells.size()];
        for (int i = 0; i < p.length; i++) {
            double lead = cells.get(best).mean() - cells.get(i).mean();
            double scale = 1.0 / cells.get(best).units() + 1.0 / cells.get(i).units();
            double se = df > 0 ? Math.sqrt(squares / df * scale) : 0;
            p[i] = lead == 0 ? 1 : se > 0 ? new StudentT(df).upperTail(lead / se) : 0;
        }
        // the best against itself is no comparison
        double[] others = new double[Math.max(0, p.length - 1)];
        for (int i = 0, at = 0; i < p.length; i++) {
            if (i != best) {
                others[at++] = p[i];
            }
        }
        double[] adjusted = Holm.adjust(others);
        List<Integer> set = new ArrayList<>();
        for (int i = 0, at = 0; i < p.length; i++) {
            if (i == best || adjusted[at++] > alpha) {
                set.add(i);
            }
        }
        return set;
    }
}
