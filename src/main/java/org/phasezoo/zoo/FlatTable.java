package org.phasezoo.zoo;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/// An Arrow file of text, whole numbers and reals: uncompressed, no dictionaries, batches of 65,536
/// rows. A field of a row is a `String`, `Long`, `Double`, or null where it is absent; NaN is
/// written as absent.
final class FlatTable {
    private static final int ROWS_A_BATCH = 1 << 16;

    private FlatTable() {}

    enum Kind {
        TEXT(new ArrowType.Utf8()),
        WHOLE(new ArrowType.Int(64, true)),
        REAL(new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE));

        final ArrowType type;

        Kind(ArrowType type) {
            this.type = type;
        }
    }

    /// A column; text is never absent, numbers may be.
    record Column(String name, Kind kind) {
        Field field() {
            return new Field(name, new FieldType(kind != Kind.TEXT, kind.type, null), List.of());
        }
    }

    static Schema schema(List<Column> columns) {
        return new Schema(columns.stream().map(Column::field).toList());
    }

    static void write(Path file, List<Column> columns, Iterable<@Nullable Object[]> rows)
            throws IOException {
        try (Writer out = new Writer(file, columns)) {
            for (@Nullable Object[] row : rows) {
                out.row(row);
            }
        }
    }

    /// Writes rows as they come; `close` ends the file.
    static final class Writer implements AutoCloseable {
        private final List<Column> columns;
        private final Batches batches;

        Writer(Path file, List<Column> columns) throws IOException {
            this.columns = List.copyOf(columns);
            batches = new Batches(file, schema(columns), VectorSchemaRoot::allocateNew);
        }

        void row(@Nullable Object... fields) throws IOException {
            VectorSchemaRoot root = batches.root();
            int rows = batches.rows();
            for (int c = 0; c < columns.size(); c++) {
                Object field = fields[c];
                switch (columns.get(c).kind()) {
                    case TEXT -> {
                        byte[] text =
                                (field == null ? "" : (String) field)
                                        .getBytes(StandardCharsets.UTF_8);
                        ((VarCharVector) root.getVector(c)).setSafe(rows, text);
                    }
                    case WHOLE -> {
                        BigIntVector vector = (BigIntVector) root.getVector(c);
                        if (field instanceof Long whole) {
                            vector.setSafe(rows, whole);
                        } else {
                            vector.setSafe(rows, 0L);
                            vector.setNull(rows);
                        }
                    }
                    case REAL -> {
                        Float8Vector vector = (Float8Vector) root.getVector(c);
                        if (field instanceof Double real && !real.isNaN()) {
                            vector.setSafe(rows, real);
                        } else {
                            vector.setSafe(rows, 0.0);
                            vector.setNull(rows);
                        }
                    }
                }
            }
            batches.next(ROWS_A_BATCH);
        }

        @Override
        public void close() throws IOException {
            batches.close();
        }
    }

    /// The rows of a file that has exactly these columns.
    static List<@Nullable Object[]> read(Path file, List<Column> columns) throws IOException {
        try (BufferAllocator allocator = new RootAllocator();
                FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                ArrowFileReader reader = new ArrowFileReader(channel, allocator)) {
            VectorSchemaRoot root = reader.getVectorSchemaRoot();
            if (!root.getSchema().equals(schema(columns))) {
                throw new DamagedFile(
                        file,
                        "columns "
                                + names(root.getSchema())
                                + ", where the format has "
                                + names(schema(columns)));
            }
            List<@Nullable Object[]> rows = new ArrayList<>();
            while (reader.loadNextBatch()) {
                for (int r = 0; r < root.getRowCount(); r++) {
                    @Nullable Object[] row = new Object[columns.size()];
                    for (int c = 0; c < row.length; c++) {
                        row[c] = field(root.getVector(c), r);
                    }
                    rows.add(row);
                }
            }
            return rows;
        } catch (RuntimeException e) {
            throw new DamagedFile(
                    file, "Arrow cannot read it (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static @Nullable Object field(FieldVector vector, int row) {
        if (vector.isNull(row)) {
            return null;
        }
        return switch (vector) {
            case VarCharVector text -> new String(text.get(row), StandardCharsets.UTF_8);
            case BigIntVector whole -> whole.get(row);
            case Float8Vector real -> real.get(row);
            default -> throw new IllegalStateException("a vector of " + vector.getField());
        };
    }

    private static List<String> names(Schema schema) {
        return schema.getFields().stream().map(f -> f.getName() + ": " + f.getType()).toList();
    }
}
