package org.phasezoo.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.phasezoo.random.Key;
import org.phasezoo.train.Evaluator;
import org.phasezoo.train.Footprint;

/// Mode connectivity of two members along a trained quadratic Bézier curve.
///
/// *Definition*: w(t) = (1 − t)²·w₀ + 2t(1 − t)·θ + t²·w₁ with θ trained ([BezierCurve]); e(t) is
/// the training error in percent at t = i/12; u = the t where |e(t) − ½(e(0) + e(1))| is largest
/// (the first, at ties); mc = ½(e(0) + e(1)) − e(u). *Unit and sign*: percentage points; negative =
/// barrier, positive = the curve lies below its ends, 0 = connected.
/// `mode-connectivity.train-error.v1` looks at all 13 points,
/// `mode-connectivity.train-error.taxonomy.v1` at the taxonomy's five, t = 0, ¼, ½, ¾, 1. *Errors*:
/// of the sample, over training examples. *Source*: Yang et al. 2021, section 2 and their
/// `Mode_connectivity.py`; Garipov et al., "Loss surfaces, mode connectivity, and fast ensembling
/// of DNNs", 2018.
///
/// @param curve how the curve is trained
public record ModeConnectivity(BezierCurve curve) implements Metric {
    private static final String ALL = "mode-connectivity.train-error.v1";
    private static final String TAXONOMY = "mode-connectivity.train-error.taxonomy.v1";
    private static final String LOSS = "mode-connectivity.train-loss.v1";
    private static final int INTERVALS = 12;

    @Override
    public Subject subject() {
        return Subject.PAIR;
    }

    @Override
    public List<String> definitions() {
        return List.of(ALL, TAXONOMY, LOSS);
    }

    /// Between two nets there are weights but no running statistics that belong to them.
    @Override
    public boolean takesRunningStatistics() {
        return false;
    }

    @Override
    public Measured measure(List<? extends Net> nets, Function<String, Key> keys) {
        TrainedNet a = TrainedNet.of(nets.get(0));
        TrainedNet b = TrainedNet.of(nets.get(1));
        double[] middle =
                curve.train(a, b, keys.apply(ALL + "/order"), keys.apply(ALL + "/position"));
        Evaluator evaluator = new Evaluator(a.problem());
        List<double[]> errors = new ArrayList<>();
        List<double[]> losses = new ArrayList<>();
        List<Double> t = new ArrayList<>();
        List<Double> meanErrors = new ArrayList<>();
        List<Double> meanLosses = new ArrayList<>();
        for (int i = 0; i <= INTERVALS; i++) {
            double at = (double) i / INTERVALS;
            double[] weights = BezierCurve.point(a.weights(), middle, b.weights(), at);
            Evaluator.Evaluation here = evaluator.evaluate(weights, a.problem().split().train());
            double[] percent = new double[here.right().length];
            for (int j = 0; j < percent.length; j++) {
                percent[j] = here.right()[j] ? 0 : 100;
            }
            errors.add(percent);
            losses.add(here.losses());
            t.add(at);
            meanErrors.add(Moments.of(percent).mean());
            meanLosses.add(Moments.of(here.losses()).mean());
        }
        return new Measured(
                List.of(
                        value(ALL, errors, 1),
                        value(TAXONOMY, errors, INTERVALS / 4),
                        value(LOSS, losses, 1)),
                List.of(new Curve(ALL, t, meanErrors), new Curve(LOSS, t, meanLosses)));
    }

    private static Value value(String definition, List<double[]> quantity, int stride) {
        double[] first = quantity.getFirst();
        double[] last = quantity.getLast();
        double level = (Moments.of(first).mean() + Moments.of(last).mean()) / 2;
        double furthest = -1;
        double[] there = first;
        for (int i = 0; i < quantity.size(); i += stride) {
            double away = Math.abs(Moments.of(quantity.get(i)).mean() - level);
            if (away > furthest) {
                furthest = away;
                there = quantity.get(i);
            }
        }
        double[] differences = new double[first.length];
        for (int j = 0; j < differences.length; j++) {
            differences[j] = (first[j] + last[j]) / 2 - there[j];
        }
        Moments moments = Moments.of(differences);
        boolean defined = Double.isFinite(moments.mean());
        return new Value(
                definition,
                defined ? moments.mean() : Double.NaN,
                Double.NaN,
                0,
                moments.standardError(),
                differences.length,
                defined ? "ok" : "undefined",
                Double.NaN);
    }

    @Override
    public Footprint footprint(List<? extends Net> nets) {
        TrainedNet net = TrainedNet.of(nets.getFirst());
        return curve.footprint(net.problem()).or(net.evaluation()).plus(TrainedNet.data(nets));
    }

    @Override
    public double multiplyAdds(List<? extends Net> nets) {
        TrainedNet net = TrainedNet.of(nets.getFirst());
        int train = net.problem().split().train().length;
        return net.forwardMultiplyAdds() * train * (3.0 * curve.epochs() + INTERVALS + 1);
    }
}
