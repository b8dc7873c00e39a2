package org.phasezoo.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.engine.Precision;
import org.phasezoo.model.Parameter;
import org.phasezoo.train.Problem;

/// Between a net's parameters in one row and its named tensors.
final class Weights {
    private Weights() {}

    static Arrays named(Precision precision, List<Parameter> parameters, double[] values) {
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        int at = 0;
        for (Parameter parameter : parameters) {
            int size = parameter.shape().elements();
            tensors.put(
                    parameter.name(),
                    Tensor.reals(
                            precision,
                            parameter.shape().sizes(),
                            java.util.Arrays.copyOfRange(values, at, at + size)));
            at += size;
        }
        return new Arrays(tensors);
    }

    static double[] flat(List<Parameter> parameters, Arrays weights) {
        int n = 0;
        for (Parameter parameter : parameters) {
            n += parameter.shape().elements();
        }
        double[] values = new double[n];
        int at = 0;
        for (Parameter parameter : parameters) {
            double[] tensor = weights.get(parameter.name()).reals();
            System.arraycopy(tensor, 0, values, at, tensor.length);
            at += tensor.length;
        }
        return values;
    }

    /// The values as a net of this problem holds them.
    static double[] held(Problem problem, double[] values) {
        return flat(problem.tensors(), named(problem.precision(), problem.tensors(), values));
    }
}
