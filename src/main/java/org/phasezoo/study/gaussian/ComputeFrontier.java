package org.phasezoo.study.gaussian;

import java.util.List;
import org.phasezoo.random.Draws;
import org.phasezoo.statistic.Slope;
import org.phasezoo.study.Arrays;
import org.phasezoo.study.Observable;
import org.phasezoo.study.Recorder;
import org.phasezoo.study.Run;
import org.phasezoo.study.Study;

/// The compute-optimal frontier of [PowerLawFeatures]: exact risk curves of models of many sizes,
/// their lower envelope over compute f = size × steps, and its exponents.
///
/// *Definition*: sizes are `sizes` logarithmically even ones from `smallest` to `largest`, steps up
/// to `steps`. At each f of a grid of 8 an e-fold, P*(f) is the least risk over sizes and d*(f) its
/// size, both at the vertex of the parabola through the least and its two neighbours in ln d; f
/// counts where the least is not at either end and lies from the second size to the last but one.
/// Slopes are least squares in logarithms over all such f, and over the lower and the upper half of
/// them.
///
/// *Observables*: `frontier.size.v1` ξ, `frontier.loss.v1` η; less their values in [ScalingPhase]:
/// `frontier.size.excess.v1`, `frontier.loss.excess.v1`, `frontier.loss.excess.high.v1` (upper
/// half); `frontier.loss.approach.v1`, |excess| of the lower half minus that of the upper;
/// `floor.excess.v1`, the exponent of P_∞ in d less its value; `phase.right.v1`, 1 where the phase
/// whose (ξ, η) at these α, β is nearest (Euclid) is the one they lie in, else 0; the series
/// `frontier.risk.v1`, P* by the place i of f = 2 smallest e^{i/8}. Undefined where fewer than 8 f
/// count.
///
/// *Draws*: `weights`.
///
/// *Source*: Paquette, Paquette, Xiao, Pennington, 2024.
///
/// @param alpha above ½, at most 3
/// @param beta above 0, at most 3
/// @param rate γ tr K, above 0 and at most 1
/// @param hidden v, 2 largest to 16,384
/// @param steps 100 to 10^6
public record ComputeFrontier(
        double alpha,
        double beta,
        double rate,
        int smallest,
        int largest,
        int sizes,
        int hidden,
        int steps)
        implements Study<FrontierState> {
    private static final int GRID = 8;

    public ComputeFrontier {
        if (!(alpha > .5 && alpha <= 3)) {
            throw new IllegalArgumentException(
                    "alpha is " + alpha + "; choose one above 0.5 and at most 3");
        }
        if (!(beta > 0 && beta <= 3)) {
            throw new IllegalArgumentException(
                    "beta is " + beta + "; choose one above 0 and at most 3");
        }
        if (!(rate > 0 && rate <= 1)) {
            throw new IllegalArgumentException(
                    "rate is " + rate + "; choose one above 0 and at most 1");
        }
        if (largest < 16 || largest > 1024) {
            throw new IllegalArgumentException(
                    "largest is " + largest + "; choose one from 16 to 1024");
        }
        if (smallest < 4 || smallest > largest / 4) {
            throw new IllegalArgumentException(
                    "smallest is " + smallest + "; choose one from 4 to a quarter of largest");
        }
        if (sizes < 5 || sizes > 64) {
            throw new IllegalArgumentException("sizes is " + sizes + "; choose one from 5 to 64");
        }
        if (hidden < 2 * largest || hidden > 16_384) {
            throw new IllegalArgumentException(
                    "hidden is " + hidden + "; choose one from twice largest to 16384");
        }
        if (steps < 100 || steps > 1_000_000) {
            throw new IllegalArgumentException(
                    "steps is " + steps + "; choose one from 100 to 1000000");
        }
    }

    /// The k-th size.
    int size(int k) {
        double share = (double) k / (sizes - 1);
        return (int) Math.round(smallest * StrictMath.pow((double) largest / smallest, share));
    }

    /// Times 0, 1, 2, … that grow by a twelfth.
    int[] times() {
        int n = 1;
        for (int t = 1; t < steps; t += 1 + t / 12) {
            n++;
        }
        int[] times = new int[n + 1];
        int t = 1;
        for (int i = 1; i < n; i++, t += 1 + t / 12) {
            times[i] = t;
        }
        times[n] = steps;
        return times;
    }

    @Override
    public List<Observable> observables() {
        return List.of(
                new Observable("frontier.size.v1", false, "1"),
                new Observable("frontier.loss.v1", false, "1"),
                new Observable("frontier.size.excess.v1", false, "1"),
                new Observable("frontier.loss.excess.v1", false, "1"),
                new Observable("frontier.loss.excess.high.v1", false, "1"),
                new Observable("frontier.loss.approach.v1", false, "1"),
                new Observable("floor.excess.v1", false, "1"),
                new Observable("phase.right.v1", false, "1"),
                new Observable("frontier.risk.v1", true, "1"));
    }

    private PowerLawFeatures features(Run run) {
        return new PowerLawFeatures(alpha, beta, hidden, largest, new Draws(run.key("weights")));
    }

    @Override
    public FrontierState start(Run run) {
        return new FrontierState(features(run), new Tally(sizes * (times().length + 1)));
    }

    @Override
    public FrontierState restore(Run run, Arrays saved) {
        return new FrontierState(features(run), Tally.of(saved));
    }

    @Override
    public boolean advance(FrontierState state, Run run, Recorder out) {
        int[] times = times();
        Tally found = state.found();
        int k = (int) found.next;
        double[] risk = state.features().risk(size(k), rate, times);
        System.arraycopy(risk, 0, found.values, k * risk.length, risk.length);
        found.next++;
        out.updates(found.next);
        if (found.next < sizes) {
            return true;
        }
        report(found.values, times, out);
        return false;
    }

    private void report(double[] risk, int[] times, Recorder out) {
        int row = times.length + 1;
        int[] each = new int[sizes];
        for (int k = 0; k < sizes; k++) {
            each[k] = size(k);
        }
        RiskEnvelope envelope = new RiskEnvelope(each, times, risk);
        List<double[]> points = new java.util.ArrayList<>();
        double low = StrictMath.log(2.0 * smallest);
        double high = StrictMath.log((double) largest * steps);
        for (int i = 0; low + (double) i / GRID < high; i++) {
            double f = StrictMath.exp(low + (double) i / GRID);
            double[] point = envelope.least(f);
            if (point.length > 0) {
                points.add(point);
                out.series("frontier.risk.v1", i, point[2]);
            }
        }
        int n = points.size();
        boolean enough = n >= 8;
        ScalingPhase phase = ScalingPhase.of(alpha, beta);
        double xi = enough ? RiskEnvelope.slope(points, 1, 0, n) : Double.NaN;
        double eta = enough ? -RiskEnvelope.slope(points, 2, 0, n) : Double.NaN;
        double lower =
                enough
                        ? -RiskEnvelope.slope(points, 2, 0, n / 2) - phase.loss(alpha, beta)
                        : Double.NaN;
        double upper =
                enough
                        ? -RiskEnvelope.slope(points, 2, n / 2, n) - phase.loss(alpha, beta)
                        : Double.NaN;
        out.scalar("frontier.size.v1", xi);
        out.scalar("frontier.loss.v1", eta);
        out.scalar("frontier.size.excess.v1", xi - phase.size(alpha, beta));
        out.scalar("frontier.loss.excess.v1", eta - phase.loss(alpha, beta));
        out.scalar("frontier.loss.excess.high.v1", upper);
        out.scalar("frontier.loss.approach.v1", Math.abs(lower) - Math.abs(upper));
        double[] size = new double[sizes];
        double[] floor = new double[sizes];
        for (int k = 0; k < sizes; k++) {
            size[k] = size(k);
            floor[k] = risk[k * row + row - 1];
        }
        out.scalar("floor.excess.v1", Slope.logLog(size, floor) - ScalingPhase.floor(alpha, beta));
        double nearest = Double.POSITIVE_INFINITY;
        ScalingPhase label = phase;
        for (ScalingPhase p : ScalingPhase.values()) {
            double dx = xi - p.size(alpha, beta);
            double dy = eta - p.loss(alpha, beta);
            if (dx * dx + dy * dy < nearest) {
                nearest = dx * dx + dy * dy;
                label = p;
            }
        }
        out.scalar("phase.right.v1", enough ? (label == phase ? 1 : 0) : Double.NaN);
    }

    @Override
    public double multiplyAdds() {
        double work = .5 * hidden * largest * (double) largest + 50.0 * hidden * largest;
        for (int k = 0; k < sizes; k++) {
            work += 2.0 * size(k) * size(k) * size(k) + 3.0 * size(k) * steps;
        }
        return work;
    }
}
