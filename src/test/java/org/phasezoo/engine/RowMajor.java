package org.phasezoo.engine;

import java.util.Arrays;

/// The values of an array at one count, and its sizes there.
@SuppressWarnings("ArrayRecordComponent")
record RowMajor(int[] sizes, double[] values) {
    int size(int axis) {
        return sizes[axis];
    }

    int rank() {
        return sizes.length;
    }

    /// An element of an array of images; 0 outside of the image.
    double pixel(int n, int channel, int row, int column) {
        return row < 0 || column < 0 || row >= sizes[2] || column >= sizes[3]
                ? 0
                : values[((n * sizes[1] + channel) * sizes[2] + row) * sizes[3] + column];
    }

    static int product(int[] sizes) {
        return Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
    }

    /// The index along each axis of an element.
    static int[] index(int element, int[] sizes) {
        int[] index = new int[sizes.length];
        for (int a = sizes.length - 1; a >= 0; a--) {
            index[a] = element % sizes[a];
            element /= sizes[a];
        }
        return index;
    }
}
