package org.phasezoo.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Shape;

/// A neural ordinary differential equation: a dense layer takes the flattened input to the state
/// h(0), dh/dt = W₂ tanh(W₁ (h, t) + b₁) + b₂ leads to h(1), and logits are linear in h(1). The
/// classical Runge-Kutta method of fourth order takes `steps` equal steps, and training
/// differentiates through them.
///
/// *Source*: Chen, Rubanova, Bettencourt and Duvenaud, "Neural ordinary differential equations",
/// 2018, section 3.
///
/// @param width numbers of the state
/// @param hidden units of the field
/// @param steps from t = 0 to 1
public record NeuralOde(int width, int hidden, int steps) implements Architecture {
    private static final int STAGES = 4;

    public NeuralOde {
        Sizes.range("width", width, 1, 4096);
        Sizes.range("hidden", hidden, 1, 4096);
        Sizes.range("steps", steps, 1, 256);
    }

    @Override
    public String kind() {
        return "neural-ode";
    }

    @Override
    public String id() {
        return Layers.id(kind(), List.of(width, hidden, steps));
    }

    @Override
    public void describe(ObjectNode json) {
        json.put("width", width).put("hidden", hidden).put("steps", steps);
    }

    @Override
    public List<Parameter> parameters(Input input) {
        int evaluations = STAGES * steps;
        return new Declared()
                .dense("encode", width, input.channels() * input.height() * input.width(), 1)
                .dense("field.0", hidden, width + 1, evaluations)
                .dense("field.2", width, hidden, evaluations)
                .dense("dense", input.classes(), width, 1)
                .tensors();
    }

    @Override
    public Node logits(Node x, List<Node> parameters, Input input) {
        Scope p = Scope.of(parameters(input), parameters);
        Node h = p.dense("encode", Layers.flat(x));
        for (int step = 0; step < steps; step++) {
            h = rungeKutta(p, h, (double) step / steps, 1.0 / steps);
        }
        return p.dense("dense", h);
    }

    private Node rungeKutta(Scope p, Node h, double t, double dt) {
        Node k1 = field(p, h, t);
        Node k2 = field(p, h.plus(k1.times(dt / 2)), t + dt / 2);
        Node k3 = field(p, h.plus(k2.times(dt / 2)), t + dt / 2);
        Node k4 = field(p, h.plus(k3.times(dt)), t + dt);
        return h.plus(k1.plus(k2.plus(k3).times(2)).plus(k4).times(dt / 6));
    }

    private Node field(Scope p, Node h, double t) {
        Node weight = p.get("field.0.weight");
        Node ofTime = weight.slice(1, width, width + 1).reshape(Shape.of(hidden)).times(t);
        Node units = Layers.dense(h, weight.slice(1, 0, width), p.get("field.0.bias").plus(ofTime));
        return p.dense("field.2", units.tanh());
    }

    @Override
    public double forwardMultiplyAdds(Input input) {
        // The column of t is the same for all examples.
        return Architecture.super.forwardMultiplyAdds(input) - (double) STAGES * steps * hidden;
    }
}
