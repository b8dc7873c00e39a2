package org.phasezoo.zoo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.phasezoo.study.Arrays;
import org.phasezoo.study.Tensor;

/// `weights-<architecture>.arrow`: columns `member`, `checkpoint`, `update`, `digest`, then a
/// fixed-size list a tensor, its shape in the field's metadata. The digest is SHA-256 in hex over
/// the row's tensor columns' little-endian bytes in schema order. Nothing is null or compressed. A
/// batch holds the rows that fit into 1 MiB, at least one.
final class WeightsFile {
    private static final int BYTES_A_BATCH = 1 << 20;
    private static final int LEADING = 4;

    private WeightsFile() {}

    /// A row's place and what it holds.
    record Place(
            String member, String checkpoint, long update, String digest, int batch, int row) {}

    /// The digest of tensors in order.
    static String digest(Arrays weights) {
        MessageDigest digest = Digest.sha256();
        for (Tensor tensor : weights.tensors().values()) {
            digest.update(bytes(tensor));
        }
        return Digest.hex(digest);
    }

    private static ByteBuffer bytes(Tensor tensor) {
        return switch (tensor) {
            case Tensor.Float32(_, float[] values) -> {
                ByteBuffer bytes =
                        ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
                for (float v : values) {
                    bytes.putInt(Float.floatToIntBits(v));
                }
                yield bytes.flip();
            }
            case Tensor.Float64(_, double[] values) -> {
                ByteBuffer bytes =
                        ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
                for (double v : values) {
                    bytes.putLong(Double.doubleToLongBits(v));
                }
                yield bytes.flip();
            }
            case Tensor.Int32 _, Tensor.Int64 _ ->
                    throw new IllegalArgumentException("weights are of float32 or float64");
        };
    }

    private static Field leading(String name, ArrowType type) {
        return new Field(name, FieldType.notNullable(type), List.of());
    }

    static Field field(String name, Tensor tensor) {
        if (tensor.size() == 0) {
            throw new IllegalArgumentException("tensor \"" + name + "\" is empty");
        }
        FloatingPointPrecision precision =
                tensor instanceof Tensor.Float32
                        ? FloatingPointPrecision.SINGLE
                        : FloatingPointPrecision.DOUBLE;
        Field element = leading("item", new ArrowType.FloatingPoint(precision));
        TreeMap<String, String> metadata = new TreeMap<>();
        metadata.put("shape", shape(tensor.shape()));
        return new Field(
                name,
                new FieldType(false, new ArrowType.FixedSizeList(tensor.size()), null, metadata),
                List.of(element));
    }

    /// Writes a row of a column of tensors.
    static void put(FixedSizeListVector list, int row, Tensor tensor) {
        list.setNotNull(row);
        int at = row * tensor.size();
        switch (tensor) {
            case Tensor.Float32(_, float[] values) -> {
                Float4Vector data = (Float4Vector) list.getDataVector();
                for (int i = 0; i < values.length; i++) {
                    data.setSafe(at + i, Float.isNaN(values[i]) ? Float.NaN : values[i]);
                }
            }
            case Tensor.Float64(_, double[] values) -> {
                Float8Vector data = (Float8Vector) list.getDataVector();
                for (int i = 0; i < values.length; i++) {
                    data.setSafe(at + i, Numbers.canonical(values[i]));
                }
            }
            case Tensor.Int32 _, Tensor.Int64 _ ->
                    throw new IllegalArgumentException("weights are of float32 or float64");
        }
    }

    private static String shape(List<Integer> shape) {
        return shape.toString().replace(" ", "");
    }

    private static Schema schema(Arrays weights) {
        List<Field> fields = new ArrayList<>();
        fields.add(leading("member", new ArrowType.Utf8()));
        fields.add(leading("checkpoint", new ArrowType.Utf8()));
        fields.add(leading("update", new ArrowType.Int(64, true)));
        fields.add(leading("digest", new ArrowType.Utf8()));
        weights.tensors().forEach((name, tensor) -> fields.add(field(name, tensor)));
        return new Schema(fields);
    }

    /// Writes rows as they come; `close` ends the file.
    static final class Writer implements AutoCloseable {
        private final Schema schema;
        private final Batches batches;
        private final int rowsABatch;

        /// A file for weights of the same names, shapes and element types as `first`.
        Writer(Path file, Arrays first) throws IOException {
            schema = schema(first);
            long rowBytes = 0;
            for (Tensor tensor : first.tensors().values()) {
                rowBytes += (tensor instanceof Tensor.Float32 ? 4L : 8L) * tensor.size();
            }
            rowsABatch = (int) Math.clamp(BYTES_A_BATCH / Math.max(1, rowBytes), 1, 1 << 14);
            batches = new Batches(file, schema, Batches.ofRows(rowsABatch));
        }

        void add(String member, MemberRecord.Kept kept) throws IOException {
            if (!schema(kept.weights()).equals(schema)) {
                throw new IllegalArgumentException(
                        "member "
                                + member
                                + ", checkpoint "
                                + kept.name()
                                + ": tensors differ in name, shape or type from the others of its architecture");
            }
            text(0, member);
            text(1, kept.name());
            VectorSchemaRoot root = batches.root();
            int row = batches.rows();
            ((BigIntVector) root.getVector(2)).setSafe(row, kept.update());
            text(3, digest(kept.weights()));
            int column = LEADING;
            for (Tensor tensor : kept.weights().tensors().values()) {
                FixedSizeListVector list = (FixedSizeListVector) root.getVector(column++);
                put(list, row, tensor);
            }
            batches.next(rowsABatch);
        }

        private void text(int column, String text) {
            ((VarCharVector) batches.root().getVector(column))
                    .setSafe(batches.rows(), text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void close() throws IOException {
            batches.close();
        }
    }

    /// What rows a file has, in order, without their tensors.
    static List<Place> places(Path file) throws IOException {
        try (BufferAllocator allocator = new RootAllocator();
                FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                ArrowFileReader reader = new ArrowFileReader(channel, allocator)) {
            VectorSchemaRoot root = reader.getVectorSchemaRoot();
            check(file, root.getSchema());
            List<Place> places = new ArrayList<>();
            for (int batch = 0; reader.loadNextBatch(); batch++) {
                VarCharVector member = (VarCharVector) root.getVector(0);
                VarCharVector checkpoint = (VarCharVector) root.getVector(1);
                BigIntVector update = (BigIntVector) root.getVector(2);
                VarCharVector digest = (VarCharVector) root.getVector(3);
                for (int r = 0; r < root.getRowCount(); r++) {
                    places.add(
                            new Place(
                                    text(member, r),
                                    text(checkpoint, r),
                                    update.get(r),
                                    text(digest, r),
                                    batch,
                                    r));
                }
            }
            return List.copyOf(places);
        } catch (RuntimeException e) {
            throw new DamagedFile(
                    file, "Arrow cannot read it (" + e.getClass().getSimpleName() + ")");
        }
    }

    /// The tensors of a row.
    static Arrays weights(Path file, Place place) throws IOException {
        try (BufferAllocator allocator = new RootAllocator();
                FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                ArrowFileReader reader = new ArrowFileReader(channel, allocator)) {
            VectorSchemaRoot root = reader.getVectorSchemaRoot();
            reader.loadRecordBatch(reader.getRecordBlocks().get(place.batch()));
            SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
            for (int column = LEADING; column < root.getFieldVectors().size(); column++) {
                FixedSizeListVector list = (FixedSizeListVector) root.getVector(column);
                tensors.put(list.getName(), tensor(list, place.row()));
            }
            return new Arrays(tensors);
        } catch (RuntimeException e) {
            throw new DamagedFile(
                    file, "Arrow cannot read it (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static Tensor tensor(FixedSizeListVector list, int row) {
        List<Integer> shape = shape(String.valueOf(list.getField().getMetadata().get("shape")));
        long at = (long) row * list.getListSize();
        return tensor(list.getDataVector(), at, list.getListSize(), shape);
    }

    /// A tensor out of the elements `at`, `at + 1`, … of a vector of reals.
    static Tensor tensor(FieldVector data, long at, int size, List<Integer> shape) {
        if (data instanceof Float4Vector) {
            float[] values = new float[size];
            for (int i = 0; i < size; i++) {
                values[i] = data.getDataBuffer().getFloat(4 * (at + i));
            }
            return new Tensor.Float32(shape, values);
        }
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = data.getDataBuffer().getDouble(8 * (at + i));
        }
        return new Tensor.Float64(shape, values);
    }

    private static void check(Path file, Schema schema) throws DamagedFile {
        List<Field> fields = schema.getFields();
        List<String> leading = fields.stream().limit(LEADING).map(Field::getName).toList();
        boolean named = leading.equals(List.of("member", "checkpoint", "update", "digest"));
        boolean lists = fields.stream().skip(LEADING).allMatch(WeightsFile::isTensor);
        if (!named || !lists) {
            throw new DamagedFile(file, "its columns are not those of a weights file");
        }
    }

    static boolean isTensor(Field field) {
        if (!(field.getType() instanceof ArrowType.FixedSizeList list)
                || !(field.getChildren().getFirst().getType() instanceof ArrowType.FloatingPoint)) {
            return false;
        }
        long size = 1;
        String shape = field.getMetadata().get("shape");
        if (shape == null || !shape.matches("\\[(\\d+(,\\d+)*)?]")) {
            return false;
        }
        for (int n : shape(shape)) {
            size *= n;
        }
        return size == list.getListSize();
    }

    static List<Integer> shape(String text) {
        List<Integer> shape = new ArrayList<>();
        for (String n : text.substring(1, text.length() - 1).split(",")) {
            if (!n.isEmpty()) {
                shape.add(Integer.parseInt(n));
            }
        }
        return List.copyOf(shape);
    }

    private static String text(VarCharVector vector, int row) {
        return new String(vector.get(row), StandardCharsets.UTF_8);
    }
}
