package org.phasezoo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.phasezoo.engine.KernelHashes;

class SelfCheckTest {
    @Test
    void every_kernel_family_gives_its_pinned_hash_on_this_machine() {
        assertThat(SelfCheck.differing(KernelHashes.all())).isEmpty();
    }

    @Test
    void a_kernel_that_gives_other_bits_is_named() {
        SequencedMap<String, String> hashes = new LinkedHashMap<>(KernelHashes.all());
        hashes.put("sum.float32", "0");
        assertThat(SelfCheck.differing(hashes)).containsExactly("sum.float32");
    }
}
