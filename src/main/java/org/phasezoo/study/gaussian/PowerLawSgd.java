package org.phasezoo.study.gaussian;

import java.util.List;
import org.phasezoo.random.Draws;
import org.phasezoo.study.Arrays;
import org.phasezoo.study.Observable;
import org.phasezoo.study.Recorder;
import org.phasezoo.study.Run;
import org.phasezoo.study.Study;

/// One-pass SGD on [PowerLawFeatures], simulated, against its exact expected risk.
///
/// *Observables*: `risk.ratio.v1`, the mean over `runs` runs and 10 times, from steps/10 on in
/// equal steps, of the run's risk over the expected one; the series `risk.run.v1`, the mean risk
/// over runs at those times, and `risk.expected.v1`.
///
/// *Draws*: `weights`; `data`, index (run · steps + step) · 2¹⁴ + j.
///
/// @param size d, 2 to 256
/// @param hidden v, 2d to 4096
/// @param steps 10 to 100,000
/// @param runs 1 to 1000
public record PowerLawSgd(
        double alpha, double beta, double rate, int size, int hidden, int steps, int runs)
        implements Study<FrontierState> {
    private static final int TIMES = 10;

    public PowerLawSgd {
        if (!(alpha > 0 && alpha <= 3)) {
            throw new IllegalArgumentException(
                    "alpha is " + alpha + "; choose one above 0 and at most 3");
        }
        if (!(beta > 0 && beta <= 3)) {
            throw new IllegalArgumentException(
                    "beta is " + beta + "; choose one above 0 and at most 3");
        }
        if (!(rate > 0 && rate <= 1)) {
            throw new IllegalArgumentException(
                    "rate is " + rate + "; choose one above 0 and at most 1");
        }
        if (size < 2 || size > 256) {
            throw new IllegalArgumentException("size is " + size + "; choose one from 2 to 256");
        }
        if (hidden < 2 * size || hidden > 4096) {
            throw new IllegalArgumentException(
                    "hidden is " + hidden + "; choose one from twice size to 4096");
        }
        if (steps < 10 || steps > 100_000) {
            throw new IllegalArgumentException(
                    "steps is " + steps + "; choose one from 10 to 100000");
        }
        if (runs < 1 || runs > 1000) {
            throw new IllegalArgumentException("runs is " + runs + "; choose one from 1 to 1000");
        }
    }

    @Override
    public List<Observable> observables() {
        return List.of(
                new Observable("risk.ratio.v1", false, "1"),
                new Observable("risk.run.v1", true, "1"),
                new Observable("risk.expected.v1", true, "1"));
    }

    private PowerLawFeatures features(Run run) {
        return new PowerLawFeatures(alpha, beta, hidden, size, new Draws(run.key("weights")));
    }

    @Override
    public FrontierState start(Run run) {
        return new FrontierState(features(run), new Tally(TIMES));
    }

    @Override
    public FrontierState restore(Run run, Arrays saved) {
        return new FrontierState(features(run), Tally.of(saved));
    }

    @Override
    public boolean advance(FrontierState state, Run run, Recorder out) {
        Tally found = state.found();
        Draws draws = new Draws(run.key("data"));
        one(state.features(), draws, found.next * steps, found.values);
        found.next++;
        out.updates(found.next * steps);
        if (found.next < runs) {
            return true;
        }
        int[] times = new int[TIMES];
        for (int k = 0; k < TIMES; k++) {
            times[k] = (k + 1) * steps / TIMES;
        }
        double[] expected = state.features().risk(size, rate, times);
        double ratio = 0;
        for (int k = 0; k < TIMES; k++) {
            double mean = found.values[k] / runs;
            ratio += mean / expected[k] / TIMES;
            out.series("risk.run.v1", times[k], mean);
            out.series("risk.expected.v1", times[k], expected[k]);
        }
        out.scalar("risk.ratio.v1", ratio);
        return false;
    }

    private void one(PowerLawFeatures features, Draws draws, long first, double[] sums) {
        double[] scaled = new double[hidden];
        for (int j = 0; j < hidden; j++) {
            scaled[j] = StrictMath.pow(j + 1.0, -alpha - beta);
        }
        double[] theta = new double[size];
        double[] z = new double[hidden];
        double[] seen = new double[size];
        double unit = 1 / Math.sqrt(size);
        double gamma = rate / features.trace(size);
        int next = 0;
        for (int step = 1; step <= steps; step++) {
            double residual = 0;
            for (int j = 0; j < hidden; j++) {
                z[j] = draws.normal(((first + step) << 14) + j);
                residual -= scaled[j] * z[j];
            }
            for (int c = 0; c < size; c++) {
                double sum = 0;
                for (int j = 0; j < hidden; j++) {
                    sum += features.column(c, j) * z[j];
                }
                seen[c] = unit * sum;
                residual += seen[c] * theta[c];
            }
            for (int c = 0; c < size; c++) {
                theta[c] -= gamma * residual * seen[c];
            }
            if (step == (next + 1) * steps / TIMES) {
                double risk = 0;
                for (int j = 0; j < hidden; j++) {
                    double off = -scaled[j];
                    for (int c = 0; c < size; c++) {
                        off += unit * features.column(c, j) * theta[c];
                    }
                    risk += off * off;
                }
                sums[next++] += risk;
            }
        }
    }

    @Override
    public double multiplyAdds() {
        return (double) runs * steps * hidden * (size + 80.0);
    }
}
