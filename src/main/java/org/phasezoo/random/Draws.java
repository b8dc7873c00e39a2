package org.phasezoo.random;

/// Draws under one key. A draw is a function of its logical index alone: not of how many came before, of the thread, or
/// of the vector width. Draws of different kinds at one index are not independent; give each purpose its own key.
///
/// Not safe for use by several threads at once (it reuses one buffer).
public final class Draws {
    private static final double TWO_TO_MINUS_53 = 0x1p-53;

    private final long key;
    private final int[] words = new int[4];

    public Draws(Key key) {
        this.key = key.bits();
    }

    private long word64(long index, int half) {
        if (half == 0) {
            Philox.words(key, index, words);
        }
        return ((long) words[2 * half + 1] << 32) | (words[2 * half] & 0xFFFFFFFFL);
    }

    /// A uniform draw in [0, 1), a multiple of 2⁻⁵³.
    public double uniform(long index) {
        return (word64(index, 0) >>> 11) * TWO_TO_MINUS_53;
    }

    /// A standard normal draw, by the cosine half of Box and Muller's transform on the two 64-bit words at `index`.
    public double normal(long index) {
        double radius = ((word64(index, 0) >>> 11) + 1) * TWO_TO_MINUS_53;
        double angle = (word64(index, 1) >>> 11) * TWO_TO_MINUS_53;
        return Math.sqrt(-2 * StrictMath.log(radius)) * StrictMath.cos(2 * StrictMath.PI * angle);
    }

    /// Two independent standard normal draws, both halves of Box and Muller's transform at `index`; the first is
    /// [#normal]. They are written to `out[0]` and `out[1]`.
    public void normalPairInto(long index, double[] out) {
        double radius = ((word64(index, 0) >>> 11) + 1) * TWO_TO_MINUS_53;
        double angle = 2 * StrictMath.PI * ((word64(index, 1) >>> 11) * TWO_TO_MINUS_53);
        double length = Math.sqrt(-2 * StrictMath.log(radius));
        out[0] = length * StrictMath.cos(angle);
        out[1] = length * StrictMath.sin(angle);
    }

    /// A uniform draw from 0 … bound − 1; its bias is below bound · 2⁻⁶⁴.
    public int below(long index, int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("bound is " + bound + "; it must be at least 1");
        }
        return (int) Math.unsignedMultiplyHigh(word64(index, 0), bound);
    }

    /// −1 or +1 with equal probability.
    public int sign(long index) {
        return word64(index, 0) < 0 ? -1 : 1;
    }

    /// The `row`-th uniform permutation of 0 … n − 1 under this key: Fisher and Yates' shuffle, draw (row, i) at index
    /// row · n + i.
    public int[] permutation(long row, int n) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        for (int i = n - 1; i > 0; i--) {
            int j = below(row * n + i, i + 1);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
        return order;
    }

    /// The first uniform permutation of 0 … n − 1 under this key.
    public int[] permutation(int n) {
        return permutation(0, n);
    }

    /// A draw from Beta(shape, shape) for a whole `shape`: the ratio of two sums of `shape` exponential draws, which take
    /// the indices 2 · shape · index onwards.
    public double symmetricBeta(long index, int shape) {
        double left = 0;
        double right = 0;
        for (int i = 0; i < shape; i++) {
            left -= StrictMath.log(uniform(2L * shape * index + i) + TWO_TO_MINUS_53);
            right -= StrictMath.log(uniform(2L * shape * index + shape + i) + TWO_TO_MINUS_53);
        }
        return left / (left + right);
    }
}
