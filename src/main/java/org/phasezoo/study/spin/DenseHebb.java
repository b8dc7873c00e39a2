package org.phasezoo.study.spin;

import java.util.List;
import org.phasezoo.random.Draws;
import org.phasezoo.study.Arrays;
import org.phasezoo.study.Observable;
import org.phasezoo.study.Recorder;
import org.phasezoo.study.Run;
import org.phasezoo.study.Setting;
import org.phasezoo.study.Study;

/// Retrieval of archetypes by a dense (P-spin) Hebbian network that has only seen unlabelled noisy
/// examples of them.
///
/// *System*: K archetypes ξ^µ of N fair ±1 spins; M examples η^{µ,a} each, η_i = ξ_i with
/// probability (1 + r)/2, else −ξ_i. With n_{µ,a} = Σ_j η_j^{µ,a} s_j, the field on spin i is h_i =
/// Σ_{µ,a} η_i^{µ,a} (n_{µ,a} − η_i^{µ,a} s_i)^{P−1}: the spin's own term is left out. Fields and
/// overlaps are whole numbers, so they are exact in any order.
///
/// *Dynamics*: from an archetype, `sweeps` sweeps over `blocks` blocks of spins in turn; the spins
/// of a block are updated at once. At temperature T, in units of the signal M r^P (N − 1)^{P−1}, a
/// spin is +1 with probability 1/(1 + exp(−2h/T)); at T = 0 it is the sign of its field, and stays
/// where the field is 0. Each of the first `starts` archetypes is one start, and one slice.
///
/// *Observables*, means over starts with their standard error: `mattis.archetype.v1` and
/// `mattis.example.v1`, the overlap of the spins with the archetype and with its first example,
/// over the last half of the sweeps; `mattis.one-step.v1`, the mean of ξ_i sign(h_i) at the
/// archetype itself; `energy.v1`, −Σ n^P/(P M r^P N^P) at the end; `susceptibility.v1`, N times the
/// variance of the overlap over starts (undefined with one start); and the series
/// `mattis.archetype.sweep.v1`.
///
/// *Draws*: `archetypes` (index µ N + i), `examples` (((a 2²⁰) + µ) N + i), `flips` ((start ·
/// sweeps + sweep) N + i), so that more examples, patterns or starts leave the others' draws alone.
///
/// *Source*: Agliari, Albanese, Alemanno, Alessandrelli, Barra, Giannotti, Lotito, Pedreschi, Dense
/// Hebbian neural networks: a replica symmetric picture of unsupervised learning, 2022.
///
/// @param spins N, 4 to 512
/// @param order P, the number of spins that interact, 2 to 6
/// @param load γ = K/N^{P−1}, 0 < γ ≤ 1
/// @param temperature T ≥ 0 in units of the signal
/// @param quality r, 0 < r ≤ 1
/// @param examples M, 1 to 4096
/// @param starts archetypes that are started from, 1 to K
/// @param sweeps 1 to 1000
/// @param blocks 1 to N
public record DenseHebb(
        int spins,
        int order,
        double load,
        double temperature,
        double quality,
        int examples,
        int starts,
        int sweeps,
        int blocks)
        implements Study<DenseHebbState> {
    private static final long MOST_EXAMPLES_IN_ALL = 1L << 28;

    public DenseHebb {
        Setting.within("spins", spins, 4, 512);
        Setting.within("order", order, 2, 6);
        Setting.above("load", load, 0, 1);
        Setting.within("temperature", temperature, 0, 100);
        Setting.above("quality", quality, 0, 1);
        Setting.within("examples", examples, 1, 4096);
        Setting.within("sweeps", sweeps, 1, 1000);
        Setting.within("blocks", blocks, 1, spins);
        long patterns = patterns(load, spins, order);
        if (patterns < 1
                || patterns >= 1 << 20
                || patterns * examples * spins > MOST_EXAMPLES_IN_ALL) {
            throw new IllegalArgumentException(
                    "load "
                            + load
                            + " means "
                            + patterns
                            + " archetypes, "
                            + examples
                            + " examples each; choose one that gives at least 1 and at most 2^28 spins in all");
        }
        Setting.within("starts", starts, 1, (int) patterns);
    }

    /// K = γ N^{P−1}, to the nearest whole number.
    static long patterns(double load, int spins, int order) {
        double power = 1;
        for (int k = 1; k < order; k++) {
            power *= spins;
        }
        return Math.round(load * power);
    }

    int patterns() {
        return (int) patterns(load, spins, order);
    }

    @Override
    public List<Observable> observables() {
        return List.of(
                new Observable("mattis.archetype.v1", false, "1"),
                new Observable("mattis.example.v1", false, "1"),
                new Observable("mattis.one-step.v1", false, "1"),
                new Observable("energy.v1", false, "1"),
                new Observable("susceptibility.v1", false, "1"),
                new Observable("mattis.archetype.sweep.v1", true, "1"));
    }

    @Override
    public DenseHebbState start(Run run) {
        return new DenseHebbState(memory(run), starts, sweeps);
    }

    @Override
    public DenseHebbState restore(Run run, Arrays saved) {
        return new DenseHebbState(memory(run), starts, sweeps, saved);
    }

    private DenseHebbMemory memory(Run run) {
        return DenseHebbMemory.draw(
                this, new Draws(run.key("archetypes")), new Draws(run.key("examples")));
    }

    @Override
    public boolean advance(DenseHebbState state, Run run, Recorder out) {
        int start = state.next();
        state.done(Retrieval.of(this, state.memory(), start, new Draws(run.key("flips"))));
        out.updates((long) (start + 1) * sweeps);
        if (start + 1 < starts) {
            return true;
        }
        DenseHebbReport.write(state, spins, out);
        return false;
    }

    @Override
    public double multiplyAdds() {
        double all = (double) patterns() * examples * spins;
        // a table look-up takes the time of about four multiply-adds, a draw that of about eighty
        return 4 * all * starts * (sweeps + 2) + 80 * all;
    }
}
