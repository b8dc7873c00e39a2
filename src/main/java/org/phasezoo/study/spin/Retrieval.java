package org.phasezoo.study.spin;

import org.phasezoo.random.Draws;
import org.phasezoo.study.Power;

/// One retrieval of [DenseHebb]: sweeps over blocks of spins that start from an archetype.
final class Retrieval {
    private final DenseHebb study;
    private final DenseHebbMemory memory;
    private final byte[] spin;
    private final int[] overlap;

    /// M r^P (N − 1)^{P−1}, the signal.
    private final double unit;

    private Retrieval(DenseHebb study, DenseHebbMemory memory, byte[] archetype) {
        this.study = study;
        this.memory = memory;
        this.spin = archetype.clone();
        this.overlap = memory.overlaps(spin);
        this.unit =
                study.examples()
                        * Power.of(study.quality(), study.order())
                        * Power.of(study.spins() - 1, study.order() - 1);
    }

    /// What a retrieval gives.
    ///
    /// @param settled the overlap with the archetype, over the last half of the sweeps
    /// @param settledExample the same with its first example
    /// @param oneStep the mean of ξ_i sign(h_i) at the archetype
    /// @param energy at the end
    /// @param trace the overlap with the archetype before the first and after each sweep
    record Result(
            double settled, double settledExample, double oneStep, double energy, double[] trace) {}

    /// @param flips spin i's draw in a sweep is at (start · sweeps + sweep) N + i
    static Result of(DenseHebb study, DenseHebbMemory memory, int start, Draws flips) {
        byte[] archetype = memory.archetype(start);
        byte[] example = memory.firstExample(start);
        Retrieval retrieval = new Retrieval(study, memory, archetype);
        double oneStep = retrieval.agreement(archetype);
        int sweeps = study.sweeps();
        int from = sweeps / 2;
        double[] trace = new double[sweeps + 1];
        trace[0] = 1;
        double settled = 0;
        double settledExample = 0;
        boolean fixed = false;
        for (int sweep = 0; sweep < sweeps; sweep++) {
            if (!fixed) {
                long offset = ((long) start * sweeps + sweep) * study.spins();
                boolean turned = retrieval.sweep(flips, offset);
                // without noise a sweep that turns no spin would only repeat itself
                fixed = !turned && study.temperature() == 0;
            }
            trace[sweep + 1] = DenseHebbMemory.overlap(retrieval.spin, archetype);
            if (sweep >= from) {
                settled += trace[sweep + 1];
                settledExample += DenseHebbMemory.overlap(retrieval.spin, example);
            }
        }
        return new Result(
                settled / (sweeps - from),
                settledExample / (sweeps - from),
                oneStep,
                retrieval.energy(),
                trace);
    }

    /// The mean of ξ_i sign(h_i).
    private double agreement(byte[] archetype) {
        double aligned = 0;
        for (int i = 0; i < spin.length; i++) {
            aligned += Long.signum(memory.field(i, spin, overlap)) * archetype[i];
        }
        return aligned / spin.length;
    }

    /// One sweep; whether it turned any spin.
    private boolean sweep(Draws flips, long offset) {
        double temperature = study.temperature();
        int spins = spin.length;
        byte[] next = new byte[spins];
        boolean turned = false;
        for (int block = 0; block < study.blocks(); block++) {
            int low = block * spins / study.blocks();
            int high = (block + 1) * spins / study.blocks();
            for (int i = low; i < high; i++) {
                long field = memory.field(i, spin, overlap);
                if (temperature == 0) {
                    next[i] = field == 0 ? spin[i] : (byte) Long.signum(field);
                } else {
                    double up = 1 / (1 + StrictMath.exp(-2 * (field / unit) / temperature));
                    next[i] = (byte) (flips.uniform(offset + i) < up ? 1 : -1);
                }
            }
            for (int i = low; i < high; i++) {
                if (next[i] != spin[i]) {
                    spin[i] = next[i];
                    memory.turn(i, spin[i], overlap);
                    turned = true;
                }
            }
        }
        return turned;
    }

    /// −Σ n^P/(P M r^P N^P): −1/P where every example of one archetype overlaps by r and the others
    /// not at all.
    private double energy() {
        int order = study.order();
        double sum = 0;
        for (int n : overlap) {
            sum += Power.of(n, order);
        }
        return -sum
                / (order
                        * study.examples()
                        * Power.of(study.quality(), order)
                        * Power.of(study.spins(), order));
    }
}
