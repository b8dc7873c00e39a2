package org.phasezoo.data;

/// Labelled examples and their division into training and test parts. The arrays are shared: nobody
/// writes them.
///
/// @param inputs row-major, one row of `channels · height · width` an example
/// @param labels class of each example
/// @param targets one-hot rows of the labels
/// @param train rows of the training examples, in the split's order
/// @param test rows of the test examples, in the split's order
public record Split(
        int channels,
        int height,
        int width,
        int classes,
        float[] inputs,
        int[] labels,
        float[] targets,
        int[] train,
        int[] test) {
    public int inputElements() {
        return channels * height * width;
    }

    /// One-hot rows of labels.
    public static float[] oneHot(int[] labels, int classes) {
        float[] targets = new float[labels.length * classes];
        for (int i = 0; i < labels.length; i++) {
            targets[i * classes + labels[i]] = 1;
        }
        return targets;
    }
}
