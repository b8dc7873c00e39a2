package org.phasezoo.zoo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What the workers of an unfinished population, or of unfinished measures, have put down so far:
/// `parts/<worker>.log`, read as one index sorted by id. Where an id stands more than once the
/// frame of the highest sequence counts. Only the index is held in memory. An open log does not see
/// what is appended later.
public final class WorkLog {
    private record Place(Path file, Frames.Frame frame) {}

    private final TreeMap<String, Place> places;

    private WorkLog(TreeMap<String, Place> places) {
        this.places = places;
    }

    /// The id under which checkpoints of an unfinished member stand; their sequence is the slice.
    public static String unfinished(String memberId) {
        return memberId + "/unfinished";
    }

    /// The index over all logs of a folder; each file counts up to its first bad frame. No folder
    /// is an empty log.
    public static WorkLog read(Path parts) throws IOException {
        TreeMap<String, Place> places = new TreeMap<>();
        for (Path file : logs(parts)) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                for (Frames.Frame frame : Frames.scan(channel).frames()) {
                    Place known = places.get(frame.id());
                    if (known == null || frame.sequence() > known.frame().sequence()) {
                        places.put(frame.id(), new Place(file, frame));
                    }
                }
            }
        }
        return new WorkLog(places);
    }

    /// The ids present, sorted.
    public SortedSet<String> ids() {
        return new TreeSet<>(places.keySet());
    }

    /// Whether a frame of this id is present.
    public boolean contains(String id) {
        return places.containsKey(id);
    }

    /// The payload of an id, read from its file.
    ///
    /// @throws IllegalArgumentException when the id is not present
    public byte[] payload(String id) throws IOException {
        Place place = places.get(id);
        if (place == null) {
            throw new IllegalArgumentException("no frame \"" + id + "\" in the work log");
        }
        try (FileChannel channel = FileChannel.open(place.file(), StandardOpenOption.READ)) {
            return Frames.read(channel, place.frame().offset(), place.frame().length()).array();
        }
    }

    /// Removes a folder of logs; does nothing when there is none.
    public static void remove(Path parts) throws IOException {
        if (Files.isDirectory(parts)) {
            for (Path file : logs(parts)) {
                Files.delete(file);
            }
            Files.delete(parts);
        }
    }

    private static List<Path> logs(Path parts) throws IOException {
        if (!Files.isDirectory(parts)) {
            return List.of();
        }
        try (Stream<Path> list = Files.list(parts)) {
            return list.filter(f -> f.toString().endsWith(".log")).sorted().toList();
        }
    }

    /// One worker's log. Not for use by two threads at once.
    public static final class Writer implements AutoCloseable {
        private static final int FRAMES_A_SYNC = 50;
        private final FileChannel channel;
        private int unsynced;

        private Writer(FileChannel channel) {
            this.channel = channel;
        }

        /// Opens `parts/<worker>.log` to append, after cutting off what a kill left torn.
        public static Writer open(Path parts, String worker) throws IOException {
            Files.createDirectories(parts);
            FileChannel channel =
                    FileChannel.open(
                            parts.resolve(worker + ".log"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            try {
                long end = Frames.scan(channel).end();
                channel.truncate(end).position(end);
                Writer writer = new Writer(channel);
                if (end == 0) {
                    writer.write(Frames.magic());
                }
                return writer;
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        }

        /// Appends a frame of sequence 0.
        public void append(String id, byte[] payload) throws IOException {
            append(id, 0, payload);
        }

        /// Appends a frame; of several of one id the highest sequence counts. Every fiftieth frame
        /// is synced.
        public void append(String id, long sequence, byte[] payload) throws IOException {
            write(Frames.frame(id, sequence, payload));
            if (++unsynced >= FRAMES_A_SYNC) {
                sync();
            }
        }

        /// Forces what was appended to the disk. The caller does so about once a second.
        public void sync() throws IOException {
            channel.force(false);
            unsynced = 0;
        }

        @Override
        public void close() throws IOException {
            try (channel) {
                sync();
            }
        }

        private void write(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }
}
