package org.phasezoo.study.graphs;

import org.phasezoo.engine.Workspace;
import org.phasezoo.random.Draws;

/// A batch of rooted graphs as rows: leaves with their parents, parents with their roots, and what
/// each root has to tell.
///
/// *Stars*: one parent a graph; leaves carry max(0, min(10, level + 2 ξ)) rounded to a whole
/// number, the level uniform in [0, 10) for each graph, so that means do not concentrate; the
/// target is the mean of the leaves. *Trees*: k parents and c leaves, c uniform in k … 5 k, each
/// leaf under a uniformly drawn parent, all carrying 1; the target is c/k.
///
/// Graph g takes draws from g · 2¹⁶ on.
final class GraphBatch {
    /// Leaves to a parent of a tree at most, in the mean.
    static final int MOST_LEAVES = 5;

    private final double[] values;
    private final double[] parents;
    private final double[] roots;
    private final double[] targets;

    private GraphBatch(double[] values, double[] parents, double[] roots, double[] targets) {
        this.values = values;
        this.parents = parents;
        this.roots = roots;
        this.targets = targets;
    }

    /// Graphs `first` … `first` + n − 1, of sizes drawn uniformly from 1 … `size`, or all of
    /// `size`.
    static GraphBatch of(
            Aggregation.Task task, Draws draws, long first, int n, int size, boolean drawn) {
        int[] sizes = new int[n];
        int[] leaves = new int[n];
        int all = 0;
        int middles = 0;
        for (int g = 0; g < n; g++) {
            long at = (first + g) << 16;
            sizes[g] = drawn ? 1 + draws.below(at, size) : size;
            leaves[g] =
                    task == Aggregation.Task.STARS
                            ? sizes[g]
                            : sizes[g] + draws.below(at + 1, (MOST_LEAVES - 1) * sizes[g] + 1);
            all += leaves[g];
            middles += task == Aggregation.Task.STARS ? 1 : sizes[g];
        }
        double[] values = new double[all];
        double[] parents = new double[all];
        double[] roots = new double[middles];
        double[] targets = new double[n];
        int leaf = 0;
        int middle = 0;
        for (int g = 0; g < n; g++) {
            long at = (first + g) << 16;
            double level = 10 * draws.uniform(at + 2);
            double sum = 0;
            for (int i = 0; i < leaves[g]; i++) {
                if (task == Aggregation.Task.STARS) {
                    double value = Math.rint(level + 2 * draws.normal(at + 3 + i));
                    values[leaf] = Math.max(0, Math.min(10, value));
                    parents[leaf] = middle;
                } else {
                    values[leaf] = 1;
                    parents[leaf] = middle + draws.below(at + 3 + i, sizes[g]);
                }
                sum += values[leaf];
                leaf++;
            }
            int own = task == Aggregation.Task.STARS ? 1 : sizes[g];
            for (int i = 0; i < own; i++) {
                roots[middle++] = g;
            }
            targets[g] = sum / sizes[g];
        }
        return new GraphBatch(values, parents, roots, targets);
    }

    double[] targets() {
        return targets;
    }

    int leaves() {
        return values.length;
    }

    int middles() {
        return roots.length;
    }

    private static double[] counted(double[] segments, int n) {
        double[] counts = new double[n];
        for (double segment : segments) {
            counts[(int) segment]++;
        }
        for (int i = 0; i < n; i++) {
            counts[i] = Math.max(1, counts[i]);
        }
        return counts;
    }

    /// Sets what a net of this aggregation reads.
    void set(Workspace work, Aggregation.Aggregator aggregator) {
        work.count(MessageNet.LEAVES, values.length);
        work.count(MessageNet.MIDDLES, roots.length);
        work.count(MessageNet.GRAPHS, targets.length);
        work.set("values", values);
        work.set("parents", parents);
        work.set("roots", roots);
        if (MessageNet.readsLeaves(aggregator)) {
            work.set("leavesOf", counted(parents, roots.length));
        }
        if (MessageNet.readsMiddles(aggregator)) {
            work.set("middlesOf", counted(roots, targets.length));
        }
        work.set("targets", targets);
    }
}
