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

/// A perceptron u(z, r, t) of three hidden SiLU layers that tells an average velocity, and the loss
/// of mean flows as graph.
///
/// *Source*: Geng, Deng, Bai, Kolter and He, "Mean flows for one-step generative modeling", 2025,
/// equations 6 to 10.
final class VelocityNet {
    static final String ROWS = "points";

    private VelocityNet() {}

    static List<Parameter> parameters(int width) {
        List<Parameter> parameters = new ArrayList<>();
        parameters.add(new Parameter("place", Shape.of(width, 2), "weight", 4, 1));
        parameters.add(new Parameter("time", Shape.of(width, 1), "weight", 4, 1));
        parameters.add(new Parameter("span", Shape.of(width, 1), "weight", 4, 1));
        parameters.add(new Parameter("bias", Shape.of(width), "bias", 0, 1));
        for (int layer = 1; layer < 3; layer++) {
            parameters.add(
                    new Parameter("weight" + layer, Shape.of(width, width), "weight", width, 1));
            parameters.add(new Parameter("bias" + layer, Shape.of(width), "bias", 0, 1));
        }
        parameters.add(new Parameter("out", Shape.of(2, width), "weight", width, 1));
        parameters.add(new Parameter("out.bias", Shape.of(2), "bias", 0, 1));
        return parameters;
    }

    /// u `(n, 2)` at z `(n, 2)` from times r to t, both `(n, 1)`.
    static Node velocity(List<Node> p, Node z, Node r, Node t) {
        Node h =
                shifted(
                        z.contract(false, p.get(0), true)
                                .plus(t.contract(false, p.get(1), true))
                                .plus(t.minus(r).contract(false, p.get(2), true)),
                        p.get(3));
        for (int layer = 1; layer < 3; layer++) {
            h = shifted(h.silu().contract(false, p.get(2 + 2 * layer), true), p.get(3 + 2 * layer));
        }
        return shifted(h.silu().contract(false, p.get(8), true), p.get(9));
    }

    private static Node shifted(Node x, Node bias) {
        return x.plus(bias.broadcast(x.shape(), 1));
    }

    /// Mean over the batch of ‖u − stop(v − (t − r) du/dt)‖² with v = e − x, where du/dt is the
    /// Jacobian-vector product of u along (v, 0, `alongTime`).
    static Node loss(List<Node> p, int batch, double alongTime) {
        Graph graph = p.getFirst().graph();
        Node data = graph.input("data", Shape.bounded(ROWS, batch, 2));
        Node noise = graph.input("noise", data.shape());
        Node r = graph.input("r", Shape.bounded(ROWS, batch, 1));
        Node t = graph.input("t", r.shape());
        Node wide = t.reshape(Shape.bounded(ROWS, batch)).broadcast(data.shape(), 0);
        Node z = data.plus(noise.minus(data).times(wide));
        Node v = noise.minus(data);
        Node u = velocity(p, z, r, t);
        SequencedMap<Node, Node> along = new LinkedHashMap<>();
        along.put(z, v);
        along.put(t, graph.constant(alongTime, t.shape()));
        Node rate = Derivatives.tangents(List.of(u), along).getFirst();
        Node span = t.minus(r).reshape(Shape.bounded(ROWS, batch)).broadcast(data.shape(), 0);
        Node d = u.minus(v.minus(span.times(rate)).stopGradient());
        return d.times(d).sumAll().over(graph.count(ROWS));
    }
}
