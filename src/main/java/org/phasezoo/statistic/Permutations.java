package org.phasezoo.statistic;

import java.util.ArrayList;
import java.util.List;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;

/// Permutations within groups: every one of them for one small group, counter-based draws
/// otherwise.
final class Permutations {
    /// Draws of a Monte Carlo permutation test; the smallest p-value is 1/(DRAWS + 1).
    static final int DRAWS = 4999;

    /// Up to this many elements of one group every permutation is visited.
    static final int EXACT = 9;

    private Permutations() {}

    /// What a permutation test counts.
    interface Statistic {
        /// Its value when element `i` takes the place of element `order[i]`.
        double of(int[] order);
    }

    /// Tail probabilities of the observed statistic, itself among the permutations.
    record Tails(double greater, double less, double least) {
        Tails worst(Tails other) {
            return new Tails(
                    Math.max(greater, other.greater),
                    Math.max(less, other.less),
                    Math.max(least, other.least));
        }
    }

    /// The members of each group, from labels, groups in order of first appearance.
    static List<int[]> groups(int[] labels) {
        List<Integer> seen = new ArrayList<>();
        List<int[]> groups = new ArrayList<>();
        for (int label : labels) {
            if (!seen.contains(label)) {
                seen.add(label);
                List<Integer> members = new ArrayList<>();
                for (int i = 0; i < labels.length; i++) {
                    if (labels[i] == label) {
                        members.add(i);
                    }
                }
                groups.add(members.stream().mapToInt(Integer::intValue).toArray());
            }
        }
        return groups;
    }

    static Tails test(List<int[]> groups, int size, Key key, Statistic statistic) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            order[i] = i;
        }
        double observed = statistic.of(order);
        double margin = 1e-9 * Math.max(1, Math.abs(observed));
        double least = 1;
        for (int[] group : groups) {
            for (int i = 2; i <= group.length && least > 1e-12; i++) {
                least /= i;
            }
        }
        Count count = new Count(observed, margin);
        if (groups.size() == 1 && groups.getFirst().length <= EXACT) {
            visit(order, groups.getFirst(), groups.getFirst().length, statistic, count);
            return count.tails(least);
        }
        Draws draws = new Draws(key);
        count.add(observed);
        for (int draw = 0; draw < DRAWS; draw++) {
            shuffle(groups, order, draws, (long) draw * size);
            count.add(statistic.of(order));
        }
        return count.tails(Math.max(least, 1.0 / (DRAWS + 1)));
    }

    /// Fisher and Yates's shuffle of each group, from the identity; the index of a draw is the
    /// element's own.
    static void shuffle(List<int[]> groups, int[] order, Draws draws, long offset) {
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        for (int[] group : groups) {
            for (int i = group.length - 1; i > 0; i--) {
                swap(order, group[i], group[draws.below(offset + group[i], i + 1)]);
            }
        }
    }

    private static void visit(int[] order, int[] group, int k, Statistic statistic, Count count) {
        if (k <= 1) {
            count.add(statistic.of(order));
            return;
        }
        for (int i = 0; i < k; i++) {
            swap(order, group[i], group[k - 1]);
            visit(order, group, k - 1, statistic, count);
            swap(order, group[i], group[k - 1]);
        }
    }

    private static void swap(int[] order, int a, int b) {
        int held = order[a];
        order[a] = order[b];
        order[b] = held;
    }

    private static final class Count {
        private final double observed;
        private final double margin;
        private long greater;
        private long less;
        private long all;

        Count(double observed, double margin) {
            this.observed = observed;
            this.margin = margin;
        }

        void add(double value) {
            all++;
            if (value >= observed - margin) {
                greater++;
            }
            if (value <= observed + margin) {
                less++;
            }
        }

        Tails tails(double least) {
            return new Tails((double) greater / all, (double) less / all, least);
        }
    }
}
