package org.phasezoo.metric;

import java.util.List;

/// A measured function, for example the training error along a Bézier curve.
public record Curve(String definition, List<Double> x, List<Double> y) {
    public Curve {
        x = List.copyOf(x);
        y = List.copyOf(y);
        if (x.size() != y.size()) {
            throw new IllegalArgumentException("x has " + x.size() + " points and y " + y.size());
        }
    }
}
