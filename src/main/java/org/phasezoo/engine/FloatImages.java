package org.phasezoo.engine;

import static org.phasezoo.kernel.Lanes.CHUNK_TILES;
import static org.phasezoo.kernel.Lanes.LANES;

import org.phasezoo.kernel.FloatConvolution;
import org.phasezoo.kernel.FloatConvolutionWeights;
import org.phasezoo.kernel.FloatElementwise;
import org.phasezoo.kernel.FloatPlanes;
import org.phasezoo.kernel.Lanes;

/// Runs convolutions, their adjoints and their weight gradients, tile by tile.
final class FloatImages {
    private FloatImages() {}

    /// The elements from `at` on of images, with a border.
    static void border(float[] m, Bordered copy, int at, int n) {
        border(m, copy.x().at(at), copy.image(), at, n, copy.y());
    }

    private static void border(float[] m, int x, Padded image, int at, int n, int y) {
        FloatPlanes.inside(
                m,
                x,
                at / LANES,
                n / LANES,
                image.h(),
                image.w(),
                image.above(),
                image.beside(),
                image.pitch(),
                y);
    }

    /// Place of a tile of images with their border.
    private static int tile(float[] m, Images images, int t) {
        int x = images.x() + t * images.pitch();
        if (!images.areTileByTile()) {
            return x;
        }
        border(m, x, images.padded(), 0, images.pitch(), images.tile());
        return images.tile();
    }

    static void convolve(float[] m, Step.Convolve s, int count) {
        int to = s.scratch();
        for (Windows windows : s.classes()) {
            FloatConvolution.collect(m, s.weights(), windows.weights(), to);
            to += windows.weights().length;
        }
        int tiles = Lanes.tiles(count);
        for (int t = 0; t < tiles; t++) {
            int x = tile(m, s.images(), t);
            int w = s.scratch();
            for (Windows windows : s.classes()) {
                FloatConvolution.tile(
                        m,
                        x,
                        windows.taps(),
                        windows.windows(),
                        w,
                        s.out(),
                        s.y() + t * s.out() * s.plane(),
                        s.plane(),
                        windows.pixels(),
                        s.column());
                w += windows.weights().length;
            }
        }
    }

    /// Absent samples of the last tile become zeros in both arrays.
    static void convolveWeights(float[] m, Step.ConvolveWeights s, int count, Part part) {
        Windows windows = s.windows();
        Images images = s.images();
        int xSize = images.pitch();
        int gSize = s.out() * s.pixels() * LANES;
        int tiles = Lanes.tiles(count);
        int present = count - (tiles - 1) * LANES;
        if (present < LANES) {
            FloatPlanes.clear(m, images.x() + (tiles - 1) * xSize, xSize / LANES, present);
            FloatPlanes.clear(m, s.g() + (tiles - 1) * gSize, gSize / LANES, present);
        }
        int weights = s.out() * windows.taps().length;
        int together = windows.windows().length / s.pixels();
        if (part.first()) {
            FloatElementwise.fill(m, 0, s.y(), Lanes.tiles(weights) * LANES);
        }
        int n;
        for (int t = 0; t < tiles; t += n) {
            int inChunk = part.inChunk(t);
            n = Math.min(together, Math.min(tiles - t, CHUNK_TILES - inChunk));
            FloatConvolutionWeights.accumulate(
                    m,
                    tile(m, images, t),
                    windows.taps(),
                    windows.windows(),
                    s.pixels(),
                    s.g() + t * gSize,
                    s.out(),
                    n,
                    inChunk == 0,
                    inChunk + n == CHUNK_TILES || part.last() && t + n == tiles,
                    s.scratch(),
                    s.y());
        }
    }
}
