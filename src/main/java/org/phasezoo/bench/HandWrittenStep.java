package org.phasezoo.bench;

import static org.phasezoo.kernel.Lanes.CHUNK_TILES;
import static org.phasezoo.kernel.Lanes.LANES;

import org.phasezoo.graph.Shape;
import org.phasezoo.kernel.FloatContract;
import org.phasezoo.kernel.FloatContractSamples;
import org.phasezoo.kernel.FloatConvolutionWeights;
import org.phasezoo.kernel.FloatElementwise;
import org.phasezoo.kernel.FloatReduce;
import org.phasezoo.kernel.FloatRepeat;
import org.phasezoo.kernel.FloatTranspose;
import org.phasezoo.kernel.RepeatOp;

/// The training step of `cnn64`, written by hand over the engine's kernels: what a general engine
/// costs is seen beside it. Each tile of 16 samples goes forward through all layers at once, its
/// adjoint by an input is used up before the next tile's is made, and all parameters are updated in
/// one pass.
final class HandWrittenStep {
    private static final int TILES = CHUNK_TILES;
    private static final int BATCH = TILES * LANES;
    private static final int SIDE = 28;
    private static final int WIDTH = 16;
    private static final int CLASSES = 10;
    private static final int LAYERS = 3;
    private static final int LOGITS = CLASSES * LANES;
    private static final int FEATURES = WIDTH * LANES;

    /// The first element on a cache line.
    private int end = 12;

    private final StridedConvolution[] convolutions = {
        new StridedConvolution(1, WIDTH, 28),
        new StridedConvolution(WIDTH, WIDTH, 14),
        new StridedConvolution(WIDTH, WIDTH, 7)
    };

    /// Places of each layer's parameters, the head's last; velocities and gradients stand in the
    /// same order.
    private final int[] weight = new int[LAYERS + 1];

    private final int[] bias = new int[LAYERS + 1];

    private final int parameters;
    private final int velocity;
    private final int gradient;
    private final int x = take(TILES * SIDE * SIDE * LANES);
    private final int y = take(TILES * LOGITS);
    private final int[] results = new int[LAYERS];
    private final int[] forward = new int[LAYERS];
    private final int collected = take(convolutions[1].weights());
    private final int lanes = take(FloatConvolutionWeights.scratch(convolutions[1].weights()));

    /// Each layer's input with its border, and its output's adjoint, of one tile, with its border.
    private final int[] padded = new int[LAYERS];

    private final int[] border = new int[LAYERS];
    private final int adjoint = take(WIDTH * 14 * 14 * LANES);
    private final int features = take(TILES * FEATURES);
    private final int logits = take(TILES * LOGITS);
    private final int scratch = take(LANES * LANES);
    private final int sum = take(LANES);
    private final int total = take(LANES);
    private final int most = take(LOGITS);
    private final int weighted = take(LOGITS);
    private final int panels =
            take(
                    Math.max(
                            FloatContract.scratch(WIDTH, CLASSES),
                            FloatContract.scratch(CLASSES, WIDTH)));
    private final int left = take(FloatContractSamples.panels(CLASSES));
    private final int rowsRight = take(BATCH * LANES);
    private final float[] m;

    /// For each layer and channel, the rows of lanes of its pixels.
    private final int[][][] planes = new int[LAYERS][WIDTH][];

    private final int[] classes = range(0, CLASSES);
    private final int[] same = new int[14 * 14];
    private final int[] spread = new int[WIDTH * 16];
    private final float[] images = Workload.images(BATCH * SIDE * SIDE);
    private final float[] targets = Workload.targets(BATCH);
    private final float[] gathered = new float[LANES * SIDE * SIDE];

    HandWrittenStep() {
        parameters = end;
        for (int layer = 0; layer < LAYERS; layer++) {
            weight[layer] = take(convolutions[layer].weights());
            bias[layer] = take(WIDTH);
        }
        weight[LAYERS] = take(CLASSES * WIDTH);
        bias[LAYERS] = take(LANES);
        int size = end - parameters;
        velocity = take(size);
        gradient = take(size);
        for (int layer = 0; layer < LAYERS; layer++) {
            StridedConvolution convolution = convolutions[layer];
            forward[layer] = take(convolution.weights());
            results[layer] = take(TILES * convolution.result());
            padded[layer] = take(TILES * convolution.padded());
            border[layer] = take(convolution.paddedOut());
        }
        for (int i = 0; i < spread.length; i++) {
            spread[i] = i / 16;
        }
        for (int layer = 0; layer < LAYERS; layer++) {
            for (int c = 0; c < WIDTH; c++) {
                planes[layer][c] = range(c * plane(layer), plane(layer));
            }
        }
        m = new float[end + LANES];
        set(weight[0], "weight.0", Shape.of(WIDTH, 1, 3, 3));
        set(weight[1], "weight.1", Shape.of(WIDTH, WIDTH, 3, 3));
        set(weight[2], "weight.2", Shape.of(WIDTH, WIDTH, 3, 3));
        set(weight[LAYERS], "weight.head", Shape.of(CLASSES, WIDTH));
    }

    private static int[] range(int from, int size) {
        int[] range = new int[size];
        for (int i = 0; i < size; i++) {
            range[i] = from + i;
        }
        return range;
    }

    private int plane(int layer) {
        return convolutions[layer].plane();
    }

    private int take(int size) {
        int at = end;
        end += size;
        return at;
    }

    private void set(int at, String name, Shape shape) {
        double[] values = Workload.values(name, shape);
        for (int i = 0; i < values.length; i++) {
            m[at + i] = (float) values[i];
        }
    }

    /// The present weights, then biases of a layer; the head is the last.
    double[] parameters(int layer) {
        int outputs = layer < LAYERS ? WIDTH : CLASSES;
        int weights = layer < LAYERS ? convolutions[layer].weights() : CLASSES * WIDTH;
        double[] values = new double[weights + outputs];
        for (int i = 0; i < values.length; i++) {
            values[i] = m[i < weights ? weight[layer] + i : bias[layer] + i - weights];
        }
        return values;
    }

    /// One step.
    void step() {
        for (int layer = 0; layer < LAYERS; layer++) {
            convolutions[layer].collectForward(m, weight[layer], forward[layer]);
        }
        for (int tile = 0; tile < TILES; tile++) {
            gather(tile);
            forward(tile);
            head(tile);
        }
        for (int layer = LAYERS - 1; layer >= 0; layer--) {
            backward(layer);
        }
        headGradients();
        int size = velocity - parameters;
        FloatElementwise.scaleAdd(m, velocity, .9f, gradient, velocity, size);
        FloatElementwise.subtractScaled(m, velocity, .01f, parameters, parameters, size);
    }

    /// The input of a layer's tile.
    private int input(int layer, int tile) {
        return layer == 0
                ? x + tile * SIDE * SIDE * LANES
                : results[layer - 1] + tile * convolutions[layer - 1].result();
    }

    private void gather(int tile) {
        int pixels = SIDE * SIDE;
        System.arraycopy(images, tile * LANES * pixels, gathered, 0, LANES * pixels);
        FloatTranspose.copy(gathered, 0, pixels, LANES, pixels, m, input(0, tile), LANES);
        System.arraycopy(targets, tile * LANES * CLASSES, gathered, 0, LANES * CLASSES);
        FloatTranspose.copy(gathered, 0, CLASSES, LANES, CLASSES, m, y + tile * LOGITS, LANES);
    }

    private int result(int layer, int tile) {
        return input(layer + 1, tile);
    }

    private void forward(int tile) {
        for (int layer = 0; layer < LAYERS; layer++) {
            StridedConvolution convolution = convolutions[layer];
            int to = result(layer, tile);
            int from = padded[layer] + tile * convolution.padded();
            convolution.pad(m, input(layer, tile), from);
            convolution.forward(m, from, forward[layer], to);
            int plane = convolution.plane();
            for (int c = 0; c < WIDTH; c++) {
                int at = to + c * plane * LANES;
                int by = bias[layer] + c;
                FloatRepeat.elements(m, RepeatOp.ADD_RELU, at, by, same, plane, 0, plane, at);
            }
        }
    }

    /// From the last convolution to its adjoint.
    private void head(int tile) {
        int h = result(2, tile);
        int f = features + tile * FEATURES;
        int z = logits + tile * LOGITS;
        for (int c = 0; c < WIDTH; c++) {
            FloatReduce.perSample(m, h, planes[2][c], scratch, f + c * LANES);
        }
        FloatElementwise.scale(m, f, 1f / 16, f, FEATURES);
        FloatContract.perSample(m, f, WIDTH, weight[LAYERS], WIDTH, 1, z, CLASSES, 1, panels);
        FloatRepeat.elements(m, RepeatOp.ADD, z, bias[LAYERS], classes, 1, 0, CLASSES, z);
        FloatReduce.firstMax(m, z, CLASSES, most);
        FloatElementwise.multiply(m, z, most, most, LOGITS);
        FloatReduce.perSample(m, most, classes, scratch, sum);
        rows(RepeatOp.SUBTRACT, z, z);
        FloatElementwise.exp(m, z, z, LOGITS);
        FloatElementwise.scale(m, y + tile * LOGITS, -1f / BATCH, weighted, LOGITS);
        FloatElementwise.negate(m, weighted, most, LOGITS);
        FloatReduce.perSample(m, z, classes, scratch, total);
        FloatReduce.perSample(m, most, classes, scratch, sum);
        FloatElementwise.divide(m, sum, total, sum, LANES);
        rows(RepeatOp.MULTIPLY, z, z);
        FloatElementwise.add(m, z, weighted, z, LOGITS);
        f = scratch;
        FloatContract.perSample(m, z, CLASSES, weight[LAYERS], 1, WIDTH, f, WIDTH, 1, panels);
        FloatElementwise.scale(m, f, 1f / 16, f, FEATURES);
        FloatRepeat.rows(
                m, RepeatOp.COPY, 0, f, WIDTH, spread, 16, false, 0, spread.length, adjoint);
        mask(2, tile);
    }

    /// The row at `sum` with each of the classes' rows.
    private void rows(RepeatOp op, int a, int to) {
        FloatRepeat.rows(m, op, a, sum, 1, same, CLASSES, false, 0, CLASSES, to);
    }

    /// The layer's gradients, and the adjoint of what is before it in that one's place.
    private void backward(int layer) {
        StridedConvolution convolution = convolutions[layer];
        int weights = convolution.weights();
        int to = weight[layer] + gradient - parameters;
        FloatElementwise.fill(m, 0, to, weights);
        if (layer > 0) {
            convolution.collectAdjoint(m, weight[layer], collected);
        }
        int together = convolution.together();
        for (int tile = 0; tile < TILES; tile += together) {
            int from = padded[layer] + tile * convolution.padded();
            boolean last = tile + together == TILES;
            convolution.accumulate(
                    m, from, result(layer, tile), together, tile == 0, last, lanes, to);
            for (int i = tile; i < tile + together && layer > 0; i++) {
                convolution.adjoint(m, result(layer, i), collected, border[layer], adjoint);
                mask(layer - 1, i);
            }
        }
        for (int c = 0; c < WIDTH; c++) {
            m[bias[layer] + gradient - parameters + c] =
                    FloatReduce.overSamples(
                            m,
                            results[layer],
                            WIDTH * convolution.plane(),
                            planes[layer][c],
                            BATCH,
                            scratch);
        }
    }

    /// Puts the adjoint in a result's place, where the rectifier let it through.
    private void mask(int layer, int tile) {
        int at = result(layer, tile);
        FloatElementwise.multiplySlope(m, at, 0, adjoint, at, convolutions[layer].result());
    }

    private void headGradients() {
        int toGradient = gradient - parameters;
        FloatElementwise.fill(m, 0, weight[LAYERS] + toGradient, CLASSES * WIDTH);
        for (int c = 0; c < CLASSES; c++) {
            m[bias[LAYERS] + toGradient + c] =
                    FloatReduce.overSamples(m, logits, CLASSES, range(c, 1), BATCH, scratch);
        }
        FloatContractSamples.panels(m, logits, CLASSES, BATCH, left);
        for (int tile = 0; tile < TILES; tile++) {
            int row = tile * LANES * LANES;
            FloatTranspose.copy(
                    m, features + tile * FEATURES, LANES, WIDTH, LANES, m, rowsRight + row, LANES);
        }
        FloatContractSamples.accumulate(
                m,
                left,
                CLASSES,
                rowsRight,
                LANES,
                WIDTH,
                BATCH,
                scratch,
                weight[LAYERS] + toGradient,
                WIDTH,
                weight[LAYERS] + toGradient);
    }
}
