package org.phasezoo.engine;

import org.phasezoo.graph.Shape;
import org.phasezoo.kernel.Lanes;

/// Where an array's elements stand. One readable rule: an array with a bounded leading axis has its
/// samples in the lanes, `[tile of 16 samples][row-major inner axes][16]`; every other array is
/// row-major. Layout never changes bits.
enum Layout {
    SAMPLE_LANES,
    ROW_MAJOR;

    static Layout of(Shape shape) {
        return shape.isBounded() ? SAMPLE_LANES : ROW_MAJOR;
    }

    /// Elements that an array of this shape takes, a multiple of 16.
    static int size(Shape shape) {
        return switch (of(shape)) {
            case SAMPLE_LANES -> Lanes.tiles(shape.size(0)) * shape.rowElements() * Lanes.LANES;
            case ROW_MAJOR -> Lanes.tiles(shape.elements()) * Lanes.LANES;
        };
    }
}
