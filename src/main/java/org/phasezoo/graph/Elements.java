package org.phasezoo.graph;

import java.util.Arrays;
import java.util.List;

/// A list of element numbers, −1 for none: a value.
public final class Elements {
    private final int[] numbers;
    private final int hash;

    private Elements(int[] numbers) {
        this.numbers = numbers;
        this.hash = Arrays.hashCode(numbers);
    }

    public static Elements of(int... numbers) {
        return new Elements(numbers.clone());
    }

    public int size() {
        return numbers.length;
    }

    public int get(int index) {
        return numbers[index];
    }

    public int[] toArray() {
        return numbers.clone();
    }

    /// Elements of a row of `shape` cut along one axis to `from` … `to` − 1, where indices outside
    /// the shape name no element: a slice, or a pad, or both.
    static Elements window(Shape shape, int axis, int from, int to) {
        int inner = 1;
        for (int a = axis + 1; a < shape.rank(); a++) {
            inner *= shape.size(a);
        }
        int size = shape.size(axis);
        int outer = shape.rowElements() / (inner * size);
        int[] numbers = new int[outer * (to - from) * inner];
        for (int i = 0; i < numbers.length; i++) {
            int at = from + i / inner % (to - from);
            int row = i / inner / (to - from);
            numbers[i] = at < 0 || at >= size ? -1 : (row * size + at) * inner + i % inner;
        }
        return new Elements(numbers);
    }

    /// Elements of a row of `shape` under permuted axes: axis i of the result is axis `order[i]`.
    static Elements permuted(Shape shape, List<Integer> order) {
        int skip = shape.isBounded() ? 1 : 0;
        int[] strides = new int[shape.rank()];
        int stride = 1;
        for (int a = shape.rank() - 1; a >= skip; a--) {
            strides[a] = stride;
            stride *= shape.size(a);
        }
        int[] numbers = new int[shape.rowElements()];
        for (int i = 0; i < numbers.length; i++) {
            int rest = i;
            for (int a = shape.rank() - 1; a >= skip; a--) {
                int axis = order.get(a);
                numbers[i] += rest % shape.size(axis) * strides[axis];
                rest /= shape.size(axis);
            }
        }
        return new Elements(numbers);
    }

    /// Elements of a row of `shape`, backwards along one axis.
    static Elements flipped(Shape shape, int axis) {
        int[] numbers = window(shape, axis, 0, shape.size(axis)).toArray();
        int inner = 1;
        for (int a = axis + 1; a < shape.rank(); a++) {
            inner *= shape.size(a);
        }
        for (int i = 0; i < numbers.length; i++) {
            int at = i / inner % shape.size(axis);
            numbers[i] = i + (shape.size(axis) - 1 - 2 * at) * inner;
        }
        return new Elements(numbers);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Elements that && Arrays.equals(numbers, that.numbers);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return numbers.length + " elements";
    }
}
