package org.phasezoo.kernel;

import static org.phasezoo.kernel.Lanes.LANES;
import static org.phasezoo.kernel.Lanes.PLACE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Small arrays repeated over large ones, alone or as an operand: `rows` rows of 16 lanes from row
/// `first` on, of which row r takes element (or row) `map[r mod map.length]` of the source at `x`.
/// Inside each `run` of rows the map stays or ascends by one.
public final class FloatRepeat {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int VL = S.length();

    private FloatRepeat() {}

    /// Elements of a fixed array over samples; a run has one value.
    public static void elements(
            float[] m, RepeatOp op, int a, int x, int[] map, int run, int first, int rows, int y) {
        if (run == 1) {
            singly(m, op, a, x, map, first % map.length, rows, y);
            return;
        }
        int inner = first % map.length;
        for (int r = 0; r < rows; ) {
            int length = Math.min(run - inner % run, rows - r);
            int n = length * LANES;
            float value = m[x + map[inner]];
            switch (op) {
                case COPY -> FloatElementwise.fill(m, value, y, n);
                case ADD -> FloatElementwise.shift(m, a, value, y, n);
                case ADD_RELU -> FloatElementwise.shiftRelu(m, a, value, y, n);
                case SUBTRACT -> FloatElementwise.shift(m, a, -value, y, n);
                case MULTIPLY -> FloatElementwise.scale(m, a, value, y, n);
            }
            a += n;
            y += n;
            r += length;
            inner = inner + length == map.length ? 0 : inner + length;
        }
    }

    /// A value for each row: the biases of a dense layer.
    private static void singly(
            float[] m, RepeatOp op, int a, int x, int[] map, int inner, int rows, int y) {
        for (int r = 0; r < rows; ) {
            int length = Math.min(map.length - inner, rows - r);
            values(m, op, a + r * LANES, x, map, inner, length, y + r * LANES);
            r += length;
            inner = 0;
        }
    }

    private static void values(
            float[] m, RepeatOp op, int a, int x, int[] map, int first, int rows, int y) {
        FloatVector zero = FloatVector.zero(S);
        for (int r = 0; r < rows; r++) {
            FloatVector value = FloatVector.broadcast(S, m[x + map[first + r]]);
            int at = (r * LANES) & PLACE;
            for (int p = 0; p < LANES; p += VL) {
                FloatVector v =
                        op == RepeatOp.COPY
                                ? value
                                : FloatVector.fromArray(S, m, (a & PLACE) + at + p);
                FloatVector result =
                        switch (op) {
                            case COPY -> value;
                            case ADD -> v.add(value);
                            case ADD_RELU -> v.add(value).max(zero);
                            case SUBTRACT -> v.sub(value);
                            case MULTIPLY -> v.mul(value);
                        };
                result.intoArray(m, (y & PLACE) + at + p);
            }
        }
    }

    /// Rows of an array that has sample lanes itself, `sourceRows` rows a tile; a run has one row,
    /// or rows that follow each other if `ascends`.
    public static void rows(
            float[] m,
            RepeatOp op,
            int a,
            int x,
            int sourceRows,
            int[] map,
            int run,
            boolean ascends,
            int first,
            int rows,
            int y) {
        int tile = first / map.length;
        int inner = first % map.length;
        for (int r = 0; r < rows; ) {
            int length = Math.min(run - inner % run, rows - r);
            int n = length * LANES;
            int from = x + (tile * sourceRows + map[inner]) * LANES;
            if (ascends) {
                switch (op) {
                    case COPY -> System.arraycopy(m, from, m, y, n);
                    case ADD -> FloatElementwise.add(m, a, from, y, n);
                    case ADD_RELU -> FloatElementwise.addRelu(m, a, from, y, n);
                    case SUBTRACT -> FloatElementwise.subtract(m, a, from, y, n);
                    case MULTIPLY -> FloatElementwise.multiply(m, a, from, y, n);
                }
            } else {
                for (int p = 0; p < LANES; p += VL) {
                    row(m, op, a + p, from + p, y + p, n);
                }
            }
            a += n;
            y += n;
            r += length;
            inner += length;
            if (inner == map.length) {
                inner = 0;
                tile++;
            }
        }
    }

    /// y[i] = m[x + map[first + i]] for i below n and below the map's end: values of a fixed array
    /// repeated in a fixed array.
    public static void fixed(float[] m, int x, int[] map, int first, int n, int y) {
        int end = Math.min(n, map.length - first);
        for (int i = 0; i < end; i++) {
            m[y + i] = m[x + map[first + i]];
        }
    }

    /// The register at `from` with every row of n elements.
    private static void row(float[] m, RepeatOp op, int a, int from, int y, int n) {
        FloatVector v = FloatVector.fromArray(S, m, from);
        switch (op) {
            case COPY -> {
                for (int i = 0; i < (n & PLACE); i += LANES) {
                    v.intoArray(m, (y & PLACE) + i);
                }
            }
            case ADD -> {
                for (int i = 0; i < (n & PLACE); i += LANES) {
                    FloatVector.fromArray(S, m, (a & PLACE) + i)
                            .add(v)
                            .intoArray(m, (y & PLACE) + i);
                }
            }
            case ADD_RELU -> {
                FloatVector zero = FloatVector.zero(S);
                for (int i = 0; i < (n & PLACE); i += LANES) {
                    FloatVector.fromArray(S, m, (a & PLACE) + i)
                            .add(v)
                            .max(zero)
                            .intoArray(m, (y & PLACE) + i);
                }
            }
            case SUBTRACT -> {
                for (int i = 0; i < (n & PLACE); i += LANES) {
                    FloatVector.fromArray(S, m, (a & PLACE) + i)
                            .sub(v)
                            .intoArray(m, (y & PLACE) + i);
                }
            }
            case MULTIPLY -> {
                for (int i = 0; i < (n & PLACE); i += LANES) {
                    FloatVector.fromArray(S, m, (a & PLACE) + i)
                            .mul(v)
                            .intoArray(m, (y & PLACE) + i);
                }
            }
        }
    }
}
