package org.phasezoo.metric;

import java.util.List;
import org.phasezoo.train.Evaluator;
import org.phasezoo.train.Footprint;
import org.phasezoo.train.Problem;

/// The weights of a net and the problem that it was trained on. The weights, all tensors one after
/// the other (parameters, then buffers), are numbers of the problem's precision and shared: nobody
/// writes them.
public record TrainedNet(Problem problem, double[] weights) implements Net {
    @Override
    public double forwardMultiplyAdds() {
        return problem.architecture().forwardMultiplyAdds(problem.input());
    }

    static TrainedNet of(Net net) {
        if (net instanceof TrainedNet trained) {
            return trained;
        }
        throw new IllegalArgumentException(
                "this metric measures trained nets, not " + net.getClass().getSimpleName());
    }

    /// The examples of these nets, each of which has its own.
    static Footprint data(List<? extends Net> nets) {
        Footprint all = Footprint.NONE;
        for (Net net : nets) {
            all = all.plus(Footprint.of(of(net).problem().split()));
        }
        return all;
    }

    /// What evaluates it.
    Footprint evaluation() {
        return Footprint.ofArena(Evaluator.program(problem), problem.precision());
    }
}
