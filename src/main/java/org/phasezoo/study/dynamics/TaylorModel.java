package org.phasezoo.study.dynamics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;
import org.phasezoo.graph.Derivatives;
import org.phasezoo.graph.Node;

/// A function of parameters, or its Taylor expansion in them about their start.
public enum TaylorModel {
    NET,
    /// To second order.
    QUADRATIC,
    /// To first order.
    LINEARISED;

    /// This model of a function at `at`, by directional derivatives along `at` − `start`: f, f + Df
    /// or f + Df + D²f/2.
    Node of(Function<List<Node>, Node> function, List<Node> at, List<Node> start) {
        if (this == NET) {
            return function.apply(at);
        }
        List<Node> variables = new ArrayList<>();
        SequencedMap<Node, Node> along = new LinkedHashMap<>();
        for (int i = 0; i < at.size(); i++) {
            // a name of its own: the direction must not depend on where it is taken
            Node variable = start.get(i).renamed();
            variables.add(variable);
            along.put(variable, at.get(i).minus(start.get(i)));
        }
        Node value = function.apply(variables);
        Node first = Derivatives.tangents(List.of(value), along).getFirst();
        Node linear = value.plus(first);
        if (this == LINEARISED) {
            return linear;
        }
        Node second = Derivatives.tangents(List.of(first), along).getFirst();
        return linear.plus(second.times(.5));
    }
}
