package org.phasezoo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KernelHashesTest {
    @Test
    void every_family_gives_its_pinned_bits() throws IOException {
        assertThat(KernelHashes.wrong()).isEmpty();
        List<String> pinned = new ArrayList<>();
        KernelHashes.pinned().fieldNames().forEachRemaining(pinned::add);
        assertThat(KernelHashes.all().sequencedKeySet()).containsExactlyInAnyOrderElementsOf(pinned);
    }

    @Test
    void multiply_adds_are_done_by_hardware_where_tests_run() {
        assertThat(SelfCheck.hardwareFma()).isTrue();
    }
}
