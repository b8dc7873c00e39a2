package org.phasezoo.metric;

import java.util.List;

/// What a metric found on one subject.
public record Measured(List<Value> values, List<Curve> curves) {
    public Measured {
        values = List.copyOf(values);
        curves = List.copyOf(curves);
    }
}
