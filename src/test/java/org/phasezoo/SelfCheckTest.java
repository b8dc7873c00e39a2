package org.phasezoo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.phasezoo.engine.KernelHashes;

class SelfCheckTest {
    @Test
    void every_kernel_family_gives_its_pinned_bits() {
        assertThat(SelfCheck.differing(KernelHashes.all())).isEmpty();
    }

    @Test
    void a_family_with_other_bits_is_named() {
        TreeMap<String, String> hashes = new TreeMap<>(KernelHashes.all());
        hashes.put(hashes.firstKey(), "0");
        assertThat(SelfCheck.differing(hashes)).containsExactly(hashes.firstKey());
    }

    @Test
    void multiply_adds_are_done_by_hardware_where_tests_run() {
        assertThat(SelfCheck.hardwareFma()).isTrue();
    }
}
