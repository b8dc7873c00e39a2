package org.phasezoo.model;

import org.phasezoo.graph.Shape;

/// A parameter tensor of an architecture, with PyTorch's name, shape and axis order.
///
/// @param role `weight` or `bias`
/// @param fanIn inputs of one output unit; 0 for a bias
/// @param uses places of an example at which each element is used: the pixels of a convolution's
///   output
public record Parameter(String name, Shape shape, String role, int fanIn, int uses) {
    /// Multiply-adds of one example's forward pass.
    double multiplyAdds() {
        return fanIn > 0 ? (double) shape.elements() * uses : 0;
    }
}
