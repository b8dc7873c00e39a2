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
        LineNet net = GibbsNetwork.solve(points[0], points[1], penalty, inverseTemperature);
        net.record(points, out);
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
