package org.phasezoo.train;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Shape;

/// Momentum whose update of each weight is made nearly orthogonal; tensors of fewer than two axes
/// follow Adam.
///
/// v ← momentum · v + g and u = g + momentum · v; u, as a matrix (outputs, all else), over its
/// norm, goes five times through X ← a X + (b A + c A²) X, A = X Xᵀ, (a, b, c) = (3.4445, −4.7750,
/// 2.0315) (on the transpose, if it has more rows than columns); θ ← θ − rate · (√max(1,
/// rows/columns) · X + decay · θ).
///
/// *Source*: Jordan, Jin, Boza, You, Cesista, Newhouse and Bernstein, "Muon: an optimizer for
/// hidden layers in neural networks", 2024.
///
/// @param learningRate rate of the matrices, before the schedule's factor
/// @param momentum in [0, 1)
/// @param weightDecay decoupled, of the matrices
/// @param others what the other tensors follow; its rate, relative to `learningRate`, follows the
///   same schedule
public record Muon(double learningRate, double momentum, double weightDecay, Adam others)
        implements Optimiser {
    private static final int ITERATIONS = 5;
    private static final double A = 3.4445;
    private static final double B = -4.7750;
    private static final double C = 2.0315;
    private static final double EPSILON = 1e-7;

    public Muon {
        Ranges.positive("learningRate", learningRate);
        Ranges.fraction("momentum", momentum);
        Ranges.notNegative("weightDecay", weightDecay);
    }

    @Override
    public List<String> slots() {
        return others.slots();
    }

    @Override
    public SequencedMap<String, Double> scalars(long update, double progress) {
        return others.scalars(update, progress);
    }

    @Override
    public Update update(
            List<Node> parameters, List<List<Node>> slots, List<Node> gradients, List<Node> rates) {
        Update rest =
                others.update(
                        parameters,
                        slots,
                        gradients,
                        rates.stream()
                                .map(rate -> rate.times(others.learningRate() / learningRate))
                                .toList());
        List<Node> moved = new ArrayList<>(rest.parameters());
        List<Node> first = new ArrayList<>(rest.slots().get(0));
        List<Node> second = new ArrayList<>(rest.slots().get(1));
        for (int i = 0; i < parameters.size(); i++) {
            Node theta = parameters.get(i);
            if (theta.shape().rank() < 2) {
                continue;
            }
            Node g = gradients.get(i);
            Node v = slots.get(0).get(i).times(momentum).plus(g);
            first.set(i, v);
            second.set(i, slots.get(1).get(i));
            int rows = theta.shape().size(0);
            int columns = theta.shape().elements() / rows;
            Node step =
                    orthogonal(g.plus(v.times(momentum)).reshape(Shape.of(rows, columns)))
                            .times(Math.sqrt(Math.max(1.0, (double) rows / columns)))
                            .reshape(theta.shape());
            moved.set(i, theta.minus(step.plus(theta.times(weightDecay)).times(rates.get(i))));
        }
        return new Update(moved, List.of(first, second));
    }

    private static Node orthogonal(Node matrix) {
        Graph graph = matrix.graph();
        Node norm = matrix.times(matrix).sumAll().sqrt().plus(graph.constant(EPSILON));
        boolean tall = matrix.shape().size(0) > matrix.shape().size(1);
        Node x = matrix.over(norm.broadcast(matrix.shape()));
        for (int i = 0; i < ITERATIONS; i++) {
            Node a = tall ? x.contract(true, x, false) : x.contract(false, x, true);
            Node b = a.times(B).plus(a.contract(false, a, false).times(C));
            x = x.times(A).plus(tall ? x.contract(false, b, false) : b.contract(false, x, false));
        }
        return x;
    }
}
