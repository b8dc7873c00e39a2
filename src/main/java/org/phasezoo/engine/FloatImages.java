package org.phasezoo.engine;

import static org.phasezoo.kernel.Lanes.CHUNK_TILES;
import static org.phasezoo.kernel.Lanes.LANES;

import org.phasezoo.kernel.FloatConvolution;
import org.phasezoo.kernel.FloatConvolutionWeights;
import org.phasezoo.kernel.FloatElementwise;
import org.phasezoo.kernel.Lanes;

/// Runs convolutions, their adjoints and their weight gradients, tile by tile.
final class FloatImages {
    private FloatImages() {}

    static void convolve(float[] m, Step.Convolve s, int count) {
        int tiles = Lanes.tiles(count);
        Padded image = s.image();
        int packed = s.scratch() + (image.isBorderless() ? 0 : image.size());
        int to = packed;
        for (Windows windows : s.classes()) {
            FloatConvolution.collect(m, s.weights(), windows.weights(), to);
            to += windows.weights().length;
        }
        for (int t = 0; t < tiles; t++) {
            int x = s.x() + t * image.bare();
            if (!image.isBorderless()) {
                pad(m, x, image, LANES, s.scratch());
                x = s.scratch();
            }
            int w = packed;
            for (Windows windows : s.classes()) {
                boolean inPlace = windows.weights().length == 0;
                FloatConvolution.tile(
                        m,
                        x,
                        windows.taps(),
                        windows.windows(),
                        inPlace ? s.weights() : w,
                        s.out(),
                        s.y() + t * s.out() * s.plane(),
                        s.plane(),
                        windows.pixels());
                w += windows.weights().length;
            }
        }
    }

    /// Copies a tile with its border; lanes from `present` on become 0.
    private static void pad(float[] m, int x, Padded image, int present, int y) {
        FloatConvolution.pad(
                m,
                x,
                image.channels(),
                image.h(),
                image.w(),
                image.above(),
                image.beside(),
                present,
                y,
                image.pitch());
    }

    static void convolveWeights(float[] m, Step.ConvolveWeights s, int count) {
        Padded image = s.image();
        Windows windows = s.windows();
        int weights = s.out() * windows.taps().length;
        int gSize = s.out() * windows.windows().length * LANES;
        int together = FloatConvolutionWeights.together(windows.windows().length);
        int padded = s.scratch() + weights * LANES;
        int gCopy = padded + together * image.size();
        int tiles = Lanes.tiles(count);
        FloatElementwise.fill(m, 0, s.y(), Lanes.tiles(weights) * LANES);
        for (int chunk = 0; chunk < tiles; chunk += CHUNK_TILES) {
            int end = Math.min(tiles, chunk + CHUNK_TILES);
            FloatElementwise.fill(m, 0, s.scratch(), weights * LANES);
            for (int t = chunk; t < end; t += together) {
                int n = Math.min(together, end - t);
                int x = s.x() + t * image.bare();
                int g = s.g() + t * gSize;
                int present = Math.min(n * LANES, count - t * LANES);
                if (present < n * LANES || !image.isBorderless()) {
                    for (int i = 0; i < n; i++) {
                        int lanes = Math.min(LANES, present - i * LANES);
                        pad(m, x + i * image.bare(), image, lanes, padded + i * image.size());
                    }
                    x = padded;
                }
                if (present < n * LANES) {
                    for (int i = 0; i < n; i++) {
                        int lanes = Math.min(LANES, present - i * LANES);
                        FloatConvolution.copy(
                                m, g + i * gSize, gSize / LANES, lanes, gCopy + i * gSize);
                    }
                    g = gCopy;
                }
                FloatConvolutionWeights.accumulate(
                        m,
                        x,
                        image.size(),
                        windows.taps(),
                        windows.windows(),
                        g,
                        s.out(),
                        n,
                        s.scratch());
            }
            FloatConvolutionWeights.fold(m, s.scratch(), weights, s.y());
        }
    }
}
