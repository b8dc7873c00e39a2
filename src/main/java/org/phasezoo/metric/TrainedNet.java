package org.phasezoo.metric;

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
}
