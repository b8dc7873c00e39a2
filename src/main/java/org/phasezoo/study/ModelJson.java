package org.phasezoo.study;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.GraphJson;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Shape;
import org.phasezoo.model.Architecture;
import org.phasezoo.model.Parameter;
import org.phasezoo.train.Problem;

/// What `model-<architecture>.json` says of a network: settings, input, classes, tensors, and the
/// graph of its logits in evaluation.
final class ModelJson {
    private ModelJson() {}

    static ObjectNode of(Architecture architecture, Architecture.Input input) {
        ObjectNode model = JsonNodeFactory.instance.objectNode();
        ObjectNode layers = model.putObject("architecture");
        layers.put("kind", architecture.kind());
        architecture.describe(layers);
        ObjectNode shape = model.putObject("input");
        shape.put("channels", input.channels())
                .put("height", input.height())
                .put("width", input.width());
        model.put("classes", input.classes());
        var tensors = model.putArray("tensors");
        for (Parameter parameter : architecture.tensors(input)) {
            ObjectNode tensor = tensors.addObject();
            tensor.put("name", parameter.name());
            parameter.shape().sizes().forEach(tensor.putArray("shape")::add);
            tensor.put("role", parameter.role());
        }
        model.set("graph", graph(architecture, input, 1));
        return model;
    }

    /// From [Problem#X], bounded by [Problem#ROWS], and the tensors by their names to logits. No
    /// setting depends on the capacity.
    static ArrayNode graph(Architecture architecture, Architecture.Input input, int capacity) {
        Graph graph = new Graph();
        Node x =
                graph.input(
                        Problem.X,
                        Shape.bounded(
                                Problem.ROWS,
                                capacity,
                                input.channels(),
                                input.height(),
                                input.width()));
        List<Node> tensors = new ArrayList<>();
        for (Parameter parameter : architecture.tensors(input)) {
            tensors.add(graph.input(parameter.name(), parameter.shape()));
        }
        return GraphJson.of(architecture.logits(x, tensors, input));
    }
}
