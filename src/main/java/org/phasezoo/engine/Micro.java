package org.phasezoo.engine;

import org.jspecify.annotations.Nullable;

/// One element-wise kernel of a chain. An operand is a place in the arena; a *moving* one advances
/// with the block, the others are scratch that each block writes anew.
///
/// @param constant slope or fill value, where the kind has one
/// @param map for repeats: the source element or row of each target element or row
record Micro(
        Kind kind,
        int a,
        boolean aMoves,
        int b,
        boolean bMoves,
        int y,
        boolean yMoves,
        double constant,
        int sourceRows,
        int @Nullable [] map) {
    enum Kind {
        ADD,
        SUBTRACT,
        MULTIPLY,
        DIVIDE,
        MINIMUM,
        AT_MOST,
        NEGATE,
        EXP,
        LOG,
        TANH,
        ERF,
        SQRT,
        SIN,
        COS,
        WHERE,
        RELU,
        RELU_SLOPE,
        /// the element at `a` into the whole block
        FILL,
        REPEAT,
        REPEAT_LANES,
        REPEAT_FIXED
    }
}
