package org.phasezoo.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// The tree that folds 16 lanes into one sum: lane i takes lane i + 8, then i + 4, i + 2, i + 1.
final class FloatFold {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int VL = S.length();
    private static final VectorShuffle<Float> BY_8 = VectorShuffle.iota(S, 8 % VL, 1, true);
    private static final VectorShuffle<Float> BY_4 = VectorShuffle.iota(S, 4 % VL, 1, true);
    private static final VectorShuffle<Float> BY_2 = VectorShuffle.iota(S, 2 % VL, 1, true);
    private static final VectorShuffle<Float> BY_1 = VectorShuffle.iota(S, 1 % VL, 1, true);

    private FloatFold() {}

    /// The tree sum of the 16 elements at `at`; their upper halves are overwritten on the way.
    static float tree(float[] m, int at) {
        int half = Lanes.LANES / 2;
        for (; half >= VL; half /= 2) {
            for (int i = 0; i < half; i += VL) {
                FloatVector.fromArray(S, m, at + i)
                        .add(FloatVector.fromArray(S, m, at + half + i))
                        .intoArray(m, at + i);
            }
        }
        FloatVector v = FloatVector.fromArray(S, m, at);
        if (VL > 8) {
            v = v.add(v.rearrange(BY_8));
        }
        if (VL > 4) {
            v = v.add(v.rearrange(BY_4));
        }
        if (VL > 2) {
            v = v.add(v.rearrange(BY_2));
        }
        if (VL > 1) {
            v = v.add(v.rearrange(BY_1));
        }
        return v.lane(0);
    }
}
