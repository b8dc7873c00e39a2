package org.phasezoo.study;

import java.util.List;
import org.phasezoo.engine.Precision;

/// A named-array entry: a shape and its row-major elements, of one of four element types. Immutable
/// by contract: whoever makes one hands its array over and never writes it again.
public sealed interface Tensor {
    List<Integer> shape();

    int size();

    /// A tensor of real numbers in a precision; float32 rounds them.
    static Tensor reals(Precision precision, List<Integer> shape, double[] values) {
        if (precision == Precision.FLOAT64) {
            return new Float64(shape, values);
        }
        float[] rounded = new float[values.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = (float) values[i];
        }
        return new Float32(shape, rounded);
    }

    /// The elements as doubles, which hold float32 exactly. May be the tensor's own array: not to
    /// be written.
    default double[] reals() {
        return switch (this) {
            case Float32(_, float[] values) -> {
                double[] wide = new double[values.length];
                for (int i = 0; i < wide.length; i++) {
                    wide[i] = values[i];
                }
                yield wide;
            }
            case Float64(_, double[] values) -> values;
            case Int32 _, Int64 _ ->
                    throw new IllegalArgumentException(
                            "a tensor of reals is needed, not " + getClass().getSimpleName());
        };
    }

    record Float32(List<Integer> shape, float[] values) implements Tensor {
        @Override
        public int size() {
            return values.length;
        }
    }

    record Float64(List<Integer> shape, double[] values) implements Tensor {
        @Override
        public int size() {
            return values.length;
        }
    }

    record Int32(List<Integer> shape, int[] values) implements Tensor {
        @Override
        public int size() {
            return values.length;
        }
    }

    record Int64(List<Integer> shape, long[] values) implements Tensor {
        @Override
        public int size() {
            return values.length;
        }
    }
}
