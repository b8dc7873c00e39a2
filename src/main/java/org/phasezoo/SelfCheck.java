package org.phasezoo;

import java.io.IOException;
import java.util.List;

/// Refuses to compute on a machine that could not give the released bytes in a reasonable time.
final class SelfCheck {
    private static final int CALLS = 400;
    private static final long NANOS_A_CALL = 1500;

    private SelfCheck() {}

    /// Whether `Math.fma` is done by hardware: in software a call takes about 10 µs, in hardware less than 1 µs even
    /// when interpreted. The best of five rounds counts.
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

    /// @throws Refusal when multiply-adds are slow and `--slow` was not given, or a kernel gives other bits than it must
    static void require(boolean slow) throws IOException {
        if (!slow && !hardwareFma()) {
            throw Refusal.usage("this JVM does multiply-adds in software (10 µs each); write --slow to run nevertheless");
        }
        List<String> wrong = KernelHashes.wrong();
        if (!wrong.isEmpty()) {
            throw Refusal.mismatch(
                    "the kernels " + String.join(", ", wrong)
                            + " give other bits on this machine than they must; nothing was computed",
                    List.of());
        }
    }
}
