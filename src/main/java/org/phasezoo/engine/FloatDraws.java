package org.phasezoo.engine;

import static org.phasezoo.kernel.Lanes.LANES;

/// Runs a step that draws.
final class FloatDraws {
    private FloatDraws() {}

    /// So many rows, of which one stands for an array without a bounded axis.
    @SuppressWarnings("cast")
    static void run(float[] m, Step.Draw s, Workspace.Stream stream, int rows) {
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < s.elements(); j++) {
                long index = (stream.from() + r) * s.elements() + j;
                double value =
                        switch (s.distribution()) {
                            case UNIFORM -> stream.draws().uniform(index);
                            case NORMAL -> stream.draws().normal(index);
                            case SIGN -> stream.draws().sign(index);
                        };
                int at =
                        s.rows().isEmpty() ? j : (r / LANES * s.elements() + j) * LANES + r % LANES;
                m[s.y() + at] = (float) value;
            }
        }
    }
}
