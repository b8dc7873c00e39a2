package org.phasezoo.engine;

import org.jspecify.annotations.Nullable;
import org.phasezoo.kernel.RepeatOp;

/// One element-wise kernel of a chain.
///
/// @param constant slope or factor, where the kind has one
/// @param repeat how b is repeated, where it is
record Micro(Kind kind, Operand a, Operand b, Operand y, double constant, @Nullable Repeat repeat) {
    /// Both in one pass: this one, whose result nobody else reads, and the one that reads it; null
    /// where there is no such kernel.
    @Nullable Micro then(Micro next) {
        boolean first = next.a().equals(y);
        boolean second = next.b().equals(y);
        if (y.moves()) {
            return null;
        }
        if (first && repeat != null && repeat.op() == RepeatOp.ADD) {
            return next.kind() == Kind.RELU && next.constant() == 0
                    ? new Micro(kind, a, b, next.y(), 0, repeat.as(RepeatOp.ADD_RELU))
                    : null;
        }
        if (first == second) {
            return null;
        }
        Operand other = first ? next.b() : next.a();
        if (repeat != null) {
            RepeatOp op = first ? commuting(next.kind()) : second(next.kind());
            return kind == Kind.REPEAT_FIXED || repeat.op() != RepeatOp.COPY || op == null
                    ? null
                    : new Micro(kind, other, b, next.y(), 0, repeat.as(op));
        }
        Kind both = together(next.kind(), first);
        return both == null ? null : new Micro(both, a, other, next.y(), constant, null);
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
