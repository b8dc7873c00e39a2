package org.phasezoo.study.gaussian;

import java.util.List;
import org.phasezoo.random.Draws;
import org.phasezoo.study.Arrays;
import org.phasezoo.study.Observable;
import org.phasezoo.study.Prepared;
import org.phasezoo.study.Recorder;
import org.phasezoo.study.Run;
import org.phasezoo.study.Saved;
import org.phasezoo.study.Setting;
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
        implements Study<Prepared<PowerLawFeatures>> {
    public ComputeFrontier {
        Setting.above("alpha", alpha, .5, 3);
        Setting.above("beta", beta, 0, 3);
        Setting.above("rate", rate, 0, 1);
        Setting.within("largest", largest, 16, 1024);
        Setting.within("smallest", smallest, 4, largest / 4);
        Setting.within("sizes", sizes, 5, 64);
        Setting.within("hidden", hidden, 2 * largest, 16_384);
        Setting.within("steps", steps, 100, 1_000_000);
    }

    /// The k-th size.
    int size(int k) {
        double share = (double) k / (sizes - 1);
        return (int) Math.round(smallest * StrictMath.pow((double) largest / smallest, share));
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
    public Prepared<PowerLawFeatures> start(Run run) {
        int row = RiskEnvelope.times(steps).length + 1;
        return new Prepared<>(features(run), new Saved().with("risk", new double[sizes * row]));
    }

    @Override
    public Prepared<PowerLawFeatures> restore(Run run, Arrays saved) {
        return new Prepared<>(features(run), Saved.restore(saved));
    }

    @Override
    public boolean advance(Prepared<PowerLawFeatures> state, Run run, Recorder out) {
        int[] times = RiskEnvelope.times(steps);
        Saved at = state.carried();
        int k = (int) at.step();
        double[] risk = state.given().risk(size(k), rate, times);
        System.arraycopy(risk, 0, at.row("risk"), k * risk.length, risk.length);
        at.stepped();
        out.updates(at.step());
        if (at.step() < sizes) {
            return true;
        }
        new FrontierReport(this, at.row("risk")).write(out);
        return false;
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
