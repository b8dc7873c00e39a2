package org.phasezoo.engine;

import java.util.List;
import java.util.Locale;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Op;
import org.phasezoo.graph.Shape;
import org.phasezoo.kernel.Lanes;

/// One array of a program and the step that writes it, told.
///
/// @param kernel what runs: the op, or the ops of an element-wise chain in order; behind the number
///   of trips, where it is a step of a repeat, whose results follow
/// @param shape shape of the array that it writes
/// @param lanes the axis that stands in the 16 lanes of a vector: `samples`, `members`, or `none`
///   where the array is row-major
/// @param elements size of that array in the arena; 0 where it is not written at all
/// @param flops floating-point operations at full count: two a multiply-add, one an element of each
///   element-wise op; of all trips
/// @param place its first element in the arena
public record Explained(
        String kernel, String shape, String lanes, long elements, double flops, int place) {
    /// Bytes of the array in the arena.
    public long bytes(Precision precision) {
        return elements * precision.bytes();
    }

    /// An input, which is set before the first step.
    static Explained ofInput(String name, Shape shape, Layout layout, int place) {
        return new Explained(
                "Input " + name,
                shape.toString(),
                layout.lanes(shape),
                layout.size(shape),
                0,
                place);
    }

    /// A copy of an input as rows of samples.
    static Explained ofRows(String name, Shape shape, int place) {
        return new Explained(
                "Rows " + name, shape.toString(), "none", RowCopies.size(shape), 0, place);
    }

    /// The step of a node; `flops` of products, 0 for others. A place of 0 is none.
    static Explained of(Node node, Fusion fusion, Layout layout, double flops, int place) {
        List<String> ops =
                Fusion.isElementwise(node.op())
                        ? Chain.names(node, fusion)
                        : List.of(node.op().getClass().getSimpleName());
        double elements =
                node.op() instanceof Op.Sum(_)
                        ? node.input(0).shape().elements()
                        : node.shape().elements();
        double all = flops > 0 ? flops : ops.size() * elements;
        if (node.op() instanceof Op.Repeat repeat) {
            String result = repeat.result().name().toLowerCase(Locale.ROOT);
            ops = List.of("Repeat of " + repeat.trips() + " trips: " + result + " " + repeat.of());
            all = 0;
        }
        return new Explained(
                String.join(" · ", ops),
                node.shape().toString(),
                layout.lanes(node.shape()),
                place == 0 ? 0 : layout.size(node.shape()),
                all,
                place);
    }

    /// A step of a body that is repeated.
    Explained repeated(int trips) {
        return new Explained(trips + " × " + kernel, shape, lanes, elements, flops * trips, place);
    }

    /// A step of a micro-batch of so many tiles, at most, which writes an array of this shape.
    Explained inMicroBatches(int tiles, Shape of) {
        int all = of.isBounded() ? Lanes.tiles(of.size(0)) : 1;
        return new Explained(
                tiles * Lanes.LANES + " samples at a time: " + kernel,
                shape,
                lanes,
                elements / all * Math.min(all, tiles),
                flops,
                place);
    }

    /// A copy of an array with a border.
    static Explained of(Node array, Layout layout, Bordered copy) {
        Shape shape = array.shape();
        long size = (long) Lanes.tiles(shape.size(0)) * copy.image().size();
        return new Explained("Border", shape.toString(), layout.lanes(shape), size, 0, copy.y());
    }
}
