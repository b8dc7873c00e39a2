package org.phasezoo.study.weightspace;

/// The barrier of a path of losses.
final class Barrier {
    private Barrier() {}

    /// The largest excess of a path over the straight line between its ends; 0 or more.
    static double of(double[] path) {
        double most = 0;
        int last = path.length - 1;
        for (int i = 0; i <= last; i++) {
            double line = path[0] + (path[last] - path[0]) * i / last;
            most = Math.max(most, path[i] - line);
        }
        return most;
    }
}
