package org.phasezoo.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.phasezoo.random.Key;
import org.phasezoo.train.Evaluator;
import org.phasezoo.train.Footprint;

/// Loss and accuracy of the whole training and test sets in evaluation mode.
///
/// *Definition*: mean loss of the logits in nats; accuracy in percent; gap = training − test
/// accuracy in percentage points. *Errors*: of the sample, over examples (the gap's joins both in
/// quadrature). *Source*: Yang et al., "Taxonomizing local versus global structure in neural
/// network loss landscapes", 2021, section 2.
public record Evaluation() implements Metric {
    @Override
    public Subject subject() {
        return Subject.MEMBER;
    }

    @Override
    public List<String> definitions() {
        return List.of(
                "loss.train.v1",
                "accuracy.train.v1",
                "loss.test.v1",
                "accuracy.test.v1",
                "gap.accuracy.v1");
    }

    @Override
    public Measured measure(List<? extends Net> nets, Function<String, Key> keys) {
        TrainedNet net = TrainedNet.of(nets.getFirst());
        Evaluator evaluator = new Evaluator(net.problem());
        List<Value> values = new ArrayList<>();
        Value train =
                part(
                        evaluator.evaluate(net.weights(), net.problem().split().train()),
                        "train",
                        values);
        Value test =
                part(
                        evaluator.evaluate(net.weights(), net.problem().split().test()),
                        "test",
                        values);
        double error =
                Math.sqrt(train.seSample() * train.seSample() + test.seSample() * test.seSample());
        values.add(value("gap.accuracy.v1", train.value() - test.value(), error, test.nSample()));
        return new Measured(values, List.of());
    }

    private static Value part(Evaluator.Evaluation evaluation, String part, List<Value> values) {
        Moments loss = Moments.of(evaluation.losses());
        double[] percent = new double[evaluation.right().length];
        for (int i = 0; i < percent.length; i++) {
            percent[i] = evaluation.right()[i] ? 100 : 0;
        }
        Value accuracy =
                value(
                        "accuracy." + part + ".v1",
                        evaluation.accuracyPercent(),
                        Moments.of(percent).standardError(),
                        percent.length);
        values.add(
                value("loss." + part + ".v1", loss.mean(), loss.standardError(), percent.length));
        values.add(accuracy);
        return accuracy;
    }

    private static Value value(String definition, double value, double error, long n) {
        String status = Double.isFinite(value) ? "ok" : "undefined";
        return new Value(
                definition,
                Double.isFinite(value) ? value : Double.NaN,
                Double.NaN,
                0,
                error,
                n,
                status,
                Double.NaN);
    }

    @Override
    public Footprint footprint(List<? extends Net> nets) {
        return TrainedNet.of(nets.getFirst()).evaluation().plus(TrainedNet.data(nets));
    }

    @Override
    public double multiplyAdds(List<? extends Net> nets) {
        TrainedNet net = TrainedNet.of(nets.getFirst());
        return net.forwardMultiplyAdds()
                * (net.problem().split().train().length + net.problem().split().test().length);
    }
}
