package org.phasezoo.kernel;

import static org.phasezoo.kernel.Lanes.LANES;

/// Elements moved, summed and sorted by index. Arrays are `[groups][elements][width]`: `width` 16
/// with a sample in each lane, or 1. An index names an element when it is a whole number in range.
public final class FloatIndexing {
    private FloatIndexing() {}

    /// y's element i is x's element map[i], +0 where that is −1; of `xSize` elements a group.
    public static void take(float[] m, int x, int xSize, int[] map, int y, int width, int groups) {
        for (int g = 0; g < groups; g++) {
            for (int i = 0; i < map.length; i++) {
                int to = y + (g * map.length + i) * width;
                int from = x + (g * xSize + map[i]) * width;
                for (int lane = 0; lane < width; lane++) {
                    m[to + lane] = map[i] < 0 ? 0 : m[from + lane];
                }
            }
        }
    }

    /// y's element i is the sum of x's elements j with map[j] = i, in ascending order from +0.
    public static void put(float[] m, int x, int[] map, int y, int ySize, int width, int groups) {
        java.util.Arrays.fill(m, y, y + groups * ySize * width, 0);
        for (int g = 0; g < groups; g++) {
            for (int j = 0; j < map.length; j++) {
                int to = y + (g * ySize + map[j]) * width;
                int from = x + (g * map.length + j) * width;
                for (int lane = 0; lane < width && map[j] >= 0; lane++) {
                    m[to + lane] += m[from + lane];
                }
            }
        }
    }

    /// Whether an index names one of `size` elements.
    private static boolean names(float index, int size) {
        return index >= 0 && index < size && index == (int) index;
    }

    /// Place of element (row, j) of rows of `inner` elements: with sample lanes, or row-major.
    private static int place(boolean lanes, int row, int inner, int j) {
        return lanes ? (row / LANES * inner + j) * LANES + row % LANES : row * inner + j;
    }

    /// Rows of a table of `tableRows` rows of `inner` elements, for each of `positions` indices of
    /// each of `rows` rows.
    public static void gather(
            float[] m,
            int table,
            boolean tableLanes,
            int tableRows,
            int index,
            boolean lanes,
            int rows,
            int positions,
            int inner,
            int y) {
        for (int r = 0; r < rows; r++) {
            for (int p = 0; p < positions; p++) {
                float k = m[index + place(lanes, r, positions, p)];
                boolean named = names(k, tableRows);
                for (int j = 0; j < inner; j++) {
                    m[y + place(lanes, r, positions * inner, p * inner + j)] =
                            named ? m[table + place(tableLanes, (int) k, inner, j)] : 0;
                }
            }
        }
    }

    /// Adds rows of x to the rows of a table, cleared before, that their segments name.
    public static void segmentSum(
            float[] m,
            int x,
            int segments,
            boolean lanes,
            int rows,
            int positions,
            int inner,
            int table,
            boolean tableLanes,
            int tableRows,
            int tableSize) {
        java.util.Arrays.fill(m, table, table + tableSize, 0);
        for (int r = 0; r < rows; r++) {
            for (int p = 0; p < positions; p++) {
                float k = m[segments + place(lanes, r, positions, p)];
                for (int j = 0; j < inner && names(k, tableRows); j++) {
                    m[table + place(tableLanes, (int) k, inner, j)] +=
                            m[x + place(lanes, r, positions * inner, p * inner + j)];
                }
            }
        }
    }

    /// y[k] = x[index[k]] along groups of `n` elements, `count` indices each.
    public static void takeAlong(
            float[] m, int x, int n, int index, int count, int y, int width, int groups) {
        for (int g = 0; g < groups; g++) {
            for (int i = 0; i < count * width; i++) {
                float k = m[index + g * count * width + i];
                m[y + g * count * width + i] =
                        names(k, n) ? m[x + (g * n + (int) k) * width + i % width] : 0;
            }
        }
    }

    /// y[index[k]] += x[k] along groups of `n` elements, cleared before; `count` indices each.
    public static void putAlong(
            float[] m, int x, int index, int count, int y, int n, int width, int groups) {
        java.util.Arrays.fill(m, y, y + groups * n * width, 0);
        for (int g = 0; g < groups; g++) {
            for (int i = 0; i < count * width; i++) {
                float k = m[index + g * count * width + i];
                if (names(k, n)) {
                    m[y + (g * n + (int) k) * width + i % width] += m[x + g * count * width + i];
                }
            }
        }
    }

    /// Sums up to and with each of `n` elements, or from each to the end.
    public static void cumulativeSum(
            float[] m, int x, int n, boolean reversed, int y, int width, int groups) {
        int step = reversed ? -width : width;
        for (int g = 0; g < groups; g++) {
            int first = (g * n + (reversed ? n - 1 : 0)) * width;
            for (int lane = 0; lane < width; lane++) {
                float sum = 0;
                for (int i = 0; i < n; i++) {
                    sum += m[x + first + i * step + lane];
                    m[y + first + i * step + lane] = sum;
                }
            }
        }
    }

    /// The indices of `n` elements in ascending order, ties by index, NaN last: a heap sort in y.
    public static void argSort(float[] m, int x, int n, int y, int width, int groups) {
        for (int g = 0; g < groups; g++) {
            for (int lane = 0; lane < width; lane++) {
                int at = g * n * width + lane;
                for (int i = 0; i < n; i++) {
                    m[y + at + i * width] = i;
                }
                for (int i = n / 2 - 1; i >= 0; i--) {
                    sift(m, x + at, y + at, width, i, n);
                }
                for (int end = n - 1; end > 0; end--) {
                    float last = m[y + at + end * width];
                    m[y + at + end * width] = m[y + at];
                    m[y + at] = last;
                    sift(m, x + at, y + at, width, 0, end);
                }
            }
        }
    }

    private static void sift(float[] m, int x, int y, int width, int root, int end) {
        int parent = root;
        while (2 * parent + 1 < end) {
            int child = 2 * parent + 1;
            if (child + 1 < end && before(m, x, y, width, child, child + 1)) {
                child++;
            }
            if (!before(m, x, y, width, parent, child)) {
                return;
            }
            float swap = m[y + parent * width];
            m[y + parent * width] = m[y + child * width];
            m[y + child * width] = swap;
            parent = child;
        }
    }

    /// Whether entry i of y sorts before entry j.
    private static boolean before(float[] m, int x, int y, int width, int i, int j) {
        int a = (int) m[y + i * width];
        int b = (int) m[y + j * width];
        float left = m[x + a * width];
        float right = m[x + b * width];
        boolean same = left == right || (Float.isNaN(left) && Float.isNaN(right));
        return same ? a < b : left < right || Float.isNaN(right);
    }
}
