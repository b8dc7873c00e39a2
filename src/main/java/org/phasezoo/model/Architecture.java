package org.phasezoo.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.phasezoo.graph.Node;

/// A network as settings: its parameters for given data, and its graph.
public sealed interface Architecture permits ConvolutionalNet, Perceptron, Scaled {
    /// Name of the kind, as in a suite's JSON.
    String kind();

    /// A short id of kind and size, `[a-z0-9-]`, that names the weights file: all members with one
    /// id have one shape.
    String id();

    /// Adds the settings of the kind to `json`.
    void describe(ObjectNode json);

    /// Parameter tensors, in the order of the network.
    List<Parameter> parameters(Input input);

    /// Logits `(n, classes)` of inputs `(n, channels, height, width)`.
    Node logits(Node x, List<Node> parameters, Input input);

    /// Shape of the data that a network takes and the number of classes that it tells apart.
    record Input(int channels, int height, int width, int classes) {}

    /// Multiply-adds of the forward pass of one example.
    default double forwardMultiplyAdds(Input input) {
        double n = 0;
        for (Parameter parameter : parameters(input)) {
            n += parameter.multiplyAdds();
        }
        return n;
    }

    /// Number of parameters.
    default int size(Input input) {
        int n = 0;
        for (Parameter parameter : parameters(input)) {
            n += parameter.shape().elements();
        }
        return n;
    }
}
