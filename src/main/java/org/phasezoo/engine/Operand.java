package org.phasezoo.engine;

/// A place in the arena that a chain reads or writes: one that *moves* advances with the block, the
/// others are scratch that each block writes anew.
record Operand(int at, boolean moves) {
    /// Where it stands for the block from element `block` on.
    int at(int block) {
        return moves ? at + block : at;
    }
}
