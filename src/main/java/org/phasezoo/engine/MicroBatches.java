package org.phasezoo.engine;

import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Op;
import org.phasezoo.kernel.Lanes;

/// How a program runs a few tiles of samples at a time, so that what is between its inputs and its
/// sums over samples stays in the caches: which nodes come before, inside and after. Sums over
/// samples grow from micro-batch to micro-batch in the order in which they grow without.
///
/// Possible where one axis is bounded, no output is, each op takes samples one by one or sums over
/// them, and nothing that a sample has depends on such a sum, as it does behind a batch
/// normalisation.
final class MicroBatches {
    /// Elements that a program works on up to which all samples run at once. Single precision takes
    /// 6 MB for them, which last-level caches hold; `results/benchmarks/engine.md` has what is
    /// gained above.
    static final int SMALL = 3 << 19;

    /// Results of a product over samples that a micro-batch may well read and write.
    private static final int FEW = 1 << 14;

    enum Phase {
        BEFORE,
        INSIDE,
        AFTER
    }

    private final TreeMap<Integer, Phase> phases = new TreeMap<>();
    private String rows = "";
    private boolean chunks;
    private boolean dense;

    private MicroBatches() {}

    /// Null where it is impossible.
    static @Nullable MicroBatches of(Fusion fusion, List<Node> outputs) {
        MicroBatches batches = new MicroBatches();
        for (Node output : outputs) {
            if (output.shape().isBounded()) {
                return null;
            }
        }
        for (Node node : fusion.arrays()) {
            if (!batches.add(node, fusion.reads(node))) {
                return null;
            }
        }
        return batches.rows.isEmpty() ? null : batches;
    }

    /// Whether there is a place for a node.
    private boolean add(Node node, List<Node> reads) {
        boolean ofSamples = false;
        boolean late = false;
        for (Node read : reads) {
            ofSamples |= read.shape().isBounded();
            late |= !read.shape().isBounded() && phase(read) != Phase.BEFORE;
        }
        boolean bounded = node.shape().isBounded();
        boolean inside = bounded || ofSamples;
        if (bounded && !(rows.isEmpty() || rows.equals(node.shape().rows()))
                || inside && late
                || !(bounded ? isOfSamples(node.op()) : !ofSamples || isOverSamples(node.op()))
                || node.op() instanceof Op.Repeat) {
            return false;
        }
        if (bounded) {
            rows = node.shape().rows();
        } else if (ofSamples && node.op() instanceof Op.Contract) {
            chunks = true;
            dense |= node.shape().elements() > FEW;
        }
        boolean isInput = node.op() instanceof Op.Input;
        phases.put(
                node.number(),
                inside && !isInput ? Phase.INSIDE : late ? Phase.AFTER : Phase.BEFORE);
        return true;
    }

    /// Ops whose step takes each sample by itself.
    private static boolean isOfSamples(Op op) {
        return switch (op) {
            case Op.Input(_, _),
                    Op.Sum(_),
                    Op.FirstMax(),
                    Op.Contract(_, _),
                    Op.Convolve(_, _),
                    Op.ConvolveInput(_, _, _, _),
                    Op.AveragePool(_),
                    Op.Spread(_),
                    Op.Take(_, _),
                    Op.Put(_, _),
                    Op.TakeAlong(),
                    Op.PutAlong(_),
                    Op.ArgSort(),
                    Op.CumulativeSum(_) ->
                    true;
            default -> Fusion.isElementwise(op);
        };
    }

    /// Ops whose sums over samples can grow.
    private static boolean isOverSamples(Op op) {
        return op instanceof Op.Sum
                || op instanceof Op.Contract
                || op instanceof Op.ConvolveWeights;
    }

    /// The bounded axis.
    String rows() {
        return rows;
    }

    /// Tiles of a micro-batch, in the order in which to try them: products over samples need whole
    /// chunks.
    List<Integer> tiles() {
        return chunks ? List.of(Lanes.CHUNK_TILES) : List.of(Lanes.CHUNK_TILES, 1);
    }

    /// Whether weight gradients of dense layers are so large that each micro-batch would wait for
    /// them, and for the weights.
    boolean areDense() {
        return dense;
    }

    Phase phase(Node array) {
        return phases.getOrDefault(array.number(), Phase.BEFORE);
    }

    /// Whether a node is a sum over samples.
    boolean grows(Node array) {
        return phase(array) == Phase.INSIDE && !array.shape().isBounded();
    }
}
