package org.phasezoo.study.weightspace;

import java.util.Arrays;

/// The linear assignment problem, solved exactly by shortest augmenting paths in O(n³).
///
/// *Source*: Jonker and Volgenant, "A shortest augmenting path algorithm for dense and sparse
/// linear assignment problems", Computing 38 (1987) 325–340, without their heuristics for the
/// start. At ties the lowest column is taken, so that the result depends on the numbers alone.
final class Assignment {
    private Assignment() {}

    /// For each row its column, such that the sum of the chosen entries is largest.
    ///
    /// @param similarity n × n, row-major
    static int[] largest(double[] similarity, int n) {
        double[] rowPrice = new double[n + 1];
        double[] columnPrice = new double[n + 1];
        int[] rowOf = new int[n + 1];
        int[] previous = new int[n + 1];
        for (int row = 1; row <= n; row++) {
            rowOf[0] = row;
            int column = 0;
            double[] least = new double[n + 1];
            Arrays.fill(least, Double.POSITIVE_INFINITY);
            boolean[] settled = new boolean[n + 1];
            do {
                settled[column] = true;
                int from = rowOf[column];
                int next = 0;
                double step = Double.POSITIVE_INFINITY;
                for (int j = 1; j <= n; j++) {
                    if (settled[j]) {
                        continue;
                    }
                    double reduced =
                            -similarity[(from - 1) * n + j - 1] - rowPrice[from] - columnPrice[j];
                    if (reduced < least[j]) {
                        least[j] = reduced;
                        previous[j] = column;
                    }
                    if (least[j] < step) {
                        step = least[j];
                        next = j;
                    }
                }
                for (int j = 0; j <= n; j++) {
                    if (settled[j]) {
                        rowPrice[rowOf[j]] += step;
                        columnPrice[j] -= step;
                    } else {
                        least[j] -= step;
                    }
                }
                column = next;
            } while (rowOf[column] != 0);
            while (column != 0) {
                rowOf[column] = rowOf[previous[column]];
                column = previous[column];
            }
        }
        int[] columns = new int[n];
        for (int j = 1; j <= n; j++) {
            columns[rowOf[j] - 1] = j - 1;
        }
        return columns;
    }

    /// The sum of the entries that `columns` chooses.
    static double sum(double[] similarity, int[] columns) {
        double sum = 0;
        for (int i = 0; i < columns.length; i++) {
            sum += similarity[i * columns.length + columns[i]];
        }
        return sum;
    }
}
