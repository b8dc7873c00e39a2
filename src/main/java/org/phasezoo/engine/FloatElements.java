package org.phasezoo.engine;

import static org.phasezoo.kernel.Lanes.CHUNK_TILES;
import static org.phasezoo.kernel.Lanes.LANES;

import java.util.List;
import java.util.Objects;
import org.phasezoo.kernel.FloatElementwise;
import org.phasezoo.kernel.FloatPlanes;
import org.phasezoo.kernel.FloatRepeat;
import org.phasezoo.kernel.FloatSums;
import org.phasezoo.kernel.Lanes;

/// Runs an element-wise chain block by block: what is written once, then each block's kernels in
/// turn, then its copies with a border and its sum.
final class FloatElements {
    private FloatElements() {}

    /// The chain over `n` elements, a multiple of 16; for a sum `present` is the number of samples
    /// in the last tile, and `part` says which samples these are.
    static void run(float[] m, Step.Elementwise s, int n, int present, Part part) {
        Summed sum = s.sum();
        if (sum != null) {
            if (part.first()) {
                FloatElementwise.fill(m, 0, sum.y(), Lanes.tiles(sum.results()) * LANES);
            }
            if (part.inChunk(0) == 0) {
                FloatElementwise.fill(m, 0, sum.lanes(), sum.results() * LANES);
            }
        }
        List<Micro> once = s.once();
        for (int i = 0; i < once.size(); i++) {
            run(m, once.get(i), 0, Plan.BLOCK);
        }
        List<Micro> blocks = s.blocks();
        List<Bordered> borders = s.borders();
        for (int at = 0; at < n; at += Plan.BLOCK) {
            int length = Math.min(Plan.BLOCK, n - at);
            for (int i = 0; i < blocks.size(); i++) {
                run(m, blocks.get(i), at, length);
            }
            for (int i = 0; i < borders.size(); i++) {
                FloatImages.border(m, borders.get(i), at, length);
            }
            if (sum != null) {
                sum(m, sum, s.rowElements(), at, length, n, present, part);
            }
        }
    }

    /// Adds a block of elements from `at` on, piece by piece of one tile.
    private static void sum(
            float[] m, Summed s, int rows, int at, int length, int n, int present, Part part) {
        int end = (at + length) / LANES;
        for (int row = at / LANES; row < end; ) {
            int tile = row / rows;
            int inside = row % rows;
            int k = Math.min(end - row, rows - inside);
            boolean last = (tile + 1) * rows * LANES == n;
            int x = s.x().at(at) + row * LANES - at;
            int b = s.times() == null ? x : s.times().at(at) + row * LANES - at;
            if (last && present < LANES) {
                FloatPlanes.clear(m, x, k, present);
                FloatPlanes.clear(m, b, k, present);
            }
            if (s.times() == null) {
                FloatSums.add(m, x, inside, k, s.result(), s.run(), s.lanes());
            } else {
                FloatSums.addProducts(m, x, b, inside, k, s.result(), s.run(), s.lanes());
            }
            boolean ends = last && part.last() || part.inChunk(tile) == CHUNK_TILES - 1;
            if (inside + k == rows && ends) {
                FloatSums.fold(m, s.lanes(), s.results(), s.y());
            }
            row += k;
        }
    }

    @SuppressWarnings("cast")
    private static void run(float[] m, Micro u, int at, int n) {
        int a = u.a().at(at);
        int b = u.b().at(at);
        int y = u.y().at(at);
        switch (u.kind()) {
            case ADD -> FloatElementwise.add(m, a, b, y, n);
            case SUBTRACT -> FloatElementwise.subtract(m, a, b, y, n);
            case MULTIPLY -> FloatElementwise.multiply(m, a, b, y, n);
            case DIVIDE -> FloatElementwise.divide(m, a, b, y, n);
            case MINIMUM -> FloatElementwise.minimum(m, a, b, y, n);
            case AT_MOST -> FloatElementwise.atMost(m, a, b, y, n);
            case NEGATE -> FloatElementwise.negate(m, a, y, n);
            case EXP -> FloatElementwise.exp(m, a, y, n);
            case LOG -> FloatElementwise.log(m, a, y, n);
            case TANH -> FloatElementwise.tanh(m, a, y, n);
            case ERF -> FloatElementwise.erf(m, a, y, n);
            case SQRT -> FloatElementwise.sqrt(m, a, y, n);
            case SIN -> FloatElementwise.sin(m, a, y, n);
            case COS -> FloatElementwise.cos(m, a, y, n);
            case WHERE -> FloatElementwise.where(m, a, b, y, n);
            case RELU -> FloatElementwise.relu(m, a, (float) u.constant(), y, n);
            case RELU_SLOPE -> FloatElementwise.reluSlope(m, a, (float) u.constant(), y, n);
            case FILL -> FloatElementwise.fill(m, m[a], y, n);
            case REPEAT -> {
                Repeat r = Objects.requireNonNull(u.repeat());
                FloatRepeat.elements(m, r.op(), a, b, r.map(), r.run(), at / LANES, n / LANES, y);
            }
            case REPEAT_LANES -> {
                Repeat r = Objects.requireNonNull(u.repeat());
                FloatRepeat.rows(
                        m,
                        r.op(),
                        a,
                        b,
                        r.sourceRows(),
                        r.map(),
                        r.run(),
                        r.ascends(),
                        at / LANES,
                        n / LANES,
                        y);
            }
            case REPEAT_FIXED ->
                    FloatRepeat.fixed(m, b, Objects.requireNonNull(u.repeat()).map(), at, n, y);
            case SCALE -> FloatElementwise.scale(m, a, (float) u.constant(), y, n);
            case SCALE_ADD -> FloatElementwise.scaleAdd(m, a, (float) u.constant(), b, y, n);
            case SUBTRACT_SCALED ->
                    FloatElementwise.subtractScaled(m, a, (float) u.constant(), b, y, n);
            case MULTIPLY_SLOPE ->
                    FloatElementwise.multiplySlope(m, a, (float) u.constant(), b, y, n);
        }
    }
}
