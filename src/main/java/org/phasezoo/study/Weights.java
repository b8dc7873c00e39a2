package org.phasezoo.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.model.Parameter;

/// Between a net's parameters in one row and its named tensors.
final class Weights {
    private Weights() {}

    static Arrays named(List<Parameter> parameters, float[] values) {
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        int at = 0;
        for (Parameter parameter : parameters) {
            int size = parameter.shape().elements();
            tensors.put(
                    parameter.name(),
                    new Tensor.Float32(
                            parameter.shape().sizes(),
                            java.util.Arrays.copyOfRange(values, at, at + size)));
            at += size;
        }
        return new Arrays(tensors);
    }

    static float[] flat(List<Parameter> parameters, Arrays weights) {
        int n = 0;
        for (Parameter parameter : parameters) {
            n += parameter.shape().elements();
        }
        float[] values = new float[n];
        int at = 0;
        for (Parameter parameter : parameters) {
            float[] tensor = floats(weights.get(parameter.name()));
            System.arraycopy(tensor, 0, values, at, tensor.length);
            at += tensor.length;
        }
        return values;
    }

    static float[] floats(Tensor tensor) {
        if (tensor instanceof Tensor.Float32(_, float[] values)) {
            return values;
        }
        throw new IllegalArgumentException(
                "a float32 tensor is needed, not " + tensor.getClass().getSimpleName());
    }
}
