package org.phasezoo.random;

/// The counter-based generator Philox4x32-10: a bijection of a 128-bit counter under a 64-bit key.
///
/// *Source*: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
public final class Philox {
    private static final long MULTIPLIER_0 = 0xD2511F53L;
    private static final long MULTIPLIER_1 = 0xCD9E8D57L;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;
    private static final int ROUNDS = 10;

    private Philox() {}

    /// Writes the four 32-bit words at counter `(low word of counter, high word of counter, 0, 0)`
    /// into `out`.
    public static void words(long key, long counter, int[] out) {
        words((int) key, (int) (key >>> 32), (int) counter, (int) (counter >>> 32), 0, 0, out);
    }

    static void words(int key0, int key1, int c0, int c1, int c2, int c3, int[] out) {
        for (int round = 0; round < ROUNDS; round++) {
            long p0 = MULTIPLIER_0 * (c0 & 0xFFFFFFFFL);
            long p1 = MULTIPLIER_1 * (c2 & 0xFFFFFFFFL);
            c0 = (int) (p1 >>> 32) ^ c1 ^ key0;
            c1 = (int) p1;
            c2 = (int) (p0 >>> 32) ^ c3 ^ key1;
            c3 = (int) p0;
            key0 += WEYL_0;
            key1 += WEYL_1;
        }
        out[0] = c0;
        out[1] = c1;
        out[2] = c2;
        out[3] = c3;
    }
}
