package org.phasezoo.model;

import org.phasezoo.graph.Shape;

/// A parameter tensor of an architecture, with PyTorch's name, shape and axis order.
///
/// @param role `weight`, `bias`, `scale` (of a normalisation) or `buffer` (not trained: running
///   statistics)
/// @param fanIn inputs of one output unit; 0 for a bias or a scale
/// @param uses places of an example at which each element is used: the pixels of a convolution's
///   output
/// @param deviation factor of the initial deviation
/// @param rate factor of the learning rate
/// @param initial what a tensor without fan-in begins at
public record Parameter(
        String name,
        Shape shape,
        String role,
        int fanIn,
        int uses,
        double deviation,
        double rate,
        double initial) {
    public Parameter(
            String name,
            Shape shape,
            String role,
            int fanIn,
            int uses,
            double deviation,
            double rate) {
        this(name, shape, role, fanIn, uses, deviation, rate, 0);
    }

    public Parameter(String name, Shape shape, String role, int fanIn, int uses) {
        this(name, shape, role, fanIn, uses, 1, 1);
    }

    /// Multiply-adds of one example's forward pass.
    double multiplyAdds() {
        return fanIn > 0 ? (double) shape.elements() * uses : 0;
    }
}
