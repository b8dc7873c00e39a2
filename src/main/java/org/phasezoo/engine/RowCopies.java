package org.phasezoo.engine;

import java.util.Collection;
import java.util.TreeMap;
import java.util.TreeSet;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Op;
import org.phasezoo.graph.Shape;
import org.phasezoo.kernel.Lanes;

/// Which bounded inputs stand as rows of samples, too: those that a step reads so, unless an output
/// becomes them.
final class RowCopies {
    private final Arena arena;
    private final TreeSet<String> carried;
    private final TreeMap<String, Integer> places = new TreeMap<>();

    RowCopies(Arena arena, Collection<String> carried) {
        this.arena = arena;
        this.carried = new TreeSet<>(carried);
    }

    /// Elements of a row of so many features: whole cache lines, and an odd number of them, so that
    /// rows do not meet in few sets of the cache.
    static int row(int features) {
        return (Lanes.tiles(features) | 1) * Lanes.LANES;
    }

    /// Place of the copy that a step reads of an array; 0 where there is none.
    int read(Node array) {
        if (!(array.op() instanceof Op.Input(String name, Shape shape)) || carried.contains(name)) {
            return 0;
        }
        return places.computeIfAbsent(name, _ -> arena.reserve(size(shape)));
    }

    /// Elements of a copy.
    static int size(Shape shape) {
        return Lanes.tiles(shape.size(0)) * Lanes.LANES * row(shape.rowElements());
    }

    /// Place of an input's copy; 0 where no step reads one.
    int of(String input) {
        return places.getOrDefault(input, 0);
    }
}
