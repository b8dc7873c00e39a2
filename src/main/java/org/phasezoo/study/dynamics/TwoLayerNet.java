package org.phasezoo.study.dynamics;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Shape;
import org.phasezoo.model.Parameter;

/// f(x) = m^(−1/2) Σ_i v_i σ(u_i · x/√d) in neural-tangent parametrisation, as graph: u (m, d) and
/// v (1, m) standard normal at the start.
///
/// @param width m
/// @param inputs d
record TwoLayerNet(Activation activation, int width, int inputs) {
    List<Parameter> parameters() {
        return tensors("", "weight");
    }

    /// Its parameters and, frozen, their values at the start.
    List<Parameter> withStart() {
        return Stream.concat(parameters().stream(), tensors("start.", "buffer").stream()).toList();
    }

    /// Values of [#withStart].
    static double[] withStart(double[] parameters, double[] start) {
        return DoubleStream.concat(DoubleStream.of(parameters), DoubleStream.of(start)).toArray();
    }

    private List<Parameter> tensors(String prefix, String role) {
        return List.of(
                new Parameter(prefix + "weight", Shape.of(width, inputs), role, 1, 1),
                new Parameter(prefix + "readout", Shape.of(1, width), role, 1, 1));
    }

    /// Outputs (n, 1) of points (n, d).
    ///
    /// @param theta u and v
    Node outputs(List<Node> theta, Node x) {
        return activation
                .of(hidden(theta, x))
                .contract(false, theta.get(1), true)
                .times(1 / Math.sqrt(width));
    }

    private Node hidden(List<Node> theta, Node x) {
        return x.contract(false, theta.get(0), true).times(1 / Math.sqrt(inputs));
    }

    /// As [#outputs], each point with a shift of its own of u · x/√d and of v: its derivatives by
    /// these tell points apart.
    ///
    /// @param shifted u, v and both shifts (n, m)
    Node shiftedOutputs(List<Node> shifted, Node x) {
        Node h = activation.of(hidden(shifted, x).plus(shifted.get(2)));
        Node v = shifted.get(1).reshape(Shape.of(width)).broadcast(h.shape(), 1);
        return h.times(v.plus(shifted.get(3))).sum(1).times(1 / Math.sqrt(width));
    }
}
