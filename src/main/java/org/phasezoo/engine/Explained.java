package org.phasezoo.engine;

import java.util.List;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Op;
import org.phasezoo.kernel.Lanes;

/// One step of a program, told.
///
/// @param kernel what runs: the op, or the ops of an element-wise chain in order
/// @param shape shape of the array that it writes
/// @param bytes size of that array in the arena
/// @param flops floating-point operations at full count: two a multiply-add, one an element of each
///   element-wise op
/// @param place its first element in the arena
public record Explained(String kernel, String shape, long bytes, double flops, int place) {
    /// The step of a node; `flops` of products, 0 for others.
    static Explained of(Node node, Fusion fusion, long bytes, double flops, int place) {
        List<String> ops =
                Fusion.isElementwise(node.op())
                        ? Chain.names(node, fusion)
                        : List.of(node.op().getClass().getSimpleName());
        double elements =
                node.op() instanceof Op.Sum(_)
                        ? node.input(0).shape().elements()
                        : node.shape().elements();
        double all = flops > 0 ? flops : ops.size() * elements;
        return new Explained(String.join(" · ", ops), node.shape().toString(), bytes, all, place);
    }

    /// A copy of an array with a border.
    static Explained of(Node array, Bordered copy) {
        long size = (long) Lanes.tiles(array.shape().size(0)) * copy.image().size();
        return new Explained("Border", array.shape().toString(), size * Float.BYTES, 0, copy.y());
    }
}
