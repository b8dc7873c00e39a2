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
    /// Both in one pass: this one, whose result nobody else reads, and the one that reads it; null
    /// where there is no such kernel.
    @Nullable Micro then(Micro next) {
        boolean first = next.a() == y && !next.aMoves();
        boolean second = next.b() == y && !next.bMoves();
        if (yMoves || first == second) {
            return null;
        }
        Kind both = together(next.kind(), first);
        if (both == null) {
            return null;
        }
        int other = first ? next.b() : next.a();
        boolean otherMoves = first ? next.bMoves() : next.aMoves();
        boolean repeats = kind == Kind.REPEAT || kind == Kind.REPEAT_LANES;
        return repeats
                ? new Micro(
                        both,
                        other,
                        otherMoves,
                        a,
                        false,
                        next.y(),
                        next.yMoves(),
                        0,
                        sourceRows,
                        map)
                : new Micro(
                        both,
                        a,
                        aMoves,
                        other,
                        otherMoves,
                        next.y(),
                        next.yMoves(),
                        constant,
                        0,
                        null);
    }

    /// The kernel that does this kind and then `next`; `first` says that `next` takes this one's
    /// result as its first operand.
    private @Nullable Kind together(Kind next, boolean first) {
        return switch (kind) {
            case REPEAT ->
                    switch (next) {
                        case ADD -> Kind.ADD_REPEAT;
                        case MULTIPLY -> Kind.MULTIPLY_REPEAT;
                        case SUBTRACT -> first ? null : Kind.SUBTRACT_REPEAT;
                        default -> null;
                    };
            case REPEAT_LANES ->
                    switch (next) {
                        case ADD -> Kind.ADD_REPEAT_LANES;
                        case MULTIPLY -> Kind.MULTIPLY_REPEAT_LANES;
                        case SUBTRACT -> first ? null : Kind.SUBTRACT_REPEAT_LANES;
                        default -> null;
                    };
            case SCALE ->
                    switch (next) {
                        case ADD -> Kind.SCALE_ADD;
                        case SUBTRACT -> first ? null : Kind.SUBTRACT_SCALED;
                        default -> null;
                    };
            case RELU_SLOPE -> next == Kind.MULTIPLY ? Kind.MULTIPLY_SLOPE : null;
            default -> null;
        };
    }

    enum Kind {
        ADD,
        SUBTRACT,
        MULTIPLY,
        /// a · constant
        SCALE,
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
        REPEAT_FIXED,
        /// b is repeated
        ADD_REPEAT,
        SUBTRACT_REPEAT,
        MULTIPLY_REPEAT,
        ADD_REPEAT_LANES,
        SUBTRACT_REPEAT_LANES,
        MULTIPLY_REPEAT_LANES,
        /// a · constant + b
        SCALE_ADD,
        /// b − a · constant
        SUBTRACT_SCALED,
        /// b · slope of the rectifier of a
        MULTIPLY_SLOPE
    }
}
