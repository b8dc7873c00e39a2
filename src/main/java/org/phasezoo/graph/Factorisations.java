package org.phasezoo.graph;

import java.util.ArrayList;
import java.util.List;

/// Derivatives of factorisations of stacks of matrices.
///
/// *Source*: Giles, "An extended collection of matrix derivative results for forward and reverse
/// mode algorithmic differentiation", 2008, sections 2.2.2 and 3.1; Murray, "Differentiation of the
/// Cholesky decomposition", 2016, equations 8 and 10.
final class Factorisations {
    private Factorisations() {}

    static Node choleskyTangent(Node l, Node d) {
        Node inner = l.solveTriangular(false, l.solveTriangular(false, mirrored(d)).transposed());
        return l.contract(false, half(inner), false);
    }

    static Node choleskyAdjoint(Node l, Node g) {
        Node p = half(l.contract(true, lower(g, 0), false));
        Node s =
                l.solveTriangular(
                        true, l.solveTriangular(true, p.plus(p.transposed())).transposed());
        return half(s);
    }

    static Node solveTangent(Node x, Node d, boolean transposed) {
        Node l = x.input(0);
        return l.solveTriangular(transposed, lower(d, 0).contract(transposed, x, false)).negated();
    }

    static List<Node> solveAdjoint(Node x, Node g, boolean transposed) {
        Node b = x.input(0).solveTriangular(!transposed, g);
        Node l = transposed ? x.contract(false, b, true) : b.contract(false, x, true);
        return List.of(lower(l.negated(), 0), b);
    }

    static Node eigenTangent(Node y, Node d) {
        Node v = vectors(y);
        Node m = v.contract(true, mirrored(d).contract(false, v, false), false);
        return stacked(
                m.times(identity(m)).sum(m.shape().rank() - 2),
                v.contract(false, m.times(gaps(y)), false));
    }

    static Node eigenAdjoint(Node y, Node g) {
        Node v = vectors(y);
        Node values = values(g);
        int rank = v.shape().rank();
        Integer[] axes = new Integer[rank - 1];
        for (int i = 0; i < rank - 1; i++) {
            axes[i] = i == rank - 2 ? rank - 1 : i;
        }
        Node diagonal = values.broadcast(v.shape(), axes).times(identity(v));
        Node m = diagonal.plus(v.contract(true, vectors(g), false).times(gaps(y)));
        Node s = v.contract(false, m.contract(false, v, true), false);
        return half(s.plus(s.transposed()));
    }

    private static Node vectors(Node y) {
        int axis = y.shape().rank() - 2;
        return y.slice(axis, 1, y.shape().size(axis));
    }

    private static Node values(Node y) {
        int axis = y.shape().rank() - 2;
        Node row = y.slice(axis, 0, 1);
        return row.reshape(row.shape().without(List.of(axis)));
    }

    private static Node stacked(Node values, Node vectors) {
        List<Integer> sizes = new ArrayList<>(vectors.shape().sizes());
        sizes.set(sizes.size() - 2, 1);
        return values.reshape(new Shape("", sizes)).concatenate(sizes.size() - 2, vectors);
    }

    /// 1 / (λⱼ − λᵢ) off the diagonal, 0 on it.
    private static Node gaps(Node y) {
        Node values = values(y);
        Shape shape = vectors(y).shape();
        int rank = shape.rank();
        Integer[] columns = new Integer[rank - 1];
        Integer[] rows = new Integer[rank - 1];
        for (int i = 0; i < rank - 1; i++) {
            columns[i] = i == rank - 2 ? rank - 1 : i;
            rows[i] = i;
        }
        Node gap = values.broadcast(shape, columns).minus(values.broadcast(shape, rows));
        Node diagonal = identity(gap);
        Node off = y.graph().constant(1).minus(diagonal);
        return off.over(gap.plus(diagonal));
    }

    private static Node identity(Node like) {
        return lower(like.graph().constant(1, like.shape()), 0)
                .minus(lower(like.graph().constant(1, like.shape()), 1));
    }

    /// The lower half with half the diagonal: of a symmetric S, what a function that reads the
    /// lower half only has as its derivative, halved.
    private static Node half(Node x) {
        return lower(x, 0).plus(lower(x, 1)).times(.5);
    }

    /// The symmetric matrix whose lower half is given.
    private static Node mirrored(Node x) {
        return lower(x, 0).plus(lower(x, 1).transposed());
    }

    /// The elements `below` or more rows below the diagonal; +0 elsewhere.
    private static Node lower(Node x, int below) {
        Graph graph = x.graph();
        int rank = x.shape().rank();
        Node row = graph.node(new Op.Iota(x.shape(), rank - 2));
        Node column = graph.node(new Op.Iota(x.shape(), rank - 1));
        return x.where(column.plus(graph.constant(below)).atMost(row));
    }
}
