package org.phasezoo.engine;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/// Runs a loop: its trips and the copies around them.
///
/// @param groups how many groups an array with that bounded axis has, or one with none (`""`)
/// @param steps runs a step of a trip
record FloatLoop(float[] m, ToIntFunction<String> groups, Consumer<Step> steps) {
    void run(Step.Loop loop) {
        copy(loop.before(), 0);
        for (int i = 0; i < loop.trips(); i++) {
            int trip = loop.reversed() ? loop.trips() - 1 - i : i;
            copy(loop.begin(), trip);
            for (int j = 0; j < loop.trip().size(); j++) {
                steps.accept(loop.trip().get(j));
            }
            copy(loop.end(), trip);
        }
    }

    private void copy(List<Copy> copies, int trip) {
        for (int i = 0; i < copies.size(); i++) {
            Copy copy = copies.get(i);
            int from = copy.from() + trip * copy.fromTrip();
            int to = copy.to() + trip * copy.toTrip();
            for (int n = groups.applyAsInt(copy.rows()); n > 0; n--) {
                System.arraycopy(m, from, m, to, copy.length());
                from += copy.fromApart();
                to += copy.toApart();
            }
        }
    }
}
