package org.phasezoo.suite;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.document.Binder;

/// A suite at one size, fully bound. `quick` is the suite as written.
public record Profile(
        String name,
        Scope scope,
        List<Departure> departures,
        SequencedMap<String, Population> populations) {
    public Profile {
        departures = List.copyOf(departures);
        populations = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(populations));
    }

    /// How near the system is to the paper's.
    public enum Scope {
        /// the paper's system at a size that the paper covers
        EXACT,
        /// the same kind of system, smaller
        REDUCED,
        /// other data or another system
        PROXY;

        /// The word as it stands in JSON.
        public String word() {
            return Binder.kebab(name());
        }
    }
}
