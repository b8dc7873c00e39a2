package org.phasezoo.kernel;

import static org.phasezoo.kernel.Lanes.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Small arrays repeated over large ones, alone or as an operand: `rows` rows of 16 lanes from row
/// `first` on, of which row r takes the row (or the element) `map[r mod map.length]` of the source
/// at `x`.
public final class FloatRepeat {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int VL = S.length();

    private FloatRepeat() {}

    /// y[16·r + lane] = m[x + map[(first + r) mod map.length]] for each of `rows` rows: values of a
    /// fixed array repeated over samples.
    public static void repeat(float[] m, int x, int[] map, int first, int rows, int y) {
        int inner = first % map.length;
        for (int r = 0; r < rows; r++) {
            FloatVector v = FloatVector.broadcast(S, m[x + map[inner]]);
            for (int p = 0; p < LANES; p += VL) {
                v.intoArray(m, y + r * LANES + p);
            }
            inner = inner + 1 == map.length ? 0 : inner + 1;
        }
    }

    /// As [#repeat], where x itself has sample lanes: `sourceRows` rows of 16 a tile.
    public static void repeatLanes(
            float[] m, int x, int sourceRows, int[] map, int first, int rows, int y) {
        int tile = first / map.length;
        int inner = first % map.length;
        for (int r = 0; r < rows; r++) {
            int from = x + (tile * sourceRows + map[inner]) * LANES;
            for (int p = 0; p < LANES; p += VL) {
                FloatVector.fromArray(S, m, from + p).intoArray(m, y + r * LANES + p);
            }
            if (++inner == map.length) {
                inner = 0;
                tile++;
            }
        }
    }

    /// y[i] = m[x + map[first + i]] for i below n and below the map's end: values of a fixed array
    /// repeated in a fixed array.
    public static void repeatFixed(float[] m, int x, int[] map, int first, int n, int y) {
        int end = Math.min(n, map.length - first);
        for (int i = 0; i < end; i++) {
            m[y + i] = m[x + map[first + i]];
        }
    }

    /// a plus the repeated elements.
    public static void addRepeat(float[] m, int a, int x, int[] map, int first, int rows, int y) {
        int inner = first % map.length;
        for (int r = 0; r < rows * LANES; r += LANES) {
            float v = m[x + map[inner]];
            for (int p = r; p < r + LANES; p += VL) {
                FloatVector.fromArray(S, m, a + p).add(v).intoArray(m, y + p);
            }
            inner = inner + 1 == map.length ? 0 : inner + 1;
        }
    }

    /// a less the repeated elements.
    public static void subtractRepeat(
            float[] m, int a, int x, int[] map, int first, int rows, int y) {
        int inner = first % map.length;
        for (int r = 0; r < rows * LANES; r += LANES) {
            float v = m[x + map[inner]];
            for (int p = r; p < r + LANES; p += VL) {
                FloatVector.fromArray(S, m, a + p).sub(v).intoArray(m, y + p);
            }
            inner = inner + 1 == map.length ? 0 : inner + 1;
        }
    }

    /// a times the repeated elements.
    public static void multiplyRepeat(
            float[] m, int a, int x, int[] map, int first, int rows, int y) {
        int inner = first % map.length;
        for (int r = 0; r < rows * LANES; r += LANES) {
            float v = m[x + map[inner]];
            for (int p = r; p < r + LANES; p += VL) {
                FloatVector.fromArray(S, m, a + p).mul(v).intoArray(m, y + p);
            }
            inner = inner + 1 == map.length ? 0 : inner + 1;
        }
    }

    /// a plus the repeated rows.
    public static void addRepeatLanes(
            float[] m, int a, int x, int sourceRows, int[] map, int first, int rows, int y) {
        int tile = first / map.length;
        int inner = first % map.length;
        for (int r = 0; r < rows * LANES; r += LANES) {
            int from = x + (tile * sourceRows + map[inner]) * LANES - r;
            for (int p = r; p < r + LANES; p += VL) {
                FloatVector.fromArray(S, m, a + p)
                        .add(FloatVector.fromArray(S, m, from + p))
                        .intoArray(m, y + p);
            }
            if (++inner == map.length) {
                inner = 0;
                tile++;
            }
        }
    }

    /// a less the repeated rows.
    public static void subtractRepeatLanes(
            float[] m, int a, int x, int sourceRows, int[] map, int first, int rows, int y) {
        int tile = first / map.length;
        int inner = first % map.length;
        for (int r = 0; r < rows * LANES; r += LANES) {
            int from = x + (tile * sourceRows + map[inner]) * LANES - r;
            for (int p = r; p < r + LANES; p += VL) {
                FloatVector.fromArray(S, m, a + p)
                        .sub(FloatVector.fromArray(S, m, from + p))
                        .intoArray(m, y + p);
            }
            if (++inner == map.length) {
                inner = 0;
                tile++;
            }
        }
    }

    /// a times the repeated rows.
    public static void multiplyRepeatLanes(
            float[] m, int a, int x, int sourceRows, int[] map, int first, int rows, int y) {
        int tile = first / map.length;
        int inner = first % map.length;
        for (int r = 0; r < rows * LANES; r += LANES) {
            int from = x + (tile * sourceRows + map[inner]) * LANES - r;
            for (int p = r; p < r + LANES; p += VL) {
                FloatVector.fromArray(S, m, a + p)
                        .mul(FloatVector.fromArray(S, m, from + p))
                        .intoArray(m, y + p);
            }
            if (++inner == map.length) {
                inner = 0;
                tile++;
            }
        }
    }
}
