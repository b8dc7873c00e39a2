package org.phasezoo.study.particle;

/// Where a function on the line bends: the change of its slope in each of 400 cells of [−1.5, 1.5].
/// What bends outside is left out; changes of opposite sign in one cell cancel, as they do in the
/// function.
final class Curvature {
    static final int CELLS = 400;
    static final double EDGE = 1.5;
    private static final double WIDTH = 2 * EDGE / CELLS;

    /// A cell counts as bent from twice the mean share of the total variation.
    private static final double BENT = 2.0 / CELLS;

    /// Bent stretches nearer than this are one knot.
    private static final double MERGE = .05;

    /// The least share of the total variation of a knot.
    private static final double LEAST = .02;

    /// A knot this near to a training input is at it, not between.
    private static final double AT_DATUM = .02;

    private final double[] change = new double[CELLS];

    /// The slope changes by `slope` at `position`.
    void add(double position, double slope) {
        double cell = Math.floor((position + EDGE) / WIDTH);
        if (cell >= 0 && cell < CELLS) {
            change[(int) cell] += slope;
        }
    }

    /// Shares of the total variation of the slope, cell by cell; all 0 for a straight line.
    double[] shares() {
        double total = 0;
        for (double c : change) {
            total += Math.abs(c);
        }
        double[] shares = new double[CELLS];
        for (int i = 0; i < CELLS; i++) {
            shares[i] = total > 0 ? Math.abs(change[i]) / total : 0;
        }
        return shares;
    }

    /// The share in the heaviest twentieth of the cells.
    double concentration() {
        double[] sorted = shares();
        java.util.Arrays.sort(sorted);
        double sum = 0;
        for (int i = CELLS - CELLS / 20; i < CELLS; i++) {
            sum += sorted[i];
        }
        return sum;
    }

    /// Knots as rows of (centre of mass, share): stretches of bent cells, merged where they are
    /// near, without light ones.
    double[][] knots() {
        double[] share = shares();
        double[][] found = new double[CELLS][];
        int n = 0;
        int last = -CELLS;
        double mass = 0;
        double moment = 0;
        for (int i = 0; i <= CELLS; i++) {
            boolean bent = i < CELLS && share[i] >= BENT;
            if (i == CELLS || (bent && (i - last) * WIDTH > MERGE)) {
                if (mass >= LEAST) {
                    found[n++] = new double[] {moment / mass, mass};
                }
                mass = 0;
                moment = 0;
            }
            if (bent) {
                last = i;
                mass += share[i];
                moment += share[i] * (-EDGE + (i + .5) * WIDTH);
            }
        }
        return java.util.Arrays.copyOf(found, n);
    }

    /// The largest number of knots strictly between two neighbouring inputs.
    int mostBetween(double[] inputs) {
        int most = 0;
        for (int i = 0; i + 1 < inputs.length; i++) {
            int count = 0;
            for (double[] knot : knots()) {
                count +=
                        knot[0] > inputs[i] + AT_DATUM && knot[0] < inputs[i + 1] - AT_DATUM
                                ? 1
                                : 0;
            }
            most = Math.max(most, count);
        }
        return most;
    }

    /// The share of the heaviest knot that is more than `away` from every input; 0 without one.
    double heaviestOff(double[] inputs, double away) {
        double heaviest = 0;
        for (double[] knot : knots()) {
            double nearest = Double.POSITIVE_INFINITY;
            for (double x : inputs) {
                nearest = Math.min(nearest, Math.abs(knot[0] - x));
            }
            heaviest = nearest > away ? Math.max(heaviest, knot[1]) : heaviest;
        }
        return heaviest;
    }

    /// Wasserstein's distance W₁ between the two distributions of total variation.
    double transport(Curvature other) {
        double[] a = shares();
        double[] b = other.shares();
        double difference = 0;
        double sum = 0;
        for (int i = 0; i < CELLS; i++) {
            difference += a[i] - b[i];
            sum += Math.abs(difference) * WIDTH;
        }
        return sum;
    }
}
