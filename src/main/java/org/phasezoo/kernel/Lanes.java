package org.phasezoo.kernel;

import java.lang.invoke.VarHandle;
import jdk.incubator.vector.VectorShape;

/// The sample lanes that every order law is written in: 16, on every machine. A vector register
/// holds all, half or a quarter of them; the bits do not depend on which.
public final class Lanes {
    /// Samples in a tile.
    public static final int LANES = 16;

    /// Tiles in a chunk of 64 samples, inside which sums over samples are chained.
    public static final int CHUNK_TILES = 4;

    /// Whether 16 sums, or 20, and what goes into them find registers: there are 32 of 512 bits,
    /// else 16.
    static final boolean HOLDS_16_SUMS = VectorShape.preferredShape().vectorBitSize() == 512;

    /// Masks a place in the arena or a number of elements, which changes none (no arena has more):
    /// without it the compiler must count with an overflow of each sum of places, and computes each
    /// by itself. Loops over one or two vectors are two to three times as fast where their places
    /// and their end are masked outside; those that fill the registers mask each sum inside, since
    /// the compiler would unroll them otherwise, or end each round with [#endRound].
    static final int PLACE = 0x3fffffff;

    private static final boolean FENCED = VectorShape.preferredShape().vectorBitSize() == 256;

    private Lanes() {}

    /// Keeps the compiler from loading for the next rounds of a loop, too, and then finding no
    /// registers, of which there are 16 of 256 bits. On x86-64 a fence of loads is no instruction;
    /// registers of 128 bits may be of a processor where it is one, and are left alone.
    static void endRound() {
        if (FENCED) {
            VarHandle.loadLoadFence();
        }
    }

    /// Tiles that hold `count` samples.
    public static int tiles(int count) {
        return (count + LANES - 1) / LANES;
    }
}
