package org.phasezoo.study;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.GraphJson;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Shape;
import org.phasezoo.model.Architecture;
import org.phasezoo.model.Parameter;
import org.phasezoo.train.Problem;
import org.phasezoo.train.Tensors;

/// What `model-<architecture>.json` says of a network: settings, input, classes, tensors, and the
/// graph of its outputs in evaluation.
final class ModelJson {
    private ModelJson() {}

    static ObjectNode of(Architecture architecture, Architecture.Input input) {
        ObjectNode model = JsonNodeFactory.instance.objectNode();
        model.set("architecture", settings(architecture));
        ObjectNode shape = model.putObject("input");
        shape.put("channels", input.channels())
                .put("height", input.height())
                .put("width", input.width());
        model.put("classes", input.classes());
        tensors(model, architecture.tensors(input));
        model.set("graph", graph(architecture, input, 1));
        return model;
    }

    static ObjectNode settings(Architecture architecture) {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.put("kind", architecture.kind());
        architecture.describe(settings);
        return settings;
    }

    static ObjectNode of(StoredNet net) {
        ObjectNode model = JsonNodeFactory.instance.objectNode();
        model.set("architecture", net.settings());
        net.rows().ifPresent(rows -> model.putObject("input").put("numbers", rows.numbers()));
        tensors(model, net.tensors());
        List<Node> tensors = inputs(new Graph(), net.tensors());
        model.set("graph", GraphJson.of(net.outputs().of(tensors, 1)));
        return model;
    }

    private static void tensors(ObjectNode model, List<Parameter> parameters) {
        ArrayNode tensors = model.putArray("tensors");
        for (Parameter parameter : parameters) {
            ObjectNode tensor = tensors.addObject();
            tensor.put("name", parameter.name());
            parameter.shape().sizes().forEach(tensor.putArray("shape")::add);
            tensor.put("role", parameter.role());
        }
    }

    private static List<Node> inputs(Graph graph, List<Parameter> tensors) {
        return new Tensors("", tensors).inputs(graph);
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
        List<Node> tensors = inputs(graph, architecture.tensors(input));
        return GraphJson.of(architecture.logits(x, tensors, input));
    }
}
