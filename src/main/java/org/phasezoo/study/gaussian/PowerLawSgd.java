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
        implements Study<Prepared<PowerLawFeatures>> {
    private static final int TIMES = 10;

    public PowerLawSgd {
        Setting.above("alpha", alpha, 0, 3);
        Setting.above("beta", beta, 0, 3);
        Setting.above("rate", rate, 0, 1);
        Setting.within("size", size, 2, 256);
        Setting.within("hidden", hidden, 2 * size, 4096);
        Setting.within("steps", steps, 10, 100_000);
        Setting.within("runs", runs, 1, 1000);
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
    public Prepared<PowerLawFeatures> start(Run run) {
        return new Prepared<>(features(run), new Saved().with("risks", new double[TIMES]));
    }

    @Override
    public Prepared<PowerLawFeatures> restore(Run run, Arrays saved) {
        return new Prepared<>(features(run), Saved.restore(saved));
    }

    @Override
    public boolean advance(Prepared<PowerLawFeatures> state, Run run, Recorder out) {
        Saved at = state.carried();
        double[] risks = at.row("risks");
        Draws draws = new Draws(run.key("data"));
        one(state.given(), draws, at.step() * steps, risks);
        at.stepped();
        out.updates(at.step() * steps);
        if (at.step() < runs) {
            return true;
        }
        int[] times = new int[TIMES];
        for (int k = 0; k < TIMES; k++) {
            times[k] = (k + 1) * steps / TIMES;
        }
        double[] expected = state.given().risk(size, rate, times);
        double ratio = 0;
        for (int k = 0; k < TIMES; k++) {
            double mean = risks[k] / runs;
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
