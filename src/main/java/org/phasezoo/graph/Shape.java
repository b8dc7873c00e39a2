package org.phasezoo.graph;

import java.util.ArrayList;
import java.util.List;

/// The shape of an array: its sizes, row-major. Where `rows` is not empty, the leading axis is
/// *bounded*: it is named `rows`, its size here is a capacity, and a count from 1 to the capacity
/// is given at each run (the last batch, nodes, particles). The bits of every result equal those of
/// a program compiled at that count.
///
/// @param rows name of the bounded leading axis; empty when all axes are fixed
public record Shape(String rows, List<Integer> sizes) {
    public static final Shape SCALAR = new Shape("", List.of());

    public Shape {
        sizes = List.copyOf(sizes);
        for (int size : sizes) {
            if (size < 1) {
                throw new IllegalArgumentException(
                        "sizes are " + sizes + "; each must be at least 1");
            }
        }
        if (!rows.isEmpty() && sizes.isEmpty()) {
            throw new IllegalArgumentException("a bounded shape needs a leading axis");
        }
    }

    public static Shape of(Integer... sizes) {
        return new Shape("", List.of(sizes));
    }

    /// A shape whose leading axis, of at most `capacity`, is named `rows`.
    public static Shape bounded(String rows, Integer capacity, Integer... inner) {
        List<Integer> sizes = new ArrayList<>(List.of(inner));
        sizes.addFirst(capacity);
        return new Shape(rows, sizes);
    }

    public boolean isBounded() {
        return !rows.isEmpty();
    }

    public int rank() {
        return sizes.size();
    }

    public int size(int axis) {
        return sizes.get(axis);
    }

    /// Number of elements at full capacity.
    public int elements() {
        int n = 1;
        for (int size : sizes) {
            n = Math.multiplyExact(n, size);
        }
        return n;
    }

    /// Number of elements of one row of a bounded shape; of the whole array otherwise.
    public int rowElements() {
        return isBounded() ? elements() / sizes.getFirst() : elements();
    }

    /// This shape without the axes named, which must ascend.
    public Shape without(List<Integer> axes) {
        List<Integer> kept = new ArrayList<>();
        for (int axis = 0; axis < rank(); axis++) {
            if (!axes.contains(axis)) {
                kept.add(size(axis));
            }
        }
        return new Shape(axes.contains(0) ? "" : rows, kept);
    }

    /// This shape with further inner axes.
    Shape with(List<Integer> inner) {
        List<Integer> all = new ArrayList<>(sizes);
        all.addAll(inner);
        return new Shape(rows, all);
    }

    /// A stack of `n` of this shape: their axis is the first, behind a bounded one.
    public Shape stacked(int n) {
        List<Integer> all = new ArrayList<>(sizes);
        all.add(isBounded() ? 1 : 0, n);
        return new Shape(rows, all);
    }

    @Override
    public String toString() {
        return (isBounded() ? rows + "≤" : "") + sizes;
    }
}
