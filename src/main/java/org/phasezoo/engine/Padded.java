package org.phasezoo.engine;

import static org.phasezoo.kernel.Lanes.LANES;

/// Images of one tile of samples, `[channel][row][column][16]`, with a border of zeros. Planes
/// stand an odd number of rows of 16 lanes apart, so that the channels of a pixel fall into
/// different sets of the first-level cache; images without a border stand as they are.
record Padded(int channels, int h, int w, int above, int beside) {
    private static final int LARGE = 3 << 16;

    boolean isBorderless() {
        return above == 0 && beside == 0;
    }

    int rows() {
        return h + 2 * above;
    }

    int columns() {
        return w + 2 * beside;
    }

    /// Elements between a channel's plane and the next.
    int pitch() {
        int plane = rows() * columns();
        return (isBorderless() ? plane : plane | 1) * LANES;
    }

    /// Elements of a tile without border.
    int bare() {
        return channels * h * w * LANES;
    }

    /// Whether a tile is too large to wait in the second-level cache for its next reader.
    boolean isLarge() {
        return size() > LARGE;
    }

    /// Elements of a tile with its border.
    int size() {
        return channels * pitch();
    }
}
