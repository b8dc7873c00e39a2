package org.phasezoo.model;

import org.phasezoo.graph.Node;
import org.phasezoo.graph.Shape;

/// A gated recurrent unit, with the tensors of PyTorch's `GRU` of one layer.
///
/// *Definition*: r = σ(W_ir x + b_ir + W_hr h + b_hr), z = σ(W_iz x + b_iz + W_hz h + b_hz), c =
/// tanh(W_in x + b_in + r · (W_hn h + b_hn)); h becomes (1 − z) · c + z · h. The rows of
/// `weight_ih_l0` and `weight_hh_l0` are those of r, z and c.
///
/// *Source*: Cho et al., "Learning phrase representations using RNN encoder-decoder", 2014, section
/// 2.3, with the reset behind the product as in PyTorch.
final class GatedRecurrentUnit {
    private GatedRecurrentUnit() {}

    static void declare(Declared into, int inputs, int width, int steps) {
        into.weight("weight_ih_l0", Shape.of(3 * width, inputs), inputs, steps)
                .weight("weight_hh_l0", Shape.of(3 * width, width), width, steps)
                .bias("bias_ih_l0", 3 * width)
                .bias("bias_hh_l0", 3 * width);
    }

    /// The state `(n, width)` behind the input `(n, inputs)`.
    static Node step(Scope p, Node x, Node h) {
        Node input = Layers.dense(x, p.get("weight_ih_l0"), p.get("bias_ih_l0"));
        Node state = Layers.dense(h, p.get("weight_hh_l0"), p.get("bias_hh_l0"));
        Node reset = gate(input, 0).plus(gate(state, 0)).sigmoid();
        Node keep = gate(input, 1).plus(gate(state, 1)).sigmoid();
        Node candidate = gate(input, 2).plus(reset.times(gate(state, 2))).tanh();
        return candidate.plus(keep.times(h.minus(candidate)));
    }

    private static Node gate(Node all, int gate) {
        int width = all.shape().size(1) / 3;
        return all.slice(1, gate * width, (gate + 1) * width);
    }
}
