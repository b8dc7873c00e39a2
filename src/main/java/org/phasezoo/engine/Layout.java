package org.phasezoo.engine;

import org.phasezoo.graph.Shape;
import org.phasezoo.kernel.Lanes;

/// Where an array's elements stand. One readable rule: in the program of one member, an array with
/// a bounded leading axis has its samples in the lanes, `[tile of 16 samples][row-major inner
/// axes][16]`, and every other array is row-major; in a program of 16 members, every array is
/// row-major with the members in the lanes, `[element][16]`. Layout never changes bits.
enum Layout {
    SAMPLE_LANES,
    MEMBER_LANES;

    /// The axis in the lanes of an array of this shape: `samples`, `members` or `none`.
    String lanes(Shape shape) {
        return switch (this) {
            case MEMBER_LANES -> "members";
            case SAMPLE_LANES -> shape.isBounded() ? "samples" : "none";
        };
    }

    /// How many lanes an element of an array of this shape has.
    int width(Shape shape) {
        return this == MEMBER_LANES || shape.isBounded() ? Lanes.LANES : 1;
    }

    /// Elements that an array of this shape takes, a multiple of 16.
    int size(Shape shape) {
        return switch (this) {
            case MEMBER_LANES -> shape.elements() * Lanes.LANES;
            case SAMPLE_LANES ->
                    shape.isBounded()
                            ? Lanes.tiles(shape.size(0)) * shape.rowElements() * Lanes.LANES
                            : Lanes.tiles(shape.elements()) * Lanes.LANES;
        };
    }
}
