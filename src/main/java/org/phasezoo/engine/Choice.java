package org.phasezoo.engine;

/// A choice that a plan makes between two ways to the same bits: they differ in time and memory
/// only. Told is what *on* means; off is its absence. [Forced] may decide it for a whole program.
enum Choice {
    /// An element-wise node that is read by one chain alone joins it, and needs no array. By
    /// itself: on.
    CHAINS,

    /// Each chain that reads a repeat, a sign changed, a multiple or a rectifier's slope makes it
    /// anew, and it needs no array. By itself: on.
    REPEATS,

    /// Two kernels of a chain become one, and a sum of products multiplies itself. By itself: on.
    PAIRS,

    /// A constant factor is a number of the kernel, not a block of memory. By itself: on.
    FACTORS,

    /// A sum over samples of a chain's result is taken block by block by the chain. By itself: on
    /// up to 256 results, where it alone reads that result or adds 16 rows that follow each other.
    /// Impossible with members in the lanes.
    SUMS,

    /// Convolutions that read an image with one border share one copy of it; off, each copies tile
    /// by tile. By itself: on unless a tile is large.
    SHARED_BORDERS,

    /// A chain that makes an image makes its copies with a border block by block, too; off, a step
    /// after it does. By itself: on.
    BORDERS_BY_CHAINS,

    /// Planes of images that convolutions read stand an odd number of rows apart. By itself: on
    /// where they have a border; on, images without one are copied, too.
    ODD_PLANES,

    /// What a pixel meets is gathered before the channels read it. By itself: on where it would not
    /// stay in the first-level cache. Impossible for an adjoint of several classes of pixels.
    COLUMNS,

    /// A weight gradient takes several tiles at a time. By itself: on where images are small.
    /// Impossible where borders are made tile by tile.
    TILES_TOGETHER,

    /// An input that is contracted over the samples stands as rows of samples, too. By itself: on.
    /// Impossible for an input that an output becomes, and with members in the lanes.
    ROW_COPIES,

    /// Samples run a few tiles at a time. By itself: on where all would work on much memory, and
    /// much less suffices, unless dense layers are large. Impossible as [MicroBatches] says, and
    /// with members in the lanes.
    MICRO_BATCHES,

    /// Memory that no later step reads holds later arrays and blocks. By itself: on.
    REUSE,

    /// A chain's result is written over an array that nobody reads later, an output over the input
    /// that it becomes. By itself: on. Impossible where an element would be read after it was
    /// written over.
    OVERWRITING
}
