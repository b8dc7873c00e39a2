package org.phasezoo.study;

import org.phasezoo.data.Split;
import org.phasezoo.train.Trainer;

/// The memory of the programs that a member trains with.
///
/// @param arenaBytes of all arrays of the programs
/// @param dataBytes of the examples that they read
public record Footprint(long arenaBytes, long dataBytes) {
    /// Of a member that holds no programs.
    public static final Footprint NONE = new Footprint(0, 0);

    /// Of nets in training on the same examples.
    public static Footprint of(Iterable<Trainer> trainers) {
        long arena = 0;
        long data = 0;
        for (Trainer trainer : trainers) {
            arena += trainer.arenaBytes();
            Split split = trainer.split();
            data =
                    (long) Float.BYTES * (split.inputs().length + split.targets().length)
                            + (long) Integer.BYTES * split.labels().length;
        }
        return new Footprint(arena, data);
    }

    public long bytes() {
        return arenaBytes + dataBytes;
    }
}
