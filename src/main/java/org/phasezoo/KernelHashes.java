package org.phasezoo;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.phasezoo.document.Digest;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;

/// A hash of what each kernel family gives for fixed inputs, computed when asked.
final class KernelHashes {
    private static final int DRAWS = 4096;

    private KernelHashes() {}

    /// Family to SHA-256.
    static SequencedMap<String, String> all() {
        SequencedMap<String, String> hashes = new LinkedHashMap<>();
        Draws draws = new Draws(Key.of("{\"purpose\":\"doctor\"}"));
        ByteBuffer uniform = ByteBuffer.allocate(DRAWS * Double.BYTES);
        ByteBuffer normal = ByteBuffer.allocate(DRAWS * Double.BYTES);
        for (int i = 0; i < DRAWS; i++) {
            uniform.putDouble(draws.uniform(i));
            normal.putDouble(draws.normal(i));
        }
        hashes.put("random.uniform", Digest.of(uniform.array()));
        hashes.put("random.normal", Digest.of(normal.array()));
        return hashes;
    }
}
