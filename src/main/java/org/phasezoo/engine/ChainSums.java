package org.phasezoo.engine;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.phasezoo.graph.Node;

/// Which sums over samples are taken on the way by the chain that makes what they read, and which
/// of those chains' arrays nothing else reads, so that they need no place. A chain takes one.
final class ChainSums {
    private final TreeMap<Integer, Node> sums = new TreeMap<>();
    private final TreeSet<Integer> taken = new TreeSet<>();
    private final TreeSet<Integer> unwritten = new TreeSet<>();

    /// `readers`: how many steps and outputs read an array.
    ChainSums(Fusion fusion, Map<Integer, Integer> readers, Layout layout, Forced forced) {
        for (Node node : fusion.arrays()) {
            if (layout == Layout.SAMPLE_LANES && Reduction.isTakenOnTheWay(node, forced)) {
                Node array = fusion.owner(node.input(0));
                boolean alone = readers.getOrDefault(array.number(), 0) == 1;
                if (Fusion.isElementwise(array.op())
                        && (alone || forced.isOn(Choice.SUMS, Reduction.isOfRuns(node)))
                        && sums.putIfAbsent(array.number(), node) == null) {
                    taken.add(node.number());
                    if (alone) {
                        unwritten.add(array.number());
                    }
                }
            }
        }
    }

    /// The sum that an array's chain takes; null if there is none.
    @Nullable Node of(Node array) {
        return sums.get(array.number());
    }

    /// Whether a chain takes this sum.
    boolean take(Node sum) {
        return taken.contains(sum.number());
    }

    /// Whether only the sum that its chain takes reads an array.
    boolean alone(Node array) {
        return unwritten.contains(array.number());
    }
}
