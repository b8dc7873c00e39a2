package org.phasezoo.engine;

/// A copy of images with a border of zeros: of those at `x`, as `image` says, to `y`. Nothing else
/// is ever written there, so the borders stay the zeros that they were when the arena was made.
record Bordered(Operand x, Padded image, int y) {}
