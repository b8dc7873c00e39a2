package org.phasezoo.engine;

import static org.phasezoo.kernel.Lanes.LANES;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.phasezoo.kernel.FloatConvolution;

/// What the pixels of a convolution's result meet: pixel p is written at `pixels[p]` of a channel
/// and meets, through tap k, the element at `windows[p] + taps[k]` of the padded input.
///
/// @param weights where the weight of each (channel, tap) stands, in the order in which the kernel
///   takes them; empty for a weight gradient
@SuppressWarnings("ArrayRecordComponent")
record Windows(int[] taps, int[] windows, int[] pixels, int[] weights) {
    /// A convolution to `out` channels with a kernel of kh × kw: taps in the order (channel, ky,
    /// kx).
    static Windows forward(Padded x, int out, int kh, int kw, int stride) {
        int[] weights = new int[out * x.channels() * kh * kw];
        Arrays.setAll(weights, i -> i);
        return forward(x, kh, kw, stride, FloatConvolution.panels(weights, out));
    }

    /// Its weight gradient, which takes `tiles` tiles that follow each other at a time: a window
    /// for each pixel of each.
    static Windows weights(Padded x, int kh, int kw, int stride, int tiles) {
        Windows one = forward(x, kh, kw, stride, new int[0]);
        int n = one.windows.length;
        int[] windows = new int[tiles * n];
        Arrays.setAll(windows, p -> p / n * x.size() + one.windows[p % n]);
        return new Windows(one.taps, windows, one.pixels, one.weights);
    }

    private static Windows forward(Padded x, int kh, int kw, int stride, int[] weights) {
        int oh = (x.rows() - kh) / stride + 1;
        int ow = (x.columns() - kw) / stride + 1;
        return new Windows(
                taps(x, kh, kw),
                grid(0, stride * x.columns(), oh, stride, ow),
                grid(0, ow, oh, 1, ow),
                weights);
    }

    /// The adjoint by the input of a convolution whose output's adjoint is `g`, class by class of
    /// input pixels that meet the same taps; with stride 1 there is one class. `w` is the width of
    /// the input.
    static List<Windows> adjoint(
            Padded g, int in, int w, int kh, int kw, int stride, Border[] rows, Border[] columns) {
        List<Windows> classes = new ArrayList<>();
        for (Border v : rows) {
            for (Border u : columns) {
                int[] weights = new int[in * g.channels() * v.taps() * u.taps()];
                int n = 0;
                for (int i = 0; i < in; i++) {
                    for (int o = 0; o < g.channels(); o++) {
                        for (int y = v.taps() - 1; y >= 0; y--) {
                            for (int x = u.taps() - 1; x >= 0; x--) {
                                weights[n++] =
                                        ((o * in + i) * kh + v.lowest() + stride * y) * kw
                                                + u.lowest()
                                                + stride * x;
                            }
                        }
                    }
                }
                classes.add(
                        new Windows(
                                taps(g, v.taps(), u.taps()),
                                grid(
                                        (v.start() + g.above()) * g.columns()
                                                + u.start()
                                                + g.beside(),
                                        g.columns(),
                                        v.pixels(),
                                        1,
                                        u.pixels()),
                                grid(
                                        v.first() * w + u.first(),
                                        stride * w,
                                        v.pixels(),
                                        stride,
                                        u.pixels()),
                                FloatConvolution.panels(weights, in)));
            }
        }
        return List.copyOf(classes);
    }

    private static int[] taps(Padded x, int kh, int kw) {
        int[] taps = new int[x.channels() * kh * kw];
        for (int i = 0; i < taps.length; i++) {
            int inside = i / kw % kh * x.columns() + i % kw;
            taps[i] = i / (kh * kw) * x.pitch() + inside * LANES;
        }
        return taps;
    }

    private static int[] grid(int first, int below, int rows, int beside, int columns) {
        int[] grid = new int[rows * columns];
        for (int i = 0; i < grid.length; i++) {
            grid[i] = (first + i / columns * below + i % columns * beside) * LANES;
        }
        return grid;
    }
}
