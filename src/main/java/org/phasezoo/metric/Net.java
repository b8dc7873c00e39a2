package org.phasezoo.metric;

/// A trained network with its data, ready to be measured.
public interface Net {
    /// Multiply-adds of one forward pass of one example, for plans and progress.
    double forwardMultiplyAdds();
}
