package org.phasezoo.study.particle;

import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.study.Observable;
import org.phasezoo.study.OneSlice;
import org.phasezoo.study.Recorder;
import org.phasezoo.study.Revisions;
import org.phasezoo.study.Run;
import org.phasezoo.study.Setting;

/// The solved theory of [TwoLayerLangevin]: the minimiser of the free energy at infinite width
/// ([GibbsNetwork]).
///
/// *Observables*: those of [TwoLayerLangevin] that a law has. It draws only where `data` does:
/// purpose `data`.
///
/// @param data the training points
/// @param penalty λ, .0001 to 1
/// @param inverseTemperature β, 1 to 1e9
public record TwoLayerGibbs(UnivariateData data, double penalty, double inverseTemperature)
        implements OneSlice {
    public TwoLayerGibbs {
        Setting.within("penalty", penalty, 1e-4, 1);
        Setting.within("inverseTemperature", inverseTemperature, 1, 1e9);
    }

    @Override
    public List<Observable> observables() {
        return List.of(
                new Observable("knots.most-between-data.v1", false, "1"),
                new Observable("knots.within-bound.v1", false, "1"),
                new Observable("knots.concentration.v1", false, "1"),
                new Observable("knots.share-off-data.v1", false, "1"),
                new Observable("risk.train.v1", false, "1"),
                new Observable("predictor.hundredths.v1", true, "1"));
    }

    @Override
    public void compute(Run run, Recorder out) {
        double[][] points = data.points(run.key("data"));
        GibbsNetwork net = GibbsNetwork.solve(points[0], points[1], penalty, inverseTemperature);
        record(out, net.curvature(), points, net.predictions(points[0]));
        double[] at = new double[201];
        for (int i = 0; i < at.length; i++) {
            at[i] = (i - 100) / 100.0;
        }
        double[] f = net.predictions(at);
        for (int i = 0; i < at.length; i++) {
            out.series("predictor.hundredths.v1", i, f[i]);
        }
    }

    /// The observables that a net of any width has.
    static void record(Recorder out, Curvature curvature, double[][] points, double[] predictions) {
        int most = curvature.mostBetween(points[0]);
        double risk = 0;
        for (int i = 0; i < predictions.length; i++) {
            risk +=
                    (predictions[i] - points[1][i])
                            * (predictions[i] - points[1][i])
                            / predictions.length;
        }
        out.scalar("knots.most-between-data.v1", most);
        out.scalar("knots.within-bound.v1", most <= 3 ? 1 : 0);
        out.scalar("knots.concentration.v1", curvature.concentration());
        out.scalar("knots.share-off-data.v1", curvature.heaviestOff(points[0], .1));
        out.scalar("risk.train.v1", risk);
    }

    @Override
    public SequencedMap<String, Integer> revisions() {
        return Revisions.first("gibbs-network", "philox");
    }

    @Override
    public double multiplyAdds() {
        return 200.0 * GibbsNetwork.ANGLES * data.size() * data.size();
    }

    @Override
    public boolean seeded() {
        return data.drawn();
    }
}
