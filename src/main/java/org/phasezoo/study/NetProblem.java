package org.phasezoo.study;

import org.phasezoo.data.Dataset;
import org.phasezoo.engine.Precision;
import org.phasezoo.model.Architecture;
import org.phasezoo.random.Key;
import org.phasezoo.train.Objective;
import org.phasezoo.train.Optimiser;
import org.phasezoo.train.Problem;
import org.phasezoo.train.Trainer;

/// A net, its data, its objective and its precision, before any split is drawn.
public record NetProblem(
        Dataset data, Architecture architecture, Objective objective, Precision precision) {
    /// In float32.
    public NetProblem(Dataset data, Architecture architecture, Objective objective) {
        this(data, architecture, objective, Precision.FLOAT32);
    }

    /// Refuses batches that the data do not have, or a net that does not take the data or not such
    /// batches.
    void refuse(int batchSize) {
        if (batchSize < 1 || batchSize > data.train()) {
            throw new IllegalArgumentException(
                    "batchSize "
                            + batchSize
                            + " must lie in 1 … "
                            + data.train()
                            + ", the training examples; lower it or raise data/train");
        }
        try {
            architecture.parameters(input());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("architecture " + e.getMessage(), e);
        }
        if (batchSize == 1 && runningStatistics()) {
            throw new IllegalArgumentException(
                    "batchSize 1 has no variance for batch norm; take at least 2");
        }
    }

    /// With the split of a member, purpose `split`.
    public Problem of(Run run) {
        return new Problem(architecture, data.split(run.key("split")), objective, precision);
    }

    /// With a split of nobody's: for what does not hang on it.
    public Problem any() {
        return new Problem(architecture, data.split(new Key(0)), objective, precision);
    }

    /// The program of one update by this optimiser.
    public UpdateProgram update(Optimiser optimiser, int batchSize) {
        return new UpdateProgram(Trainer.program(any(), optimiser, batchSize), precision);
    }

    Architecture.Input input() {
        return new Architecture.Input(data.channels(), data.height(), data.width(), data.classes());
    }

    boolean runningStatistics() {
        return !architecture.buffers(input()).isEmpty();
    }

    /// Of one example's forward pass.
    public double multiplyAdds() {
        return architecture.forwardMultiplyAdds(input());
    }
}
