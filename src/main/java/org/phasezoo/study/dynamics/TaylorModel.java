package org.phasezoo.study.dynamics;

/// A net, or its Taylor expansion in the weights about the start.
public enum TaylorModel {
    NET,
    /// To second order.
    QUADRATIC,
    /// To first order.
    LINEARISED
}
