package org.phasezoo.study;

import java.util.Arrays;
import java.util.List;
import org.phasezoo.data.Split;
import org.phasezoo.train.Evaluator;
import org.phasezoo.train.Problem;

/// The first images of a data set, in the data set's own order and not a member's split, and a
/// net's logits on them.
final class TrainingProbe implements Probe {
    private final Problem problem;
    private final Evaluator evaluator;

    TrainingProbe(Problem problem) {
        this.problem = problem;
        this.evaluator = new Evaluator(problem);
    }

    @Override
    public Tensor.Float32 inputs() {
        Split split = problem.split();
        return new Tensor.Float32(
                List.of(INPUTS, split.channels(), split.height(), split.width()),
                Arrays.copyOf(split.inputs(), INPUTS * split.inputElements()));
    }

    @Override
    public Tensor.Float32 outputs(Tensor.Float32 inputs, org.phasezoo.study.Arrays weights) {
        double[] logits =
                evaluator.logits(Weights.flat(problem.tensors(), weights), inputs.values(), INPUTS);
        float[] outputs = new float[logits.length];
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = (float) logits[i];
        }
        return new Tensor.Float32(List.of(INPUTS, problem.split().classes()), outputs);
    }
}
