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
    public Tensor inputs() {
        Split split = problem.split();
        Tensor inputs =
                new Tensor.Float32(
                        List.of(INPUTS, split.channels(), split.height(), split.width()),
                        Arrays.copyOf(split.inputs(), INPUTS * split.inputElements()));
        return Tensor.reals(problem.precision(), inputs.shape(), inputs.reals());
    }

    @Override
    public Tensor outputs(Tensor inputs, org.phasezoo.study.Arrays weights) {
        double[] numbers = inputs.reals();
        float[] table = new float[numbers.length];
        for (int i = 0; i < table.length; i++) {
            table[i] = (float) numbers[i]; // data are float32 numbers in either precision
        }
        double[] logits = evaluator.logits(Weights.flat(problem.tensors(), weights), table, INPUTS);
        return Tensor.reals(
                problem.precision(), List.of(INPUTS, problem.split().classes()), logits);
    }
}
