package org.phasezoo.study;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// Named arrays in order: a state, a checkpoint, a program's inputs.
public record Arrays(SequencedMap<String, Tensor> tensors) {
    public Arrays {
        tensors = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tensors));
    }

    /// The tensor of this name.
    public Tensor get(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException(
                    "no array \"" + name + "\"; there are " + tensors.keySet());
        }
        return tensor;
    }
}
