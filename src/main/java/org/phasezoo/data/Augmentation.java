package org.phasezoo.data;

import org.phasezoo.random.Draws;

/// Changes made to training examples each time they are used, in this order: labels replaced, a
/// shift, a mirror image, a rotation, a mixture with another example of the batch.
///
/// A replaced label belongs to its example and stays; all else is drawn anew at each use. Draws
/// depend on the update and the place in the batch alone.
///
/// *Source*: Zhang, Bengio, Hardt, Recht and Vinyals, "Understanding deep learning requires
/// rethinking generalization", 2017, section 2.1 (labels); Zhang, Cissé, Dauphin and Lopez-Paz,
/// "mixup", 2018, equation 1.
///
/// @param labelNoise probability that an example's label is replaced by a uniform draw from all
///   classes
/// @param shift largest shift, in pixels, along each axis; what comes in is 0
/// @param mirror probability of a left–right mirror image
/// @param rotation largest angle, in degrees; bilinear, 0 outside
/// @param mixup whole shape a of the mixture's weight, Beta(a, a); 0 for no mixture
public record Augmentation(
        double labelNoise, int shift, double mirror, double rotation, int mixup) {
    private static final int DRAWS = 8;

    public Augmentation {
        probability("labelNoise", labelNoise);
        probability("mirror", mirror);
        if (shift < 0) {
            throw new IllegalArgumentException("shift " + shift + " must be at least 0");
        }
        if (!(rotation >= 0 && rotation <= 180)) {
            throw new IllegalArgumentException("rotation " + rotation + " must lie in [0, 180]");
        }
        if (mixup < 0) {
            throw new IllegalArgumentException("mixup " + mixup + " must be at least 0");
        }
    }

    private static void probability(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " " + value + " must lie in [0, 1]");
        }
    }

    /// Keys of the draws: of labels, of images, of mixtures.
    public record Streams(Draws labels, Draws images, Draws mixtures) {}

    /// Writes the examples `rows[from] … rows[from + n − 1]`, as they are used at an update, to the
    /// beginning of `inputs` and `targets`, row-major.
    public void apply(
            Split split,
            int[] rows,
            int from,
            int n,
            Streams streams,
            long update,
            float[] inputs,
            float[] targets) {
        int size = split.inputElements();
        int classes = split.classes();
        for (int i = 0; i < n; i++) {
            int row = rows[from + i];
            int label = split.labels()[row];
            if (streams.labels().uniform(2L * row) < labelNoise) {
                label = streams.labels().below(2L * row + 1, classes);
            }
            for (int c = 0; c < classes; c++) {
                targets[i * classes + c] = c == label ? 1 : 0;
            }
            image(
                    split,
                    row,
                    streams.images(),
                    (update * rows.length + i) * DRAWS,
                    inputs,
                    i * size);
        }
        for (int i = 0; mixup > 0 && i < n / 2; i++) {
            double weight = streams.mixtures().symmetricBeta(update * rows.length + i, mixup);
            mix(inputs, i * size, (n - 1 - i) * size, size, weight);
            mix(targets, i * classes, (n - 1 - i) * classes, classes, weight);
        }
    }

    /// Two rows a, b become w · a + (1 − w) · b and w · b + (1 − w) · a.
    private static void mix(float[] values, int a, int b, int size, double weight) {
        for (int j = 0; j < size; j++) {
            double left = values[a + j];
            double right = values[b + j];
            values[a + j] = (float) (weight * left + (1 - weight) * right);
            values[b + j] = (float) (weight * right + (1 - weight) * left);
        }
    }

    private void image(Split split, int row, Draws draws, long index, float[] out, int to) {
        int down = shift == 0 ? 0 : draws.below(index, 2 * shift + 1) - shift;
        int right = shift == 0 ? 0 : draws.below(index + 1, 2 * shift + 1) - shift;
        boolean mirrored = draws.uniform(index + 2) < mirror;
        double angle = StrictMath.toRadians(rotation * (2 * draws.uniform(index + 3) - 1));
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        int h = split.height();
        int w = split.width();
        for (int c = 0; c < split.channels(); c++) {
            int plane = row * split.inputElements() + c * h * w;
            for (int y = 0; y < h; y++) {
                for (int x = 0; x < w; x++) {
                    double v = y - (h - 1) / 2.0;
                    double u = x - (w - 1) / 2.0;
                    double fromY = cos * v - sin * u + (h - 1) / 2.0 - down;
                    double fromX = sin * v + cos * u + (w - 1) / 2.0 - right;
                    double column = mirrored ? w - 1 - fromX : fromX;
                    out[to + (c * h + y) * w + x] =
                            (float) pixel(split.inputs(), plane, h, w, fromY, column);
                }
            }
        }
    }

    private static double pixel(float[] image, int plane, int h, int w, double y, double x) {
        int top = (int) Math.floor(y);
        int left = (int) Math.floor(x);
        double sum = 0;
        for (int i = 0; i < 4; i++) {
            int row = top + i / 2;
            int column = left + i % 2;
            double share = (1 - Math.abs(y - row)) * (1 - Math.abs(x - column));
            if (share > 0 && row >= 0 && row < h && column >= 0 && column < w) {
                sum += share * image[plane + row * w + column];
            }
        }
        return sum;
    }
}
