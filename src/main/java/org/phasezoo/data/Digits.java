package org.phasezoo.data;

import java.util.Arrays;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;

/// The 1,797 optical digits of 8 × 8 pixels, divided at random: a uniform permutation's first
/// `train` images are for training, the next `test` for testing.
///
/// *Definition*: a pixel v from 0 … 16 becomes (v/16 − mean) / deviation, rounded to float.
///
/// @param train number of training images
/// @param test number of test images
/// @param mean subtracted from pixels scaled to 0 … 1
/// @param deviation divides them
public record Digits(int train, int test, double mean, double deviation) implements Dataset {
    private static final int CLASSES = 10;
    private static final int SIDE = 8;

    public Digits {
        if (train < 1 || test < 1 || train + test > DigitImages.COUNT) {
            throw new IllegalArgumentException(
                    "train "
                            + train
                            + " and test "
                            + test
                            + " must be at least 1 and at most "
                            + DigitImages.COUNT
                            + " together");
        }
        if (!(deviation > 0)) {
            throw new IllegalArgumentException("deviation " + deviation + " must be above 0");
        }
    }

    @Override
    public int channels() {
        return 1;
    }

    @Override
    public int height() {
        return SIDE;
    }

    @Override
    public int width() {
        return SIDE;
    }

    @Override
    public int classes() {
        return CLASSES;
    }

    @Override
    public Split split(Key key) {
        int[] order = new Draws(key).permutation(DigitImages.COUNT);
        DigitImages images = DigitImages.get();
        float[] inputs = new float[DigitImages.COUNT * SIDE * SIDE];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (float) ((images.pixel(i) / 16.0 - mean) / deviation);
        }
        int[] labels = images.labels();
        return new Split(
                1,
                SIDE,
                SIDE,
                CLASSES,
                inputs,
                labels,
                Split.oneHot(labels, CLASSES),
                Arrays.copyOf(order, train),
                Arrays.copyOfRange(order, train, train + test));
    }
}
