package org.phasezoo.statistic;

import java.util.Arrays;
import java.util.Comparator;

/// Holm's step-down adjustment of p-values: rejecting where the adjusted value is at most α errs at
/// all with probability at most α, whatever the dependence.
///
/// *Source*: Holm, Scandinavian Journal of Statistics 6 (1979) 65–70.
public final class Holm {
    private Holm() {}

    /// The adjusted p-values, in the order given.
    public static double[] adjust(double[] p) {
        Integer[] order = new Integer[p.length];
        for (int i = 0; i < p.length; i++) {
            order[i] = i;
        }
        Arrays.sort(order, Comparator.comparingDouble(i -> p[i]));
        double[] adjusted = new double[p.length];
        double floor = 0;
        for (int rank = 0; rank < p.length; rank++) {
            floor = Math.max(floor, Math.min(1, (p.length - rank) * p[order[rank]]));
            adjusted[order[rank]] = floor;
        }
        return adjusted;
    }
}
