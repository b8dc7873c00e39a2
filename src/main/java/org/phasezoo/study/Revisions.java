package org.phasezoo.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.graph.Op;

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

    /// Those of these ops.
    public static SequencedMap<String, Integer> of(List<Op> ops) {
        SequencedMap<String, Integer> revisions = new LinkedHashMap<>();
        for (Op op : ops) {
            revisions.put(op.getClass().getSimpleName(), op.revision());
        }
        return revisions;
    }
}
