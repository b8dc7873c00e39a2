package org.phasezoo.statistic;

import java.util.List;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;

/// Whether a row changes most at a threshold that was placed without looking at it: the mean over
/// rows of the step at the threshold minus the mean of the row's other steps. Negative is a drop.
///
/// *Null*: each of a row's steps is equally likely to be the one at the threshold, rows
/// independent; exact up to 200,000 arrangements, by counter-based draws beyond. *Least n*: one row
/// with 2 steps. The error for other bounds and the interval take rows as a sample (3 or more).
public final class ChangePoint {
    private static final double EXACT = 200_000;

    private ChangePoint() {}

    /// The mean step at the threshold against the others.
    ///
    /// @param steps each row's differences between neighbours
    /// @param at for each row the index of the step at the threshold
    public static Estimate of(List<double[]> steps, int[] at, Key key) {
        int rows = steps.size();
        if (rows == 0) {
            return new Estimate.Undefined("no row crosses the threshold inside the grid", 0);
        }
        double[][] contrast = new double[rows][];
        double[] observed = new double[rows];
        double arrangements = 1;
        boolean varies = false;
        for (int r = 0; r < rows; r++) {
            double[] row = steps.get(r);
            double sum = 0;
            for (double step : row) {
                sum += step;
            }
            contrast[r] = new double[row.length];
            for (int i = 0; i < row.length; i++) {
                contrast[r][i] = row[i] - (sum - row[i]) / (row.length - 1);
                varies |= Math.abs(contrast[r][i]) > 1e-12;
            }
            observed[r] = contrast[r][at[r]];
            arrangements *= row.length;
        }
        if (!varies) {
            return new Estimate.Undefined("no row varies along the axis", rows);
        }
        double value = CellMean.mean(observed);
        double[] tails =
                arrangements <= EXACT
                        ? exact(contrast, value, arrangements)
                        : drawn(contrast, value, new Draws(key));
        double se =
                rows >= 3
                        ? Math.sqrt(CellMean.ofMembers(observed).unitVariance() / rows)
                        : Double.NaN;
        return new Estimate.Permuted(
                value,
                0,
                tails[0],
                tails[1],
                Math.max(1 / arrangements, 1.0 / (Permutations.DRAWS + 1)),
                se,
                rows - 1,
                rows,
                Estimate.Scale.IDENTITY,
                new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
    }

    private static double[] exact(double[][] contrast, double observed, double arrangements) {
        int[] place = new int[contrast.length];
        double above = 0;
        double below = 0;
        while (true) {
            double mean = mean(contrast, place);
            above += mean >= observed - 1e-12 ? 1 : 0;
            below += mean <= observed + 1e-12 ? 1 : 0;
            int r = 0;
            while (r < place.length && ++place[r] == contrast[r].length) {
                place[r++] = 0;
            }
            if (r == place.length) {
                return new double[] {above / arrangements, below / arrangements};
            }
        }
    }

    private static double[] drawn(double[][] contrast, double observed, Draws draws) {
        int[] place = new int[contrast.length];
        double above = 1;
        double below = 1;
        for (int draw = 0; draw < Permutations.DRAWS; draw++) {
            for (int r = 0; r < place.length; r++) {
                place[r] = draws.below((long) draw * place.length + r, contrast[r].length);
            }
            double mean = mean(contrast, place);
            above += mean >= observed - 1e-12 ? 1 : 0;
            below += mean <= observed + 1e-12 ? 1 : 0;
        }
        return new double[] {above / (Permutations.DRAWS + 1), below / (Permutations.DRAWS + 1)};
    }

    private static double mean(double[][] contrast, int[] place) {
        double sum = 0;
        for (int r = 0; r < place.length; r++) {
            sum += contrast[r][place[r]];
        }
        return sum / place.length;
    }
}
