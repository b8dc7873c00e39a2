package org.phasezoo.study;

/// A few fixed inputs and what a net makes of them, so that any reader of stored weights can check
/// its forward pass.
public interface Probe {
    /// Inputs that a probe holds.
    int INPUTS = 32;

    /// The inputs, `(32, …)`, in the net's precision: the same for every member of that precision
    /// that has this data set.
    Tensor inputs();

    /// The net's outputs `(32, outputs)` on `inputs`, by the engine, in the net's precision.
    Tensor outputs(Tensor inputs, Arrays weights);
}
