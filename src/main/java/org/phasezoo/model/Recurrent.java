package org.phasezoo.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Shape;

/// A gated recurrent unit that reads the image row by row, from the top and from a state of zeros,
/// and a dense layer on its last state.
///
/// *Source*: [GatedRecurrentUnit]; rows as a sequence: Le, Jaitly and Hinton, "A simple way to
/// initialize recurrent networks of rectified linear units", 2015, section 4.2 (there pixels).
///
/// @param width numbers of the state
public record Recurrent(int width) implements Architecture {
    public Recurrent {
        Sizes.range("width", width, 1, 4096);
    }

    @Override
    public String kind() {
        return "recurrent";
    }

    @Override
    public String id() {
        return Layers.id(kind(), List.of(width));
    }

    @Override
    public void describe(ObjectNode json) {
        json.put("width", width);
    }

    @Override
    public List<Parameter> parameters(Input input) {
        Declared p = new Declared();
        GatedRecurrentUnit.declare(
                p.in("gru"), input.channels() * input.width(), width, input.height());
        return p.dense("dense", input.classes(), width, 1).tensors();
    }

    @Override
    public Node logits(Node x, List<Node> parameters, Input input) {
        Scope p = Scope.of(parameters(input), parameters);
        Node h = x.graph().constant(0, Shape.bounded(x.shape().rows(), x.shape().size(0), width));
        for (int row = 0; row < input.height(); row++) {
            Node read = Layers.flat(x.slice(2, row, row + 1));
            h = GatedRecurrentUnit.step(p.in("gru"), read, h);
        }
        return p.dense("dense", h);
    }
}
