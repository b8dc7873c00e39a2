package org.phasezoo.study.dynamics;

import org.phasezoo.graph.Node;

/// An activation. ReLU's derivatives are 0 at 0, and its second everywhere.
public enum Activation {
    RELU,
    TANH,
    SWISH;

    Node of(Node z) {
        return switch (this) {
            case RELU -> z.relu(0);
            case TANH -> z.tanh();
            case SWISH -> z.silu();
        };
    }
}
