package org.phasezoo.bench;

import java.util.List;

/// A training step or a derivative that is timed.
///
/// @param bar the least ratio peer ÷ ours that was asked for; 0 where none was
public record Timed(String name, String what, double bar) {
    static final List<Timed> ALL =
            List.of(
                    new Timed("cnn16", "CNN of 4,970 parameters, batch 16", 2.8),
                    new Timed("cnn64", "the same, batch 64", 2.8),
                    new Timed("cnn256", "the same, batch 256", 2.8),
                    new Timed("mlp32", "784-128-10, batch 32", 1.5),
                    new Timed("mlp256", "the same, batch 256", 1.1),
                    new Timed("res16", "residual block, width 16, 32 × 32, batch 64", 1.2),
                    new Timed("res8", "the same, width 8", 1.7),
                    new Timed("bn16", "res16 with batch norm", 1),
                    new Timed("bn8", "res8 with batch norm", 1.5),
                    new Timed(
                            "trans",
                            "transformer block, width 64, 4 heads, 64 tokens, batch 32",
                            1.2),
                    new Timed("tiny16", "2-16-16-1, batch 16, alone", 15),
                    new Timed(
                            "tiny256",
                            "256 members of tiny16, each with its own weights and data, one step of all",
                            2.5),
                    new Timed("hvp", "Hessian-vector product of cnn64", 2.5),
                    new Timed("gradient", "gradient of cnn64", 0));
}
