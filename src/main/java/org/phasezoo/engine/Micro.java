package org.phasezoo.engine;

import org.jspecify.annotations.Nullable;
import org.phasezoo.kernel.RepeatOp;

/// One element-wise kernel of a chain. An operand is a place in the arena; a *moving* one advances
/// with the block, the others are scratch that each block writes anew.
///
/// @param constant slope or fill value, where the kind has one
/// @param repeat how b is repeated, where it is
record Micro(
        Kind kind,
        int a,
        boolean aMoves,
        int b,
        boolean bMoves,
        int y,
        boolean yMoves,
        double constant,
        @Nullable Repeat repeat) {
    /// Both in one pass: this one, whose result nobody else reads, and the one that reads it; null
    /// where there is no such kernel.
    @Nullable Micro then(Micro next) {
        boolean first = next.a() == y && !next.aMoves();
        boolean second = next.b() == y && !next.bMoves();
        if (yMoves || first == second) {
            return null;
        }
        int other = first ? next.b() : next.a();
        boolean otherMoves = first ? next.bMoves() : next.aMoves();
        if (repeat != null) {
            RepeatOp op = first ? commuting(next.kind()) : second(next.kind());
            return kind == Kind.REPEAT_FIXED || repeat.op() != RepeatOp.COPY || op == null
                    ? null
                    : new Micro(
                            kind,
                            other,
                            otherMoves,
                            b,
                            false,
                            next.y(),
                            next.yMoves(),
                            0,
                            repeat.as(op));
        }
        Kind both = together(next.kind(), first);
        return both == null
                ? null
                : new Micro(
                        both,
                        a,
                        aMoves,
                        other,
                        otherMoves,
                        next.y(),
                        next.yMoves(),
                        constant,
                        null);
    }

    private static @Nullable RepeatOp commuting(Kind next) {
        return switch (next) {
            case ADD -> RepeatOp.ADD;
            case MULTIPLY -> RepeatOp.MULTIPLY;
            default -> null;
        };
    }

    private static @Nullable RepeatOp second(Kind next) {
        return next == Kind.SUBTRACT ? RepeatOp.SUBTRACT : commuting(next);
    }

    /// The kernel that does this kind and then `next`; `first` says that `next` takes this one's
    /// result as its first operand.
    private @Nullable Kind together(Kind next, boolean first) {
        return switch (kind) {
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
        /// b, elements or rows of lanes, repeated; a is the operand before it, where there is one
        REPEAT,
        REPEAT_LANES,
        REPEAT_FIXED,
        /// a · constant + b
        SCALE_ADD,
        /// b − a · constant
        SUBTRACT_SCALED,
        /// b · slope of the rectifier of a
        MULTIPLY_SLOPE
    }
}
