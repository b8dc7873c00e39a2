package org.phasezoo.engine;

import static org.phasezoo.kernel.Lanes.LANES;

/// Images of one tile of samples, `[channel][row][column][16]`, with a border of zeros. Where
/// planes are `odd` they stand an odd number of rows of 16 lanes apart, so that the channels of a
/// pixel fall into different sets of the first-level cache.
record Padded(int channels, int h, int w, int above, int beside, boolean odd) {
    private static final int LARGE = 3 << 16;

    /// Whether images stand so by themselves, so that no copy is needed.
    boolean isBare() {
        return size() == bare();
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
        return (odd ? plane | 1 : plane) * LANES;
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
