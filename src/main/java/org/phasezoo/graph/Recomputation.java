package org.phasezoo.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Memory for time: what a body computes on the way is not kept for its derivative but computed
/// again.
///
/// *Source*: Chen, Xu, Zhang and Guestrin, "Training deep nets with sublinear memory cost", 2016.
public final class Recomputation {
    private Recomputation() {}

    /// The body's value of these inputs, on which alone it may depend. Its derivatives, to any
    /// order, are those of the body; contributions to the adjoint of an input that several bodies
    /// share are added body by body, so its last bits are those of this grouping.
    public static Node of(Function<List<Node>, Node> body, Node... inputs) {
        List<Node> fixed = new ArrayList<>();
        for (Node input : inputs) {
            fixed.add(input.stopGradient());
        }
        return body.apply(fixed)
                .withAdjoint(
                        (g, given) -> {
                            List<Node> again = given.stream().map(Node::renamed).toList();
                            return Derivatives.gradient(body.apply(again).times(g).sumAll(), again);
                        },
                        inputs);
    }
}
