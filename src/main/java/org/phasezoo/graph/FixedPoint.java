package org.phasezoo.graph;

import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/// Bodies applied again and again.
public final class FixedPoint {
    private FixedPoint() {}

    /// x after `trips` applications of a body, each differentiated: as many copies in the graph.
    public static Node repeated(Node x, int trips, UnaryOperator<Node> body) {
        Node y = x;
        for (int trip = 0; trip < trips; trip++) {
            y = body.apply(y);
        }
        return y;
    }

    /// The fixed point x* = f(x*, θ), from `start` by `trips` applications of `body`, with
    /// derivatives in θ by the implicit function theorem: the adjoint of θ is (∂f/∂θ)ᵀ u with u = g
    /// + (∂f/∂x)ᵀ u, again by `trips` applications. No derivative in `start`.
    ///
    /// Where the body does not contract, both are what they are after `trips` applications; look at
    /// f(x*) − x*.
    ///
    /// *Source*: Bai, Kolter and Koltun, "Deep equilibrium models", 2019, theorem 1.
    public static Node of(Node start, Node theta, int trips, BinaryOperator<Node> body) {
        Node fixed = theta.stopGradient();
        Node value =
                repeated(start.stopGradient(), trips, x -> body.apply(x, fixed)).stopGradient();
        return value.withAdjoint(
                (g, inputs) -> {
                    Node at = inputs.getFirst();
                    Node x = of(start, at, trips, body);
                    Node u = g;
                    for (int trip = 0; trip < trips; trip++) {
                        Node named = x.renamed();
                        u = g.plus(pulled(body.apply(named, at), u, named));
                    }
                    Node named = at.renamed();
                    return List.of(pulled(body.apply(x, named), u, named));
                },
                theta);
    }

    /// (∂y/∂x)ᵀ u.
    private static Node pulled(Node y, Node u, Node x) {
        return Derivatives.gradient(y.times(u).sumAll(), List.of(x)).getFirst();
    }
}
