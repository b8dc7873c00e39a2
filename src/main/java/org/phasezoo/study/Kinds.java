package org.phasezoo.study;

import java.util.List;
import org.phasezoo.document.Binder;
import org.phasezoo.metric.Metric;

/// The one list of every kind of study and every metric. A kind's JSON name is the kebab-case name of its class.
public final class Kinds {
    private static final List<Class<? extends Study<?>>> STUDIES = List.of();
    private static final List<Class<? extends Metric>> METRICS = List.of();

    private Kinds() {}

    /// Binds every study and metric.
    public static Binder binder() {
        return Binder.plain().with(Study.class, STUDIES).with(Metric.class, METRICS);
    }
}
