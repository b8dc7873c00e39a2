package org.phasezoo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// The one writer of `zoo/<suite>/<profile>`: a lock on `.lock` there, held from plan to report.
/// The kernel releases it when its holder dies, however that happens.
final class Lock implements AutoCloseable {
    private final FileChannel channel;

    private Lock(FileChannel channel) {
        this.channel = channel;
    }

    /// Takes the lock of a folder.
    ///
    /// @throws Refusal with exit code 7, naming the holder, when another run has it
    static Lock take(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(".lock");
        FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        @Nullable FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            String holder = holder(channel);
            channel.close();
            throw new Refusal(
                    Exit.BUSY,
                    "busy",
                    "another run (" + holder + ") holds " + folder + "; wait for it or stop it");
        }
        byte[] pid =
                ("process " + ProcessHandle.current().pid() + "\n")
                        .getBytes(StandardCharsets.UTF_8);
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(pid), 0);
        return new Lock(channel);
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(100);
        channel.read(text, 0);
        String holder =
                new String(text.array(), 0, text.position(), StandardCharsets.UTF_8).strip();
        return holder.isEmpty() ? "a process that has just begun" : holder;
    }

    @Override
    public void close() throws IOException {
        channel.truncate(0);
        channel.close();
    }
}
