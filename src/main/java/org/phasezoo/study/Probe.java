package org.phasezoo.study;

/// A few fixed inputs and what a net makes of them, so that any reader of stored weights can check its forward pass.
public interface Probe {
    /// Inputs that a probe holds.
    int INPUTS = 32;

    /// The inputs, `(32, …)`: the same for every member that has this data set.
    Tensor.Float32 inputs();

    /// The net's outputs `(32, outputs)` on `inputs`, by the engine, in single precision.
    Tensor.Float32 outputs(Tensor.Float32 inputs, Arrays weights);
}
