package org.phasezoo.study;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// Revisions of ops and laws by their names.
public final class Revisions {
    private Revisions() {}

    /// Each of these laws at its first revision.
    public static SequencedMap<String, Integer> first(String... laws) {
        SequencedMap<String, Integer> revisions = new LinkedHashMap<>();
        for (String law : laws) {
            revisions.put(law, 1);
        }
        return revisions;
    }
}
