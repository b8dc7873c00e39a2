package org.phasezoo.study.dynamics;

import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.study.Iterated;
import org.phasezoo.study.Observable;
import org.phasezoo.study.Recorder;
import org.phasezoo.study.Revisions;
import org.phasezoo.study.Run;
import org.phasezoo.study.Saved;
import org.phasezoo.study.Setting;

/// The rates at which the descent of [Catapult] changes its fate, on one example, by bisection.
///
/// *Observables*, in units of 1/λ₀, each by 12 halvings of the range from .5 to 16.5 with runs from
/// the same start: `edge.rise.v1`, above which the loss rises above 1.05 times its start;
/// `edge.convergence.v1`, below which it falls below 1e-3 of its start within `steps`;
/// `edge.divergence.v1`, above which it exceeds 1e10 times its start or is not finite. Each is the
/// place of one change between the ends; 16.5 where the upper end has not changed.
///
/// *Draws*: `start`, as in [TwoLayerExpansion].
///
/// *Source*: Zhu, Liu, Radhakrishnan and Belkin, 2024: the quadratic model's catapult phase is
/// between 2/λ₀ and 4/λ₀.
///
/// @param width m, 1 to 100,000
/// @param steps of each run, 10 to 100,000
public record CatapultEdge(TaylorModel model, Activation activation, int width, int steps)
        implements Iterated {
    private static final double LOWEST = .5;
    private static final double HIGHEST = 16.5;
    private static final int HALVINGS = 12;

    /// What is found, in this order.
    private enum Edge {
        RISE("edge.rise.v1"),
        CONVERGENCE("edge.convergence.v1"),
        DIVERGENCE("edge.divergence.v1");

        private final String definition;

        Edge(String definition) {
            this.definition = definition;
        }
    }

    public CatapultEdge {
        Setting.within("width", width, 1, 100_000);
        Setting.within("steps", steps, 10, 100_000);
    }

    @Override
    public List<Observable> observables() {
        return List.of(
                new Observable(Edge.RISE.definition, false, "1"),
                new Observable(Edge.CONVERGENCE.definition, false, "1"),
                new Observable(Edge.DIVERGENCE.definition, false, "1"));
    }

    @Override
    public Saved start(Run run) {
        return new Saved().with("edges", new double[Edge.values().length]);
    }

    @Override
    public boolean advance(Saved state, Run run, Recorder out) {
        TwoLayerExpansion net =
                new TwoLayerExpansion(
                        model,
                        activation,
                        ScalarTask.ONE,
                        width,
                        1,
                        1,
                        run.key("task"),
                        run.key("start"));
        Edge edge = Edge.values()[(int) state.step()];
        double[] edges = state.row("edges");
        edges[edge.ordinal()] = bisect(net, edge);
        state.stepped();
        out.updates(state.step());
        if (state.step() < edges.length) {
            return true;
        }
        for (Edge each : Edge.values()) {
            out.scalar(each.definition, edges[each.ordinal()]);
        }
        return false;
    }

    private double bisect(TwoLayerExpansion net, Edge edge) {
        double low = LOWEST;
        double high = HIGHEST;
        if (!beyond(net, edge, high)) {
            return high;
        }
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (beyond(net, edge, middle)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return (low + high) / 2;
    }

    private boolean beyond(TwoLayerExpansion net, Edge edge, double rate) {
        Saved at = net.start();
        double step = rate / net.sharpness(at);
        double first = net.loss(at);
        for (int i = 0; i < steps; i++) {
            double loss = net.descend(at, step);
            if (!(loss <= 1e10 * first)) {
                return true;
            }
            if (edge == Edge.RISE && loss > 1.05 * first) {
                return true;
            }
            if (loss < 1e-3 * first) {
                return false;
            }
        }
        return edge == Edge.CONVERGENCE;
    }

    @Override
    public SequencedMap<String, Integer> revisions() {
        return Revisions.first("catapult-edge", "two-layer-expansion", "philox");
    }

    @Override
    public double multiplyAdds() {
        double gates = activation == Activation.RELU ? 10 : 200;
        return 3.0 * HALVINGS * width * gates * steps / 2;
    }
}
