package org.phasezoo.study.spin;

import java.util.List;
import org.phasezoo.random.Draws;
import org.phasezoo.study.Arrays;
import org.phasezoo.study.Observable;
import org.phasezoo.study.Recorder;
import org.phasezoo.study.Run;
import org.phasezoo.study.Setting;
import org.phasezoo.study.Study;

/// Retrieval by a continuous modern Hopfield network, whose update is softmax attention.
///
/// *System*: N patterns x_j uniform on the sphere of radius K√(d − 1); a query is one of the first
/// patterns x_i plus `noise` times a standard normal vector. Update ξ ← Σ_j p_j x_j, p = softmax(β
/// x_j·ξ), which does not raise E = −β⁻¹ log Σ exp(β x_j·ξ) + ξ·ξ/2.
///
/// *Observables* over queries, means with their standard error unless told:
/// `retrieval.failure.one-step.v1` and `retrieval.failure.settled.v1`, whether after one and after
/// all updates the nearest attended pattern is not x_i or ξ is .1 radii or more from it;
/// `error.log.v1`, log of |ξ¹ − x_i| in radii, not below log 1e-17; `participation.v1`, exp of the
/// entropy of p at the end, and `participation.share.v1`, that over N; `energy.largest-change.v1`,
/// the largest E after minus E before of all updates; `error.bound-excess.v1`, the largest log(|ξ¹
/// − x_i|/bound) with the bound of Theorem 5, 2(N − 1) M exp(−β(Δ_i − 2 M max(|ξ − x_i|, |x_i* −
/// x_i|))), M the radius, Δ_i = x_i·x_i − max x_i·x_j and x_i* the end, over queries whose bound
/// exceeds 1e-12 radii; `error.slope.v1`, the slope of log |ξ¹ − x_i| against β times the query's
/// own margin ξ·x_i − max ξ·x_j, over queries with an error of 1e-13 to .1 radii (undefined with
/// fewer than 8).
///
/// *Draws*: `patterns`, index j 2⁸ + k; `queries`, the same for query j, which is about pattern j
/// mod N.
///
/// *Source*: Ramsauer et al., Hopfield networks is all you need, ICLR 2021, equations 1 to 3,
/// theorems 1, 3 and 5.
///
/// @param dimension d, 2 to 256
/// @param patterns N, 2 to 131,072
/// @param radius K, .1 to 10
/// @param inverseTemperature β, .001 to 1000
/// @param noise 0 to 10
/// @param queries 2 to 10,000
/// @param updates 1 to 1000
public record ModernHopfield(
        int dimension,
        int patterns,
        double radius,
        double inverseTemperature,
        double noise,
        int queries,
        int updates)
        implements Study<ModernHopfieldState> {
    /// Multiply-adds of a slice.
    private static final double SLICE = 1e8;

    public ModernHopfield {
        Setting.within("dimension", dimension, 2, 256);
        Setting.within("patterns", patterns, 2, 131_072);
        Setting.within("radius", radius, .1, 10);
        Setting.within("inverseTemperature", inverseTemperature, .001, 1000);
        Setting.within("noise", noise, 0, 10);
        Setting.within("queries", queries, 2, 10_000);
        Setting.within("updates", updates, 1, 1000);
    }

    @Override
    public List<Observable> observables() {
        return List.of(
                new Observable("retrieval.failure.one-step.v1", false, "1"),
                new Observable("retrieval.failure.settled.v1", false, "1"),
                new Observable("error.log.v1", false, "1"),
                new Observable("participation.v1", false, "1"),
                new Observable("participation.share.v1", false, "1"),
                new Observable("energy.largest-change.v1", false, "1"),
                new Observable("error.bound-excess.v1", false, "1"),
                new Observable("error.slope.v1", false, "1"));
    }

    double length() {
        return radius * Math.sqrt(dimension - 1);
    }

    @Override
    public ModernHopfieldState start(Run run) {
        return new ModernHopfieldState(draw(run), queries);
    }

    @Override
    public ModernHopfieldState restore(Run run, Arrays saved) {
        return new ModernHopfieldState(draw(run), queries, saved);
    }

    private AttentionMemory draw(Run run) {
        Draws draws = new Draws(run.key("patterns"));
        double[] x = new double[patterns * dimension];
        for (int j = 0; j < patterns; j++) {
            double squares = 0;
            for (int k = 0; k < dimension; k++) {
                double g = draws.normal(((long) j << 8) + k);
                x[j * dimension + k] = g;
                squares += g * g;
            }
            for (int k = 0; k < dimension; k++) {
                x[j * dimension + k] *= length() / Math.sqrt(squares);
            }
        }
        return new AttentionMemory(x, dimension, inverseTemperature);
    }

    @Override
    public boolean advance(ModernHopfieldState state, Run run, Recorder out) {
        Draws draws = new Draws(run.key("queries"));
        double work = 0;
        while (state.next() < queries && work < SLICE) {
            state.done(AttentionQuery.of(this, state.memory(), state.next(), draws));
            work += multiplyAdds() / queries;
        }
        out.updates((long) state.next() * updates);
        if (state.next() < queries) {
            return true;
        }
        state.report(out, patterns);
        return false;
    }

    @Override
    public double multiplyAdds() {
        // an exponential takes the time of about forty multiply-adds
        return (double) patterns * queries * (updates + 3) * (2 * dimension + 40)
                + 80.0 * patterns * dimension;
    }
}
