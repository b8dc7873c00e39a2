package org.phasezoo.zoo;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.study.Arrays;
import org.phasezoo.study.Tensor;

/// The little-endian encoding of what work logs carry. Any NaN is written as the canonical one.
final class Bytes {
    private ByteBuffer buffer = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);

    private ByteBuffer room(long bytes) {
        if (buffer.remaining() < bytes) {
            long capacity = Math.max(2L * buffer.capacity(), buffer.position() + bytes);
            if (capacity > Integer.MAX_VALUE - 16) {
                capacity = Math.max(buffer.position() + bytes, Integer.MAX_VALUE - 16);
            }
            ByteBuffer larger =
                    ByteBuffer.allocate(Math.toIntExact(capacity)).order(ByteOrder.LITTLE_ENDIAN);
            buffer = larger.put(buffer.flip());
        }
        return buffer;
    }

    byte[] toArray() {
        byte[] array = new byte[buffer.position()];
        buffer.get(0, array);
        return array;
    }

    Bytes integer(int value) {
        room(4).putInt(value);
        return this;
    }

    Bytes number(long value) {
        room(8).putLong(value);
        return this;
    }

    Bytes real(double value) {
        room(8).putLong(Double.doubleToLongBits(value));
        return this;
    }

    Bytes text(String value) {
        return blob(value.getBytes(StandardCharsets.UTF_8));
    }

    Bytes blob(byte[] value) {
        room(4L + value.length).putInt(value.length).put(value);
        return this;
    }

    Bytes arrays(Arrays arrays) {
        integer(arrays.tensors().size());
        arrays.tensors().forEach((name, tensor) -> text(name).tensor(tensor));
        return this;
    }

    private void tensor(Tensor tensor) {
        integer(kind(tensor)).integer(tensor.shape().size());
        tensor.shape().forEach(this::integer);
        integer(tensor.size());
        room(8L * tensor.size());
        switch (tensor) {
            case Tensor.Float32(_, float[] values) -> {
                for (float v : values) {
                    buffer.putInt(Float.floatToIntBits(v));
                }
            }
            case Tensor.Float64(_, double[] values) -> {
                for (double v : values) {
                    buffer.putLong(Double.doubleToLongBits(v));
                }
            }
            case Tensor.Int32(_, int[] values) -> {
                for (int v : values) {
                    buffer.putInt(v);
                }
            }
            case Tensor.Int64(_, long[] values) -> {
                for (long v : values) {
                    buffer.putLong(v);
                }
            }
        }
    }

    private static int kind(Tensor tensor) {
        return switch (tensor) {
            case Tensor.Float32 _ -> 0;
            case Tensor.Float64 _ -> 1;
            case Tensor.Int32 _ -> 2;
            case Tensor.Int64 _ -> 3;
        };
    }

    /// The same in the other direction. Malformed bytes end in `IllegalArgumentException`.
    static final class Source {
        private final ByteBuffer buffer;

        Source(byte[] bytes) {
            buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        }

        int integer() {
            need(4);
            return buffer.getInt();
        }

        long number() {
            need(8);
            return buffer.getLong();
        }

        double real() {
            need(8);
            return buffer.getDouble();
        }

        /// A number of things that follow, each of at least `least` bytes.
        int count(int least) {
            int count = integer();
            if (count < 0) {
                throw new IllegalArgumentException("a count of " + count);
            }
            need((long) count * least);
            return count;
        }

        byte[] blob() {
            byte[] bytes = new byte[count(1)];
            buffer.get(bytes);
            return bytes;
        }

        String text() {
            return new String(blob(), StandardCharsets.UTF_8);
        }

        Arrays arrays() {
            int count = count(12);
            SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
            for (int i = 0; i < count; i++) {
                String name = text();
                tensors.put(name, tensor());
            }
            return new Arrays(tensors);
        }

        private Tensor tensor() {
            int kind = integer();
            int rank = count(4);
            List<Integer> shape = new ArrayList<>();
            for (int i = 0; i < rank; i++) {
                shape.add(integer());
            }
            shape = List.copyOf(shape);
            int size = count(kind == 0 || kind == 2 ? 4 : 8);
            return switch (kind) {
                case 0 -> {
                    float[] values = new float[size];
                    buffer.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
                    buffer.position(buffer.position() + 4 * size);
                    yield new Tensor.Float32(shape, values);
                }
                case 1 -> {
                    double[] values = new double[size];
                    buffer.slice().order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(values);
                    buffer.position(buffer.position() + 8 * size);
                    yield new Tensor.Float64(shape, values);
                }
                case 2 -> {
                    int[] values = new int[size];
                    buffer.slice().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(values);
                    buffer.position(buffer.position() + 4 * size);
                    yield new Tensor.Int32(shape, values);
                }
                case 3 -> {
                    long[] values = new long[size];
                    buffer.slice().order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(values);
                    buffer.position(buffer.position() + 8 * size);
                    yield new Tensor.Int64(shape, values);
                }
                default -> throw new IllegalArgumentException("element type " + kind);
            };
        }

        void end() {
            if (buffer.hasRemaining()) {
                throw new IllegalArgumentException(buffer.remaining() + " bytes too many");
            }
        }

        private void need(long bytes) {
            if (buffer.remaining() < bytes) {
                throw new IllegalArgumentException(
                        "ends after " + buffer.capacity() + " bytes, where more are said to follow",
                        new BufferUnderflowException());
            }
        }
    }
}
