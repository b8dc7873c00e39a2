package org.phasezoo.random;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The key of a counter-based stream of draws: the first 8 bytes (big-endian) of SHA-256 over the
/// canonical JSON `{axes, purpose, seed, stream}`.
public record Key(long bits) {
    /// The key of a canonical JSON text.
    public static Key of(String canonicalJson) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(canonicalJson.getBytes(StandardCharsets.UTF_8));
            return new Key(ByteBuffer.wrap(hash).getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
