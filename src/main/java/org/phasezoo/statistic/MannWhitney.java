package org.phasezoo.statistic;

/// P(X > Y) + ½ P(X = Y) of two independent samples, the area under the ROC curve.
///
/// *Assumes* that under the null all n₁ + n₂ values are exchangeable. Exact over all assignments,
/// ties included, up to 40 values in all, the normal law with tie correction beyond. *Least n*: 1
/// and 1. The error for other bounds is Hanley and McNeil's.
///
/// *Source*: Mann, Whitney, Annals of Mathematical Statistics 18 (1947) 50–60; Hanley, McNeil,
/// Radiology 143 (1982) 29–36.
public final class MannWhitney {
    private static final int EXACT = 40;

    private MannWhitney() {}

    public static Estimate of(double[] x, double[] y) {
        int n1 = x.length;
        int n2 = y.length;
        int n = n1 + n2;
        if (n1 == 0 || n2 == 0) {
            return new Estimate.Undefined("one of the groups has no cell", n);
        }
        double[] pooled = new double[n];
        System.arraycopy(x, 0, pooled, 0, n1);
        System.arraycopy(y, 0, pooled, n1, n2);
        double[] ranks = Ranks.of(pooled);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            sum += i < n1 ? ranks[i] : 0;
            squares += (ranks[i] - (n + 1) / 2.0) * (ranks[i] - (n + 1) / 2.0);
        }
        if (squares == 0) {
            return new Estimate.Undefined("the cells do not vary", n);
        }
        double auc = (sum - n1 * (n1 + 1) / 2.0) / ((double) n1 * n2);
        double[] tails = n <= EXACT ? exact(ranks, n1, sum) : normal(n1, n2, sum, squares);
        return new Estimate.Permuted(
                auc,
                .5,
                tails[0],
                tails[1],
                tails[2],
                error(auc, n1, n2),
                Math.max(1, Math.min(n1, n2) - 1),
                n,
                Estimate.Scale.IDENTITY,
                new Interval(0, 1));
    }

    /// Counts the subsets of n₁ of the (doubled, so whole) ranks by their sum.
    private static double[] exact(double[] ranks, int n1, double observed) {
        int top = 0;
        int[] doubled = new int[ranks.length];
        for (int i = 0; i < ranks.length; i++) {
            doubled[i] = (int) (2 * ranks[i]);
            top += doubled[i];
        }
        double[][] count = new double[n1 + 1][top + 1];
        count[0][0] = 1;
        for (int rank : doubled) {
            for (int k = n1; k > 0; k--) {
                for (int s = top; s >= rank; s--) {
                    count[k][s] += count[k - 1][s - rank];
                }
            }
        }
        double all = 0;
        double above = 0;
        double below = 0;
        double least = 0;
        for (int s = 0; s <= top; s++) {
            double c = count[n1][s];
            all += c;
            above += s >= 2 * observed ? c : 0;
            below += s <= 2 * observed ? c : 0;
        }
        for (int s = 0; s <= top && least == 0; s++) {
            least = count[n1][s];
        }
        return new double[] {above / all, below / all, least / all};
    }

    private static double[] normal(int n1, int n2, double sum, double squares) {
        int n = n1 + n2;
        double sd = Math.sqrt((double) n1 * n2 / ((double) n * (n - 1)) * squares);
        double excess = sum - n1 * (n + 1) / 2.0;
        return new double[] {Normal.cdf(-(excess - .5) / sd), Normal.cdf((excess + .5) / sd), 0};
    }

    private static double error(double auc, int n1, int n2) {
        double q1 = auc / (2 - auc);
        double q2 = 2 * auc * auc / (1 + auc);
        double variance =
                (auc * (1 - auc) + (n1 - 1) * (q1 - auc * auc) + (n2 - 1) * (q2 - auc * auc))
                        / ((double) n1 * n2);
        // at auc 0 or 1 the plug-in variance vanishes; half a pair either way keeps the interval
        // open
        double floor = .5 / ((double) n1 * n2);
        return Math.sqrt(Math.max(variance, floor * floor));
    }
}
