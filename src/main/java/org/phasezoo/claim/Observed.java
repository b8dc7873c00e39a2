package org.phasezoo.claim;

import java.util.List;

/// What a population has to offer to claims: its axes, and the definitions that its study records
/// or that are measured.
public record Observed(String population, List<String> axes, List<String> definitions) {
    public Observed {
        axes = List.copyOf(axes);
        definitions = List.copyOf(definitions);
    }
}
