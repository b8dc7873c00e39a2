package org.phasezoo.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Lanes d apart, d a power of two: each lane's partner, and the second lanes of all pairs. Where a
/// register has no more than d lanes they mean nothing.
final class FloatPartners {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int VL = S.length();

    static final VectorShuffle<Float> BY_8 = partners(8);
    static final VectorShuffle<Float> BY_4 = partners(4);
    static final VectorShuffle<Float> BY_2 = partners(2);
    static final VectorShuffle<Float> BY_1 = partners(1);
    static final VectorMask<Float> SECOND_8 = second(8);
    static final VectorMask<Float> SECOND_4 = second(4);
    static final VectorMask<Float> SECOND_2 = second(2);
    static final VectorMask<Float> SECOND_1 = second(1);

    private FloatPartners() {}

    private static VectorShuffle<Float> partners(int d) {
        return VectorShuffle.fromOp(S, l -> (l ^ d) % VL);
    }

    private static VectorMask<Float> second(int d) {
        boolean[] on = new boolean[VL];
        for (int l = 0; l < VL; l++) {
            on[l] = (l & d) != 0;
        }
        return VectorMask.fromArray(S, on, 0);
    }
}
