package org.phasezoo.study.gaussian;

import java.util.List;
import org.phasezoo.random.Draws;
import org.phasezoo.statistic.Normal;
import org.phasezoo.study.Arrays;
import org.phasezoo.study.Observable;
import org.phasezoo.study.Recorder;
import org.phasezoo.study.Run;
import org.phasezoo.study.Study;

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
        implements Study<Tally> {
    private static final int SLICE = 1 << 21;
    private static final int BINS = 2000;
    private static final int MOMENTS = 6;

    public SingleHiddenLayer {
        if (width < 1 || width > 4096) {
            throw new IllegalArgumentException("width is " + width + "; choose one from 1 to 4096");
        }
        if (!(scale > 0 && scale <= 100)) {
            throw new IllegalArgumentException(
                    "scale is " + scale + "; choose one above 0 and at most 100");
        }
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
    public Tally start(Run run) {
        return new Tally(MOMENTS + BINS);
    }

    @Override
    public Tally restore(Run run, Arrays saved) {
        return Tally.of(saved);
    }

    @Override
    public boolean advance(Tally state, Run run, Recorder out) {
        Draws draws = new Draws(run.key("units"));
        Draws signs = new Draws(run.key("signs"));
        long nets = units / width;
        long end = Math.min(nets, state.next + Math.max(1, SLICE / width));
        double unit = 1 / Math.sqrt(width * activation.moment(2, scale));
        double[] pair = new double[2];
        for (long net = state.next; net < end; net++) {
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
            add(state.values, f * unit);
        }
        state.next = end;
        out.updates(end);
        if (end < nets) {
            return true;
        }
        report(state.values, nets, out);
        return false;
    }

    private static void add(double[] sums, double x) {
        double four = Hermite.four(x);
        double six = Hermite.six(x);
        sums[0] += four;
        sums[1] += four * four;
        sums[2] += six;
        sums[3] += six * six;
        int bin = (int) Math.floor(x * 100) + BINS / 2;
        sums[bin < 0 ? 4 : bin >= BINS ? 5 : MOMENTS + bin]++;
    }

    private void report(double[] sums, long nets, Recorder out) {
        double four = sums[0] / nets;
        double seFour = Math.sqrt((sums[1] / nets - four * four) / nets);
        double six = sums[2] / nets;
        out.scalar("cumulant.four.v1", four, seFour, nets);
        out.scalar("cumulant.four.scaled.v1", width * four, width * seFour, nets);
        SingleHiddenLayerTheory theory =
                new SingleHiddenLayerTheory(activation, output, width, scale);
        double exact = theory.four();
        boolean gaussian = Math.abs(exact) < 1e-9;
        out.scalar(
                "cumulant.four.ratio.v1",
                gaussian ? Double.NaN : four / exact,
                gaussian ? Double.NaN : seFour / Math.abs(exact),
                gaussian ? 0 : nets);
        out.scalar("cumulant.six.v1", six, Math.sqrt((sums[3] / nets - six * six) / nets), nets);
        double below = sums[4];
        double toGauss = 0;
        double toEdgeworth = 0;
        for (int bin = 0; bin < BINS; bin++) {
            double x = (bin - BINS / 2) / 100.0;
            double share = below / nets;
            toGauss = Math.max(toGauss, Math.abs(share - Normal.cdf(x)));
            toEdgeworth = Math.max(toEdgeworth, Math.abs(share - Hermite.edgeworth(x, exact)));
            below += sums[MOMENTS + bin];
        }
        out.scalar("distance.gauss.v1", toGauss);
        out.scalar("distance.edgeworth.v1", toEdgeworth);
        out.scalar("distance.ratio.v1", toEdgeworth / toGauss);
        for (int step = -16; step <= 16; step++) {
            double inside = 0;
            int first = MOMENTS + BINS / 2 + 25 * step - 12;
            for (int bin = first; bin < first + 24; bin++) {
                inside += sums[bin];
            }
            double low = .25 * step - .12;
            double normal = Normal.cdf(low + .24) - Normal.cdf(low);
            out.series("density.excess.v1", step, width * (inside / nets - normal) / .24);
        }
    }

    @Override
    public double multiplyAdds() {
        // a pair of normal draws takes the time of about two hundred multiply-adds
        return 250.0 * units;
    }
}
