package org.phasezoo.study;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.phasezoo.model.Architecture;
import org.phasezoo.model.Parameter;

/// What `model-<architecture>.json` says of a network: layers, input, classes, tensors.
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
        return model;
    }
}
