package org.phasezoo.zoo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/// The frames of a work log: after eight bytes of magic, each frame is `{payload length: int32, id
/// length: int32, sequence: int64, id, SHA-256 over all the others, payload}`, little-endian. A
/// file is good up to its first bad frame.
final class Frames {
    static final int HEADER = 16;
    private static final int HASH = 32;
    private static final int LONGEST_ID = 1 << 16;
    private static final byte[] MAGIC = "phasezo1".getBytes(StandardCharsets.US_ASCII);

    private Frames() {}

    /// Where a good frame's payload lies.
    record Frame(String id, long sequence, long offset, int length) {}

    /// The good frames of a file and the offset at which the first bad one, or the end, begins; 0
    /// when not even the magic is there.
    record Good(List<Frame> frames, long end) {}

    static ByteBuffer magic() {
        return ByteBuffer.wrap(MAGIC);
    }

    static ByteBuffer frame(String id, long sequence, byte[] payload) {
        byte[] name = id.getBytes(StandardCharsets.UTF_8);
        if (name.length == 0 || name.length > LONGEST_ID) {
            throw new IllegalArgumentException(
                    "an id of " + name.length + " bytes; 1 to " + LONGEST_ID + " are allowed");
        }
        ByteBuffer frame =
                ByteBuffer.allocate(Math.addExact(HEADER + name.length + HASH, payload.length))
                        .order(ByteOrder.LITTLE_ENDIAN);
        frame.putInt(payload.length).putInt(name.length).putLong(sequence).put(name);
        frame.put(hash(frame.array(), HEADER + name.length, payload)).put(payload);
        return frame.flip();
    }

    static Good scan(FileChannel channel) throws IOException {
        List<Frame> frames = new ArrayList<>();
        long size = channel.size();
        if (size < MAGIC.length || !magic().equals(read(channel, 0, MAGIC.length))) {
            return new Good(frames, 0);
        }
        long at = MAGIC.length;
        while (at + HEADER <= size) {
            ByteBuffer header = read(channel, at, HEADER);
            long payload = header.getInt();
            long id = header.getInt();
            long sequence = header.getLong();
            long whole = HEADER + id + HASH + payload;
            if (payload < 0 || id <= 0 || id > LONGEST_ID || whole > size - at) {
                break;
            }
            ByteBuffer body = read(channel, at, Math.toIntExact(whole));
            byte[] bytes = body.array();
            int head = Math.toIntExact(HEADER + id);
            MessageDigest digest = Digest.sha256();
            digest.update(bytes, 0, head);
            digest.update(bytes, head + HASH, (int) payload);
            if (!ByteBuffer.wrap(digest.digest()).equals(ByteBuffer.wrap(bytes, head, HASH))) {
                break;
            }
            String name = new String(bytes, HEADER, (int) id, StandardCharsets.UTF_8);
            frames.add(new Frame(name, sequence, at + head + HASH, (int) payload));
            at += whole;
        }
        return new Good(List.copyOf(frames), at);
    }

    static ByteBuffer read(FileChannel channel, long from, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, from + buffer.position()) < 0) {
                throw new IOException("the file ended while it was read");
            }
        }
        return buffer.flip();
    }

    private static byte[] hash(byte[] header, int length, byte[] payload) {
        MessageDigest digest = Digest.sha256();
        digest.update(header, 0, length);
        digest.update(payload);
        return digest.digest();
    }
}
