package org.phasezoo.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Shape;

/// A multi-layer perceptron on flattened inputs.
///
/// @param hidden width of each hidden layer; none gives a linear classifier
/// @param activation between layers
public record Perceptron(List<Integer> hidden, Activation activation) implements Architecture {
    /// Element-wise nonlinearities.
    public enum Activation {
        RELU,
        TANH,
        GELU;

        String json() {
            return name().toLowerCase(Locale.ROOT);
        }

        Node of(Node x) {
            return switch (this) {
                case RELU -> x.relu(0);
                case TANH -> x.tanh();
                case GELU -> x.gelu();
            };
        }
    }

    public Perceptron {
        hidden = List.copyOf(hidden);
        for (int width : hidden) {
            if (width < 1 || width > 65_536) {
                throw new IllegalArgumentException(
                        "hidden " + hidden + ": each width must lie in 1 … 65536");
            }
        }
    }

    @Override
    public String kind() {
        return "perceptron";
    }

    @Override
    public String id() {
        return Layers.id(kind(), hidden);
    }

    @Override
    public void describe(ObjectNode json) {
        hidden.forEach(json.putArray("hidden")::add);
        json.put("activation", activation.json());
    }

    @Override
    public List<Parameter> parameters(Input input) {
        List<Parameter> parameters = new ArrayList<>();
        int in = input.channels() * input.height() * input.width();
        for (int layer = 0; layer <= hidden.size(); layer++) {
            int out = layer < hidden.size() ? hidden.get(layer) : input.classes();
            parameters.add(
                    new Parameter(
                            "layers." + layer + ".weight", Shape.of(out, in), "weight", in, 1));
            parameters.add(new Parameter("layers." + layer + ".bias", Shape.of(out), "bias", 0, 1));
            in = out;
        }
        return parameters;
    }

    @Override
    public Node logits(Node x, List<Node> p, Input input) {
        Node h =
                x.reshape(
                        Shape.bounded(
                                x.shape().rows(), x.shape().size(0), x.shape().rowElements()));
        for (int layer = 0; layer <= hidden.size(); layer++) {
            h = Layers.dense(h, p.get(2 * layer), p.get(2 * layer + 1));
            if (layer < hidden.size()) {
                h = activation.of(h);
            }
        }
        return h;
    }
}
