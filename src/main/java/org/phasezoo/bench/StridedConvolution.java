package org.phasezoo.bench;

import static org.phasezoo.kernel.Lanes.LANES;

import java.util.Arrays;
import org.phasezoo.kernel.FloatConvolution;
import org.phasezoo.kernel.FloatConvolutionWeights;
import org.phasezoo.kernel.FloatPlanes;

/// A convolution 3 × 3 of stride 2 and padding 1, of one tile of samples, for [HandWrittenStep].
/// Input pixel i meets output pixel i/2 through the middle tap if i is even, else (i − 1)/2 through
/// the last and (i + 1)/2 through the first: four kinds of pixel by row and column, each a
/// convolution of stride 1 of the output's adjoint.
final class StridedConvolution {
    private static final int KERNEL = 3;
    private static final int STRIDE = 2;
    private static final int[] NOWHERE = new int[0];

    private final int in;
    private final int out;
    private final int size;
    private final int small;
    private final int[] taps;
    private final int[] windows;

    /// Those of all tiles taken together.
    private final int[] tiledWindows;

    private final int[] pixels;
    private final int[] panels;
    private final Kind[] kinds;

    /// Input pixels that meet the same taps.
    ///
    /// @param weights of each (input channel, tap), where it stands among all, in panels
    @SuppressWarnings("ArrayRecordComponent")
    private record Kind(int[] taps, int[] windows, int[] pixels, int[] weights) {}

    /// @param size of an input image, at each side
    StridedConvolution(int in, int out, int size) {
        this.in = in;
        this.out = out;
        this.size = size;
        this.small = (size + 1) / STRIDE;
        int wide = size + 2;
        this.taps = taps(in, pitch(size), wide, KERNEL, KERNEL);
        this.windows = grid(small, small, STRIDE * wide, STRIDE);
        this.tiledWindows = new int[together() * windows.length];
        Arrays.setAll(
                tiledWindows, p -> p / windows.length * padded() + windows[p % windows.length]);
        this.pixels = grid(small, small, small, 1);
        int[] weights = new int[out * taps.length];
        Arrays.setAll(weights, i -> i);
        this.panels = FloatConvolution.panels(weights, out);
        this.kinds = new Kind[] {kind(0, 0), kind(0, 1), kind(1, 0), kind(1, 1)};
    }

    /// Planes with their border stand an odd number of rows of lanes apart.
    private static int pitch(int size) {
        return ((size + 2) * (size + 2) | 1) * LANES;
    }

    private Kind kind(int oddRow, int oddColumn) {
        int wide = small + 2;
        int high = 1 + oddRow;
        int broad = 1 + oddColumn;
        int[] windows = grid((size + 1 - oddRow) / 2, (size + 1 - oddColumn) / 2, wide, 1);
        int[] pixels = grid((size + 1 - oddRow) / 2, (size + 1 - oddColumn) / 2, 2 * size, 2);
        for (int p = 0; p < pixels.length; p++) {
            windows[p] += (wide + 1) * LANES;
            pixels[p] += (oddRow * size + oddColumn) * LANES;
        }
        int[] weights = new int[in * out * high * broad];
        for (int w = 0; w < weights.length; w++) {
            int row = oddRow == 0 ? 1 : 2 - 2 * (w / broad % high);
            int column = oddColumn == 0 ? 1 : 2 - 2 * (w % broad);
            int channel = w / (broad * high) % out * in + w / (broad * high * out);
            weights[w] = (channel * KERNEL + row) * KERNEL + column;
        }
        return new Kind(
                taps(out, pitch(small), wide, high, broad),
                windows,
                pixels,
                FloatConvolution.panels(weights, in));
    }

    private static int[] taps(int channels, int pitch, int wide, int high, int broad) {
        int[] taps = new int[channels * high * broad];
        for (int k = 0; k < taps.length; k++) {
            int inside = k / broad % high * wide + k % broad;
            taps[k] = k / (high * broad) * pitch + inside * LANES;
        }
        return taps;
    }

    private static int[] grid(int rows, int columns, int below, int beside) {
        int[] grid = new int[rows * columns];
        for (int p = 0; p < grid.length; p++) {
            grid[p] = (p / columns * below + p % columns * beside) * LANES;
        }
        return grid;
    }

    int weights() {
        return out * taps.length;
    }

    /// Elements of a tile of the input with its border.
    int padded() {
        return in * pitch(size);
    }

    /// Elements of a tile of the output's adjoint with its border.
    int paddedOut() {
        return out * pitch(small);
    }

    /// Pixels of an output image.
    int plane() {
        return small * small;
    }

    /// Elements of a tile of the output.
    int result() {
        return out * plane() * LANES;
    }

    void pad(float[] m, int x, int to) {
        FloatPlanes.inside(m, x, 0, in * size * size, size, size, 1, 1, pitch(size), to);
    }

    /// The weights in the order in which [#forward] takes them.
    void collectForward(float[] m, int w, int to) {
        FloatConvolution.collect(m, w, panels, to);
    }

    /// From an input with its border and collected weights.
    void forward(float[] m, int x, int w, int y) {
        FloatConvolution.tile(m, x, taps, windows, w, out, y, plane() * LANES, pixels, NOWHERE);
    }

    /// The weights in the order in which [#adjoint] takes them.
    void collectAdjoint(float[] m, int w, int to) {
        for (Kind kind : kinds) {
            FloatConvolution.collect(m, w, kind.weights(), to);
            to += kind.weights().length;
        }
    }

    /// The input's adjoint, from the output's and collected weights; `scratch` takes the latter
    /// with a border.
    void adjoint(float[] m, int g, int w, int scratch, int y) {
        FloatPlanes.inside(m, g, 0, out * plane(), small, small, 1, 1, pitch(small), scratch);
        for (Kind kind : kinds) {
            FloatConvolution.tile(
                    m,
                    scratch,
                    kind.taps(),
                    kind.windows(),
                    w,
                    in,
                    y,
                    size * size * LANES,
                    kind.pixels(),
                    NOWHERE);
            w += kind.weights().length;
        }
    }

    /// Tiles that [#accumulate] takes together.
    int together() {
        return FloatConvolutionWeights.together(plane());
    }

    /// Takes tiles that follow each other into the weights' adjoints at `to`.
    void accumulate(
            float[] m, int x, int g, int tiles, boolean first, boolean last, int scratch, int to) {
        FloatConvolutionWeights.accumulate(
                m, x, taps, tiledWindows, plane(), g, out, tiles, first, last, scratch, to);
    }
}
