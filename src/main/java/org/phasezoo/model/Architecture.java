package org.phasezoo.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.phasezoo.graph.Node;

/// A network as settings: its parameters for given data, and its graph.
public sealed interface Architecture
        permits Autoencoder,
                ConvolutionalNet,
                DepthScaled,
                Gpt,
                Kan,
                MessagePassing,
                NeuralOde,
                Perceptron,
                Recurrent,
                Resnet,
                Scaled,
                SetAttention,
                Siren,
                VisionTransformer {
    /// Name of the kind, as in a suite's JSON.
    String kind();

    /// A short id of kind and settings, `[a-z0-9-]`, that names the weights file: all members with
    /// one id have tensors of one shape.
    String id();

    /// Adds the settings of the kind to `json`.
    void describe(ObjectNode json);

    /// Parameter tensors, in the order of the network.
    ///
    /// @throws IllegalArgumentException when the network does not take such data
    List<Parameter> parameters(Input input);

    /// Tensors that training does not learn but keeps up: running statistics. Most networks have
    /// none.
    default List<Parameter> buffers(Input input) {
        return List.of();
    }

    /// All tensors: parameters, then buffers. A net's weights stand in this order.
    default List<Parameter> tensors(Input input) {
        List<Parameter> tensors = new ArrayList<>(parameters(input));
        tensors.addAll(buffers(input));
        return tensors;
    }

    /// Logits `(n, classes)` of inputs `(n, channels, height, width)`, of a trained network:
    /// buffers are read and stay. `tensors` are the parameters, then the buffers.
    Node logits(Node x, List<Node> tensors, Input input);

    /// Logits, and what else the network makes of a batch.
    default Forward forward(Node x, List<Node> tensors, Input input, Forward.Mode mode) {
        return new Forward(logits(x, tensors, input), List.of(), List.of());
    }

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

    /// Number of parameters, without buffers.
    default int size(Input input) {
        int n = 0;
        for (Parameter parameter : parameters(input)) {
            n += parameter.shape().elements();
        }
        return n;
    }
}
