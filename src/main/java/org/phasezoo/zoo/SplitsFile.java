package org.phasezoo.zoo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/// `splits.arrow`, a row a split: `data`, the file of its examples; `members`, the ids of those
/// that have it; `train` and `test`, rows of that file in the split's order.
final class SplitsFile {
    static final String NAME = "splits.arrow";
    private static final int BYTES_A_BATCH = 1 << 20;

    private SplitsFile() {}

    private static Field field(String name, ArrowType type, Field... children) {
        return new Field(name, FieldType.notNullable(type), List.of(children));
    }

    private static Schema schema() {
        ArrowType list = new ArrowType.List();
        Field text = field("item", new ArrowType.Utf8());
        Field row = field("item", new ArrowType.Int(32, true));
        return new Schema(
                List.of(
                        field("data", new ArrowType.Utf8()),
                        field("members", list, text),
                        field("train", list, row),
                        field("test", list, row)));
    }

    /// Writes rows as they come; `close` ends the file.
    static final class Writer implements AutoCloseable {
        private final Batches batches;
        private long bytes;

        Writer(Path file) throws IOException {
            batches = new Batches(file, schema(), VectorSchemaRoot::allocateNew);
        }

        void add(String data, List<String> members, int[] train, int[] test) throws IOException {
            long more = 64L * members.size() + 4L * (train.length + test.length);
            if (batches.rows() > 0 && bytes + more > BYTES_A_BATCH) {
                batches.flush();
                bytes = 0;
            }
            VectorSchemaRoot root = batches.root();
            int rows = batches.rows();
            ((VarCharVector) root.getVector(0)).setSafe(rows, utf8(data));
            ListVector ids = (ListVector) root.getVector(1);
            int at = ids.startNewValue(rows);
            for (int i = 0; i < members.size(); i++) {
                ((VarCharVector) ids.getDataVector()).setSafe(at + i, utf8(members.get(i)));
            }
            ids.endValue(rows, members.size());
            places(2, train);
            places(3, test);
            batches.next(Integer.MAX_VALUE);
            bytes += more;
        }

        private static byte[] utf8(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        private void places(int column, int[] places) {
            ListVector list = (ListVector) batches.root().getVector(column);
            int at = list.startNewValue(batches.rows());
            for (int i = 0; i < places.length; i++) {
                ((IntVector) list.getDataVector()).setSafe(at + i, places[i]);
            }
            list.endValue(batches.rows(), places.length);
        }

        @Override
        public void close() throws IOException {
            batches.close();
        }
    }
}
