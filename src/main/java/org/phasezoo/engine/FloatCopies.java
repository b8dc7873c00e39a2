package org.phasezoo.engine;

/// Runs the copies of a loop.
final class FloatCopies {
    private FloatCopies() {}

    /// The copy's elements of one trip, in so many groups.
    static void run(float[] m, Copy copy, int groups, int trip) {
        int from = copy.from() + trip * copy.fromTrip();
        int to = copy.to() + trip * copy.toTrip();
        for (int i = 0; i < groups; i++) {
            System.arraycopy(
                    m, from + i * copy.fromApart(), m, to + i * copy.toApart(), copy.length());
        }
    }
}
