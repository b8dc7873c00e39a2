package org.phasezoo.study.field;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.graph.Derivatives;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Shape;
import org.phasezoo.model.Parameter;

/// An angle as a function of time, q(t) = q₀ + (1 − exp(−t))² N(2 t/T − 1), that starts at q₀ at
/// rest whatever the perceptron N (two hidden layers), with its exact derivatives in t as graph.
final class PathNet {
    static final String ROWS = "times";

    private PathNet() {}

    static List<Parameter> parameters(int width) {
        List<Parameter> parameters = new ArrayList<>();
        int in = 1;
        for (int layer = 0; layer < 3; layer++) {
            int out = layer < 2 ? width : 1;
            parameters.add(new Parameter("weight" + layer, Shape.of(out, in), "weight", in, 1));
            parameters.add(new Parameter("bias" + layer, Shape.of(out), "bias", 0, 1));
            in = out;
        }
        return parameters;
    }

    /// q, dq/dt and d²q/dt² at the input `t`, each `(n, 1)`.
    record Path(Node q, Node velocity, Node acceleration) {}

    static Path path(
            List<Node> p, ResidualPath.Activation activation, int times, double q0, double span) {
        Graph graph = p.getFirst().graph();
        Node t = graph.input("t", Shape.bounded(ROWS, times, 1));
        Node h = perceptron(p, activation, t.times(2 / span).minus(graph.constant(1)));
        Node rise = graph.constant(1).minus(t.negated().exp());
        Node q = rise.times(rise).times(h).plus(graph.constant(q0));
        SequencedMap<Node, Node> along = new LinkedHashMap<>();
        along.put(t, graph.constant(1, t.shape()));
        Node velocity = Derivatives.tangents(List.of(q), along).getFirst();
        Node acceleration = Derivatives.tangents(List.of(velocity), along).getFirst();
        return new Path(q, velocity, acceleration);
    }

    /// N at s in [−1, 1], both `(n, 1)`.
    static Node perceptron(List<Node> p, ResidualPath.Activation activation, Node s) {
        Node h = s;
        for (int layer = 0; layer < 3; layer++) {
            Node y = h.contract(false, p.get(2 * layer), true);
            h = y.plus(p.get(2 * layer + 1).broadcast(y.shape(), 1));
            if (layer < 2) {
                h =
                        switch (activation) {
                            case TANH -> h.tanh();
                            case GELU -> h.gelu();
                            case SILU -> h.silu();
                            case SIN -> h.sin();
                            case RELU -> h.relu(0);
                        };
            }
        }
        return h;
    }

    /// Mean over the times of (d²q/dt² + sin q)².
    static Node loss(Path path) {
        Node residual = path.acceleration().plus(path.q().sin());
        return residual.times(residual).sumAll().over(residual.graph().count(ROWS));
    }
}
