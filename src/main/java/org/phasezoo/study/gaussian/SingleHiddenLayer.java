package org.phasezoo.study.gaussian;

import java.util.List;
import org.phasezoo.random.Draws;
import org.phasezoo.study.Iterated;
import org.phasezoo.study.Observable;
import org.phasezoo.study.Recorder;
import org.phasezoo.study.Run;
import org.phasezoo.study.Saved;
import org.phasezoo.study.Setting;

/// The law of a finite net's output at initialisation: an ensemble of nets with one hidden layer at
/// one input.
///
/// *System*: f = n^{−1/2} Σ_k v_k φ(h_k), h_k ~ N(0, s²) (what Gaussian weights make of any input
/// of that length), v_k of a symmetric law with variance 1; x = f/σ with the exact σ² = E φ².
/// `units`/n nets are drawn.
///
/// *Observables*: `cumulant.four.v1` κ₄ = E He₄(x) and `cumulant.six.v1` κ₆ = E He₆(x), exact in
/// expectation because σ is known; `cumulant.four.scaled.v1` n κ₄; `cumulant.four.ratio.v1` κ₄ over
/// the value that [SingleHiddenLayerTheory] gives (undefined where that is 0); `distance.gauss.v1`
/// and `distance.edgeworth.v1`, Kolmogorov's distance, on a grid of step .01, of the ensemble to
/// the normal law and to it with the exact He₄ correction, and `distance.ratio.v1` second over
/// first; the series `density.excess.v1`, n times (density − normal density) at x = step/4.
///
/// *Draws*: `units`, index net · n + k; `signs` for output weights that are not normal.
///
/// *Source*: Antognini, Finite size corrections for neural network Gaussian processes, 2019.
///
/// @param activation φ
/// @param output the law of v
/// @param width n, 1 to 4096
/// @param scale s, above 0 and at most 100
/// @param units hidden units in all, 1,000 n to 2^34
public record SingleHiddenLayer(
        Activation activation, OutputLaw output, int width, double scale, long units)
        implements Iterated, Activated<Saved> {
    private static final int SLICE = 1 << 21;

    public SingleHiddenLayer {
        Setting.within("width", width, 1, 4096);
        Setting.above("scale", scale, 0, 100);
        if (units < 1000L * width || units > 1L << 34) {
            throw new IllegalArgumentException(
                    "units is "
                            + units
                            + ", for width "
                            + width
                            + "; choose one from 1000 times the width to 2^34");
        }
    }

    @Override
    public List<Observable> observables() {
        return List.of(
                new Observable("cumulant.four.v1", false, "1"),
                new Observable("cumulant.four.scaled.v1", false, "1"),
                new Observable("cumulant.four.ratio.v1", false, "1"),
                new Observable("cumulant.six.v1", false, "1"),
                new Observable("distance.gauss.v1", false, "1"),
                new Observable("distance.edgeworth.v1", false, "1"),
                new Observable("distance.ratio.v1", false, "1"),
                new Observable("density.excess.v1", true, "1"));
    }

    @Override
    public Saved start(Run run) {
        return new Saved().with("sums", EnsembleLaw.sums());
    }

    @Override
    public boolean advance(Saved state, Run run, Recorder out) {
        Draws draws = new Draws(run.key("units"));
        Draws signs = new Draws(run.key("signs"));
        long nets = units / width;
        long each = Math.max(1, SLICE / width);
        long end = Math.min(nets, (state.step() + 1) * each);
        double unit = 1 / Math.sqrt(width * activation.moment(2, scale));
        double[] pair = new double[2];
        for (long net = state.step() * each; net < end; net++) {
            double f = 0;
            for (int k = 0; k < width; k++) {
                long index = net * width + k;
                draws.normalPairInto(index, pair);
                double v =
                        switch (output) {
                            case NORMAL -> pair[1];
                            case UNIFORM -> Math.sqrt(3) * (2 * signs.uniform(index) - 1);
                            case SIGN -> signs.sign(index);
                        };
                f += v * activation.of(scale * pair[0]);
            }
            EnsembleLaw.add(state.row("sums"), f * unit);
        }
        state.stepped();
        out.updates(end);
        if (end < nets) {
            return true;
        }
        report(new EnsembleLaw(state.row("sums"), nets), nets, out);
        return false;
    }

    private void report(EnsembleLaw law, long nets, Recorder out) {
        double[] four = law.four();
        double[] six = law.six();
        out.scalar("cumulant.four.v1", four[0], four[1], nets);
        out.scalar("cumulant.four.scaled.v1", width * four[0], width * four[1], nets);
        double exact = new SingleHiddenLayerTheory(activation, output, width, scale).four();
        if (Math.abs(exact) < 1e-9) {
            out.scalar("cumulant.four.ratio.v1", Double.NaN);
        } else {
            double error = four[1] / Math.abs(exact);
            out.scalar("cumulant.four.ratio.v1", four[0] / exact, error, nets);
        }
        out.scalar("cumulant.six.v1", six[0], six[1], nets);
        double[] distances = law.distances(exact);
        out.scalar("distance.gauss.v1", distances[0]);
        out.scalar("distance.edgeworth.v1", distances[1]);
        out.scalar("distance.ratio.v1", distances[1] / distances[0]);
        for (int step = -16; step <= 16; step++) {
            out.series("density.excess.v1", step, law.excess(step, width));
        }
    }

    @Override
    public double multiplyAdds() {
        // a pair of normal draws takes the time of about two hundred multiply-adds
        return 250.0 * units;
    }
}
