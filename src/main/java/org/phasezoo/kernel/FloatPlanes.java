package org.phasezoo.kernel;

import static org.phasezoo.kernel.Lanes.LANES;
import static org.phasezoo.kernel.Lanes.PLACE;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Images in lanes, as convolutions read them: with their border, and with zeros for absent
/// samples.
public final class FloatPlanes {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int VL = S.length();

    private FloatPlanes() {}

    /// Copies rows of lanes `first` to `first + n` of images `[plane][h][w][16]`, the first of them
    /// at `x`, into images `[plane][h + 2·above][w + 2·beside][16]`, planes `pitch` elements apart.
    /// The borders stay as they are.
    public static void inside(
            float[] m,
            int x,
            int first,
            int n,
            int h,
            int w,
            int above,
            int beside,
            int pitch,
            int to) {
        int column = first % w;
        int line = first / w % h;
        int plane = first / w / h;
        for (int done = 0; done < n; ) {
            int run = Math.min(w - column, n - done);
            int inPlane = (line + above) * (w + 2 * beside) + beside + column;
            copy(m, x + done * LANES, run * LANES, to + plane * pitch + inPlane * LANES);
            done += run;
            column = 0;
            line++;
            if (line == h) {
                line = 0;
                plane++;
            }
        }
    }

    private static void copy(float[] m, int x, int n, int y) {
        for (int i = 0; i < (n & PLACE); i += VL) {
            FloatVector.fromArray(S, m, (x & PLACE) + i).intoArray(m, (y & PLACE) + i);
        }
    }

    /// Writes 0 into the lanes from `count` on of `rows` rows of 16.
    public static void clear(float[] m, int x, int rows, int count) {
        for (int r = 0; r < rows; r++) {
            Arrays.fill(m, x + r * LANES + count, x + (r + 1) * LANES, 0);
        }
    }
}
