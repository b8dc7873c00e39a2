package org.phasezoo.study.gaussian;

import java.util.ArrayList;
import java.util.List;
import org.phasezoo.statistic.Slope;
import org.phasezoo.study.Recorder;

/// The observables of [ComputeFrontier], from its risk curves.
final class FrontierReport {
    /// Computes an e-fold.
    private static final int GRID = 8;

    /// Computes that have to count for exponents.
    private static final int ENOUGH = 8;

    private final ComputeFrontier study;
    private final int[] sizes;
    private final double[] floor;
    private final RiskEnvelope envelope;

    /// @param risk for each size a row of the risks at the times and the floor
    FrontierReport(ComputeFrontier study, double[] risk) {
        this.study = study;
        int[] times = RiskEnvelope.times(study.steps());
        this.sizes = new int[study.sizes()];
        this.floor = new double[sizes.length];
        for (int k = 0; k < sizes.length; k++) {
            sizes[k] = study.size(k);
            floor[k] = risk[k * (times.length + 1) + times.length];
        }
        this.envelope = new RiskEnvelope(sizes, times, risk);
    }

    void write(Recorder out) {
        double alpha = study.alpha();
        double beta = study.beta();
        List<double[]> points = points(out);
        int n = points.size();
        ScalingPhase phase = ScalingPhase.of(alpha, beta);
        double loss = phase.loss(alpha, beta);
        double xi = slope(points, 1, 0, n);
        double eta = -slope(points, 2, 0, n);
        double lower = -slope(points, 2, 0, n / 2) - loss;
        double upper = -slope(points, 2, n / 2, n) - loss;
        out.scalar("frontier.size.v1", xi);
        out.scalar("frontier.loss.v1", eta);
        out.scalar("frontier.size.excess.v1", xi - phase.size(alpha, beta));
        out.scalar("frontier.loss.excess.v1", eta - loss);
        out.scalar("frontier.loss.excess.high.v1", upper);
        out.scalar("frontier.loss.approach.v1", Math.abs(lower) - Math.abs(upper));
        double[] size = java.util.Arrays.stream(sizes).asDoubleStream().toArray();
        out.scalar("floor.excess.v1", Slope.logLog(size, floor) - ScalingPhase.floor(alpha, beta));
        boolean right = ScalingPhase.nearest(alpha, beta, xi, eta) == phase;
        out.scalar("phase.right.v1", n < ENOUGH ? Double.NaN : right ? 1 : 0);
    }

    /// f, d* and P* where they count.
    private List<double[]> points(Recorder out) {
        List<double[]> points = new ArrayList<>();
        double low = StrictMath.log(2.0 * study.smallest());
        double high = StrictMath.log((double) study.largest() * study.steps());
        for (int i = 0; low + (double) i / GRID < high; i++) {
            double[] point = envelope.least(StrictMath.exp(low + (double) i / GRID));
            if (point.length > 0) {
                points.add(point);
                out.series("frontier.risk.v1", i, point[2]);
            }
        }
        return points;
    }

    /// The log-log slope of column `which` of a part of the points against their compute.
    private static double slope(List<double[]> points, int which, int from, int to) {
        if (points.size() < ENOUGH) {
            return Double.NaN;
        }
        return Slope.logLog(
                points.subList(from, to).stream().mapToDouble(p -> p[0]).toArray(),
                points.subList(from, to).stream().mapToDouble(p -> p[which]).toArray());
    }
}
