package org.phasezoo.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Op;
import org.phasezoo.graph.Shape;

/// A Kolmogorov-Arnold network on the flattened input: each edge has a function of its own, and a
/// unit adds its edges. An edge is w · silu(x) + Σ cᵢ Bᵢ(x), with the B-splines Bᵢ of degree
/// `degree` on `intervals` equal intervals from `low` to `high`, extended by `degree` knots on
/// either side; beyond those the splines are 0.
///
/// *Source*: Liu et al., "KAN: Kolmogorov-Arnold networks", 2024, equations 2.10 to 2.12; the
/// splines by de Boor, "On calculating with B-splines", 1972, equation 1.3. Grids stay fixed.
///
/// @param hidden width of each hidden layer; none gives one layer of edges
/// @param degree 3 for cubic splines
public record Kan(List<Integer> hidden, int intervals, int degree, double low, double high)
        implements Architecture {
    public Kan {
        hidden = List.copyOf(hidden);
        for (int width : hidden) {
            Sizes.range("hidden", width, 1, 4096);
        }
        Sizes.range("intervals", intervals, 1, 256);
        Sizes.range("degree", degree, 1, 5);
        if (!(low < high && Double.isFinite(high - low))) {
            throw new IllegalArgumentException("low " + low + " must lie below high " + high);
        }
    }

    @Override
    public String kind() {
        return "kan";
    }

    @Override
    public String id() {
        return Layers.id(
                Layers.id(kind(), hidden) + "-grid", List.of(intervals, degree, low, high));
    }

    @Override
    public void describe(ObjectNode json) {
        hidden.forEach(json.putArray("hidden")::add);
        json.put("intervals", intervals).put("degree", degree).put("low", low).put("high", high);
    }

    private int splines() {
        return intervals + degree;
    }

    @Override
    public List<Parameter> parameters(Input input) {
        Declared p = new Declared();
        int in = input.channels() * input.height() * input.width();
        for (int layer = 0; layer <= hidden.size(); layer++) {
            int out = layer < hidden.size() ? hidden.get(layer) : input.classes();
            p.in("layers." + layer)
                    .weight("base_weight", Shape.of(out, in), in, 1)
                    .weight("spline_weight", Shape.of(out, in, splines()), in * splines(), 1);
            in = out;
        }
        return p.tensors();
    }

    @Override
    public Node logits(Node x, List<Node> parameters, Input input) {
        Scope p = Scope.of(parameters(input), parameters);
        Node h = Layers.flat(x);
        for (int layer = 0; layer <= hidden.size(); layer++) {
            Scope here = p.in("layers." + layer);
            Node splines = here.get("spline_weight");
            int out = splines.shape().size(0);
            Node flat = splines.reshape(Shape.of(out, splines.shape().elements() / out));
            h =
                    h.silu()
                            .contract(false, here.get("base_weight"), true)
                            .plus(Layers.flat(basis(h)).contract(false, flat, true));
        }
        return h;
    }

    /// All B-splines at each of `(n, in)`: `(n, in, splines)`.
    private Node basis(Node x) {
        Graph graph = x.graph();
        double step = (high - low) / intervals;
        int knots = intervals + 2 * degree + 1;
        Shape all = Shape.bounded(x.shape().rows(), x.shape().size(0), x.shape().size(1), knots);
        Node knot =
                graph.node(new Op.Iota(Shape.of(knots), 0))
                        .times(step)
                        .plus(graph.constant(low - degree * step));
        Node beyond = x.broadcast(all, 0, 1).minus(knot.broadcast(all, 2));
        Node reached = graph.constant(0, all).atMost(beyond);
        Node b = reached.slice(2, 0, knots - 1).minus(reached.slice(2, 1, knots));
        for (int d = 1; d <= degree; d++) {
            int n = knots - 1 - d;
            Node rise = beyond.slice(2, 0, n).times(b.slice(2, 0, n));
            Node fall = beyond.slice(2, d + 1, d + 1 + n).times(b.slice(2, 1, n + 1));
            b = rise.minus(fall).times(1 / (d * step));
        }
        return b;
    }
}
