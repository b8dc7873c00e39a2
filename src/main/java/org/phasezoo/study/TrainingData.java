package org.phasezoo.study;

/// The examples that nets are trained on, and one division of them.
///
/// @param inputs of all examples, `(n, …)`, as a net takes them: after normalisation
/// @param labels the class of each example
/// @param train places of the training examples, in the split's order
/// @param test places of the test examples, in the split's order
public record TrainingData(Tensor.Float32 inputs, int[] labels, int[] train, int[] test) {
    /// Where they come from. Equal sources give equal data.
    public interface Source {
        TrainingData get();
    }
}
