package org.phasezoo.study;

import java.util.List;

/// A named-array entry: a shape and its row-major elements, of one of four element types. Immutable
/// by contract: whoever makes one hands its array over and never writes it again.
public sealed interface Tensor {
    List<Integer> shape();

    int size();

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
