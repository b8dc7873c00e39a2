package org.phasezoo.model;

import org.phasezoo.graph.Shape;

/// A parameter tensor of an architecture, with PyTorch's name, shape and axis order.
///
/// @param role `weight` or `bias`
/// @param fanIn inputs of one output unit; 0 for a bias
public record Parameter(String name, Shape shape, String role, int fanIn) {}
