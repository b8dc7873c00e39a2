package org.phasezoo.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Shape;

/// A sinusoidal net on the flattened input: sin(frequency · (W h + b)) in each hidden layer, then a
/// dense layer to the classes. With the initialisation `fan-in-uniform` of gain √2, weights begin
/// as in the paper: U(−1/n, 1/n) in the first layer, U(−√(6/n) / frequency, √(6/n) / frequency)
/// behind it, for n inputs.
///
/// *Source*: Sitzmann et al., "Implicit neural representations with periodic activation functions",
/// 2020, section 3.2.
///
/// @param hidden width of each hidden layer
/// @param frequency ω₀; 30 in the paper
public record Siren(List<Integer> hidden, double frequency) implements Architecture {
    public Siren {
        hidden = List.copyOf(hidden);
        if (hidden.isEmpty()) {
            throw new IllegalArgumentException("hidden is empty; name at least one width");
        }
        for (int width : hidden) {
            Sizes.range("hidden", width, 1, 65_536);
        }
        Sizes.positive("frequency", frequency);
    }

    @Override
    public String kind() {
        return "siren";
    }

    @Override
    public String id() {
        return Layers.id(Layers.id(kind(), hidden) + "-at", List.of(frequency));
    }

    @Override
    public void describe(ObjectNode json) {
        hidden.forEach(json.putArray("hidden")::add);
        json.put("frequency", frequency);
    }

    @Override
    public List<Parameter> parameters(Input input) {
        Declared p = new Declared();
        int in = input.channels() * input.height() * input.width();
        for (int layer = 0; layer <= hidden.size(); layer++) {
            int out = layer < hidden.size() ? hidden.get(layer) : input.classes();
            double deviation = layer == 0 ? Math.sqrt(1.0 / (6 * in)) : 1 / frequency;
            p.weight("layers." + layer + ".weight", Shape.of(out, in), in, 1, deviation)
                    .bias("layers." + layer + ".bias", out);
            in = out;
        }
        return p.tensors();
    }

    @Override
    public Node logits(Node x, List<Node> parameters, Input input) {
        Scope p = Scope.of(parameters(input), parameters);
        Node h = Layers.flat(x);
        for (int layer = 0; layer < hidden.size(); layer++) {
            h = p.dense("layers." + layer, h).times(frequency).sin();
        }
        return p.dense("layers." + hidden.size(), h);
    }
}
