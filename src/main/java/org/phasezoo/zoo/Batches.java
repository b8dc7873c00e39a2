package org.phasezoo.zoo;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.types.pojo.Schema;

/// A new Arrow file, written batch by batch; `close` writes what is left and ends it.
final class Batches implements AutoCloseable {
    private final BufferAllocator allocator = new RootAllocator();
    private final FileChannel channel;
    private final VectorSchemaRoot root;
    private final ArrowFileWriter writer;
    private final Consumer<VectorSchemaRoot> allocate;
    private int rows;

    /// @param allocate gives the vectors of a batch their memory
    Batches(Path file, Schema schema, Consumer<VectorSchemaRoot> allocate) throws IOException {
        this.allocate = allocate;
        channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        root = VectorSchemaRoot.create(schema, allocator);
        writer = new ArrowFileWriter(root, null, channel);
        writer.start();
        allocate.accept(root);
    }

    /// Memory for so many rows.
    static Consumer<VectorSchemaRoot> ofRows(int rows) {
        return root ->
                root.getFieldVectors()
                        .forEach(vector -> {
                            vector.setInitialCapacity(rows);
                            vector.allocateNew();
                        });
    }

    VectorSchemaRoot root() {
        return root;
    }

    /// Rows of the present batch.
    int rows() {
        return rows;
    }

    /// Counts the row that has been set, and writes the batch when it has so many.
    void next(int atMost) throws IOException {
        if (++rows == atMost) {
            flush();
        }
    }

    void flush() throws IOException {
        root.setRowCount(rows);
        writer.writeBatch();
        root.clear();
        allocate.accept(root);
        rows = 0;
    }

    @Override
    public void close() throws IOException {
        try (channel;
                allocator;
                root;
                writer) {
            if (rows > 0) {
                flush();
            }
            writer.end();
        }
    }
}
