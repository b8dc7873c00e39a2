package org.phasezoo.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// The tree that folds 16 lanes into one sum: lane i takes lane i + 8, then i + 4, i + 2, i + 1.
final class FloatFold {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int VL = S.length();

    private FloatFold() {}

    /// Adds the tree sums of `n` times 16 elements from `at` on to the n elements at y; the former
    /// are overwritten on the way. As many sums as a register has lanes are folded together: what
    /// is left of two shares one register.
    static void add(float[] m, int at, int n, int y) {
        int whole = n / VL * VL;
        for (int g = 0; VL < Lanes.LANES && g < whole; g++) {
            halve(m, at + g * Lanes.LANES);
        }
        if (VL > 8) {
            merge(m, at, whole, 8, FloatPartners.BY_8, FloatPartners.SECOND_8);
        }
        if (VL > 4) {
            merge(m, at, whole, 4, FloatPartners.BY_4, FloatPartners.SECOND_4);
        }
        if (VL > 2) {
            merge(m, at, whole, 2, FloatPartners.BY_2, FloatPartners.SECOND_2);
        }
        merge(m, at, whole, 1, FloatPartners.BY_1, FloatPartners.SECOND_1);
        for (int i = 0; i < whole; i += VL) {
            FloatVector.fromArray(S, m, y + i)
                    .add(FloatVector.fromArray(S, m, at + i * Lanes.LANES))
                    .intoArray(m, y + i);
        }
        for (int i = whole; i < n; i++) {
            m[y + i] += tree(m, at + i * Lanes.LANES);
        }
    }

    /// Of every VL groups the d first each take in the one d after: lane l and its partner, d away,
    /// of the first go where bit d of l is off, of the second where it is on.
    private static void merge(
            float[] m,
            int at,
            int groups,
            int d,
            VectorShuffle<Float> partners,
            VectorMask<Float> second) {
        for (int g = 0; g < groups; g += VL) {
            for (int i = 0; i < d; i++) {
                int first = at + (g + i) * Lanes.LANES;
                FloatVector p = FloatVector.fromArray(S, m, first);
                FloatVector q = FloatVector.fromArray(S, m, first + d * Lanes.LANES);
                p.blend(q.rearrange(partners), second)
                        .add(p.rearrange(partners).blend(q, second))
                        .intoArray(m, first);
            }
        }
    }

    /// One group, folded to the width of a register.
    private static void halve(float[] m, int at) {
        for (int half = Lanes.LANES / 2; half >= VL; half /= 2) {
            for (int i = 0; i < half; i += VL) {
                FloatVector.fromArray(S, m, at + i)
                        .add(FloatVector.fromArray(S, m, at + half + i))
                        .intoArray(m, at + i);
            }
        }
    }

    /// The tree sum of the 16 elements at `at`; their upper halves are overwritten on the way.
    static float tree(float[] m, int at) {
        halve(m, at);
        FloatVector v = FloatVector.fromArray(S, m, at);
        if (VL > 8) {
            v = v.add(v.rearrange(FloatPartners.BY_8));
        }
        if (VL > 4) {
            v = v.add(v.rearrange(FloatPartners.BY_4));
        }
        if (VL > 2) {
            v = v.add(v.rearrange(FloatPartners.BY_2));
        }
        if (VL > 1) {
            v = v.add(v.rearrange(FloatPartners.BY_1));
        }
        return v.lane(0);
    }
}
