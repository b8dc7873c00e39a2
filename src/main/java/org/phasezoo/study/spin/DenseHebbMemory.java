package org.phasezoo.study.spin;

import org.phasezoo.random.Draws;

/// The stored examples of a dense Hebbian network, spin by spin, and the whole-number sums over
/// them.
final class DenseHebbMemory {
    private final int spins;
    private final int patterns;
    private final int examples;

    /// the archetypes, one row each
    private final byte[][] archetypes;

    /// the examples, stored by spin and then by a · patterns + µ, so that a spin's examples lie
    /// side by side
    private final byte[][] stored;

    /// power[n + spins + 1] = n^{P−1}
    private final long[] power;

    private DenseHebbMemory(DenseHebb study) {
        this.spins = study.spins();
        this.patterns = study.patterns();
        this.examples = study.examples();
        this.archetypes = new byte[patterns][spins];
        this.stored = new byte[spins][patterns * examples];
        this.power = new long[2 * spins + 3];
        for (int n = -spins - 1; n <= spins + 1; n++) {
            long value = 1;
            for (int k = 1; k < study.order(); k++) {
                value *= n;
            }
            power[n + spins + 1] = value;
        }
    }

    static DenseHebbMemory draw(DenseHebb study, Draws archetypes, Draws flips) {
        DenseHebbMemory memory = new DenseHebbMemory(study);
        double keep = (1 + study.quality()) / 2;
        for (int mu = 0; mu < memory.patterns; mu++) {
            for (int i = 0; i < memory.spins; i++) {
                memory.archetypes[mu][i] =
                        (byte) (archetypes.uniform((long) mu * memory.spins + i) < .5 ? 1 : -1);
            }
        }
        for (int a = 0; a < memory.examples; a++) {
            for (int mu = 0; mu < memory.patterns; mu++) {
                long index = (((long) a << 20) + mu) * memory.spins;
                for (int i = 0; i < memory.spins; i++) {
                    byte xi = memory.archetypes[mu][i];
                    memory.stored[i][a * memory.patterns + mu] =
                            flips.uniform(index + i) < keep ? xi : (byte) -xi;
                }
            }
        }
        return memory;
    }

    byte[] archetype(int mu) {
        return archetypes[mu].clone();
    }

    byte[] firstExample(int mu) {
        byte[] example = new byte[spins];
        for (int i = 0; i < spins; i++) {
            example[i] = stored[i][mu];
        }
        return example;
    }

    /// n_c = Σ_i η_i^c s_i for every stored example c.
    int[] overlaps(byte[] spin) {
        int[] overlap = new int[patterns * examples];
        for (int i = 0; i < spins; i++) {
            byte[] eta = stored[i];
            int s = spin[i];
            for (int c = 0; c < overlap.length; c++) {
                overlap[c] += eta[c] * s;
            }
        }
        return overlap;
    }

    /// h_i = Σ_c η_i^c (n_c − η_i^c s_i)^{P−1}, exact.
    long field(int i, byte[] spin, int[] overlap) {
        byte[] eta = stored[i];
        int s = spin[i];
        int zero = spins + 1;
        // whole numbers: two running sums give the same as one, sooner
        long even = 0;
        long odd = 0;
        int c = 0;
        for (; c + 1 < overlap.length; c += 2) {
            int e = eta[c];
            int f = eta[c + 1];
            even += e * power[overlap[c] - e * s + zero];
            odd += f * power[overlap[c + 1] - f * s + zero];
        }
        return c < overlap.length
                ? even + odd + eta[c] * power[overlap[c] - eta[c] * s + zero]
                : even + odd;
    }

    /// Spin i has just become `now`, the other sign: brings the overlaps up to date in place.
    void turn(int i, int now, int[] overlap) {
        byte[] eta = stored[i];
        int change = 2 * now;
        for (int c = 0; c < overlap.length; c++) {
            overlap[c] += eta[c] * change;
        }
    }

    /// The overlap of two states, Σ aᵢ bᵢ / N.
    static double overlap(byte[] a, byte[] b) {
        int sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return (double) sum / a.length;
    }
}
