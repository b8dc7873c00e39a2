package org.phasezoo.kernel;

/// What becomes of a repeated array: it stands alone, or is the second operand of another.
public enum RepeatOp {
    COPY,
    ADD,
    /// the rectified sum, the larger of it and +0
    ADD_RELU,
    SUBTRACT,
    MULTIPLY
}
