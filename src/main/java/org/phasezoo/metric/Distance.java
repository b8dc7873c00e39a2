package org.phasezoo.metric;

import java.util.List;
import java.util.function.Function;
import org.phasezoo.random.Key;
import org.phasezoo.train.Footprint;

/// Euclidean distance of two members' parameters, without alignment.
///
/// *Definition*: `distance.l2.v1`, √Σ (aᵢ − bᵢ)² over all parameters (running statistics are none).
/// *Errors*: none. *Source*: Yang et al. 2021, appendix B.
public record Distance() implements Metric {
    private static final String L2 = "distance.l2.v1";

    @Override
    public Subject subject() {
        return Subject.PAIR;
    }

    @Override
    public List<String> definitions() {
        return List.of(L2);
    }

    @Override
    public Measured measure(List<? extends Net> nets, Function<String, Key> keys) {
        TrainedNet first = TrainedNet.of(nets.get(0));
        double[] a = first.weights();
        double[] b = TrainedNet.of(nets.get(1)).weights();
        int parameters = first.problem().architecture().size(first.problem().input());
        double sum = 0;
        for (int i = 0; i < parameters; i++) {
            double d = a[i] - b[i];
            sum += d * d;
        }
        return new Measured(List.of(Value.exact(L2, Math.sqrt(sum))), List.of());
    }

    @Override
    public Footprint footprint(List<? extends Net> nets) {
        return TrainedNet.data(nets);
    }

    @Override
    public double multiplyAdds(List<? extends Net> nets) {
        return TrainedNet.of(nets.getFirst()).weights().length;
    }
}
