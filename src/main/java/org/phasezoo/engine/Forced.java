package org.phasezoo.engine;

import java.util.Collections;
import java.util.SequencedMap;
import java.util.TreeMap;

/// The choices of a plan that are forced, `true` for on; the plan makes the others itself. Where a
/// way is impossible for a node, the other one is taken there all the same.
record Forced(SequencedMap<Choice, Boolean> choices) {
    static final Forced NOTHING = new Forced(new TreeMap<>());

    Forced {
        choices = Collections.unmodifiableSequencedMap(new TreeMap<>(choices));
    }

    /// Whether a choice is on; `itself`: what the plan would choose.
    boolean isOn(Choice choice, boolean itself) {
        return choices.getOrDefault(choice, itself);
    }
}
