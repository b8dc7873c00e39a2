package org.phasezoo.engine;

import org.phasezoo.kernel.RepeatOp;

/// A small array repeated over a large one: row (or element) r of the target takes row `map[r]` of
/// the source, which has `sourceRows` rows a tile (of a member: a sample). Inside each `run` of
/// rows the map stays, or ascends by one if `ascends`.
@SuppressWarnings("ArrayRecordComponent")
record Repeat(RepeatOp op, int sourceRows, int[] map, int run, boolean ascends) {
    /// The repeat of this map; runs may ascend where the source has rows of lanes.
    static Repeat of(int sourceRows, int[] map, boolean rows) {
        int still = run(map, 0);
        int ascending = rows ? run(map, 1) : 1;
        boolean ascends = ascending > still;
        return new Repeat(RepeatOp.COPY, sourceRows, map, ascends ? ascending : still, ascends);
    }

    Repeat as(RepeatOp to) {
        return new Repeat(to, sourceRows, map, run, ascends);
    }

    /// The longest run such that each run of the map ascends by `step`.
    static int run(int[] map, int step) {
        int run = map.length;
        for (int i = 1; i < map.length; i++) {
            if (map[i] != map[i - 1] + step) {
                run = gcd(run, i);
            }
        }
        return run;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
