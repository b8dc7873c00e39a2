package org.phasezoo.engine;

import org.jspecify.annotations.Nullable;

/// A sum over the samples of what a chain makes, taken on the way: row r of a sample's elements
/// belongs to result `result[r]`, the same inside each `run` of rows.
///
/// @param times what x is multiplied by first; null where it is not
/// @param lanes 16 elements for each result, in which the sums of a chunk grow
@SuppressWarnings("ArrayRecordComponent")
record Summed(
        Operand x, @Nullable Operand times, int[] result, int run, int results, int lanes, int y) {
    Summed ofProducts(Operand a, Operand b) {
        return new Summed(a, b, result, run, results, lanes, y);
    }
}
