package org.phasezoo.kernel;

/// What becomes of a repeated array: it stands alone, or is the second operand of another.
public enum RepeatOp {
    COPY,
    ADD,
    SUBTRACT,
    MULTIPLY
}
