package org.phasezoo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.SequencedMap;
import org.phasezoo.engine.KernelHashes;

/// Refuses to compute on a machine that could not give the released bytes in a reasonable time.
final class SelfCheck {
    private static final int CALLS = 400;
    private static final long NANOS_A_CALL = 1500;

    private SelfCheck() {}

    /// Whether `Math.fma` is done by hardware: in software a call takes about 10 µs, in hardware
    /// less than 1 µs even when interpreted. The best of five rounds counts.
    static boolean hardwareFma() {
        long best = Long.MAX_VALUE;
        double value = 1.1;
        for (int round = 0; round < 5; round++) {
            long begun = System.nanoTime();
            for (int i = 0; i < CALLS; i++) {
                value = Math.fma(value, 0.9999999, 1e-9);
            }
            best = Math.min(best, System.nanoTime() - begun);
        }
        return best < CALLS * NANOS_A_CALL && value > 0;
    }

    /// Kernel families whose hash is not the pinned one on this machine.
    static List<String> differing(SequencedMap<String, String> hashes) {
        Properties pinned = new Properties();
        try (InputStream resource = SelfCheck.class.getResourceAsStream("kernels.properties")) {
            pinned.load(
                    Objects.requireNonNull(
                            resource, "the resource kernels.properties is missing from the build"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> differing = new ArrayList<>();
        hashes.forEach((family, hash) -> {
            if (!hash.equals(pinned.getProperty(family))) {
                differing.add(family);
            }
        });
        return differing;
    }

    /// @throws Refusal when multiply-adds are slow and `--slow` was not given, or when a machine
    ///   other than x86-64 gives other bits than the pinned ones
    static void require(boolean slow) {
        if (!System.getProperty("os.arch").equals("amd64")) {
            List<String> differing = differing(KernelHashes.all());
            if (!differing.isEmpty()) {
                throw Refusal.mismatch(
                        "this machine's kernels give other bits: "
                                + String.join(", ", differing)
                                + "; results here would not be phasezoo's",
                        List.of());
            }
        }
        if (!slow && !hardwareFma()) {
            throw Refusal.usage(
                    "this JVM does multiply-adds in software (10 µs each); write --slow to run nevertheless");
        }
    }
}
