package org.phasezoo.study.gaussian;

import java.util.List;
import org.phasezoo.random.Draws;
import org.phasezoo.study.Arrays;
import org.phasezoo.study.Observable;
import org.phasezoo.study.Recorder;
import org.phasezoo.study.Run;
import org.phasezoo.study.Setting;

/// The gradient of the first layer of a deep net with batch normalisation at initialisation, and
/// how near to orthogonal its representations are.
///
/// *System*: a batch X₀ of n inputs in d = n dimensions; H_l = BN(W_l X_{l−1}), BN dividing each
/// row by its root mean square (after subtracting its mean when `centred`), X_l = φ(l^{−k} H_l); 10
/// classes, example j of class j mod 10, the mean cross-entropy of A X_L, A Gaussian of variance
/// 1/d.
///
/// *Observables*: `gradient.log-norm.v1`, ln of the Frobenius norm of the loss's gradient in W₁;
/// `isometry.gap.v1`, ln((1/n) Σ λ) − (1/n) Σ ln λ over the eigenvalues of X_LᵀX_L,
/// `isometry.gap.log.v1` its ln, both for φ the identity and without centring only (undefined
/// elsewhere): there Σ ln λ = 2 ln |det X_L| is a sum over layers of ln |det W| and of the norms,
/// exact to rounding however ill-conditioned X_L is; the series `isometry.gap.layer.v1` of the same
/// by layer, at most 100 of them.
///
/// *Draws*: `weights` (layer 1 … L, see [Initialisation]), `batch` (pair index), `head`.
///
/// *Source*: Meterez, Joudaki, Orabona, Immer, Rätsch, Daneshmand, Towards training without depth
/// limits: batch normalization without gradient explosion, 2023.
///
/// @param dimension d = n, an even number from 4 to 128
/// @param depth L, 1 to 1000
/// @param activation φ
/// @param initialisation of W_l
/// @param shaping k ≥ 0, at most 2
/// @param centred whether BN subtracts the mean
/// @param batch X₀
public record BatchNormChain(
        int dimension,
        int depth,
        Activation activation,
        Initialisation initialisation,
        double shaping,
        boolean centred,
        Batch batch)
        implements Activated<BatchNormChainState> {
    /// The inputs.
    public enum Batch {
        /// independent standard normal entries
        GAUSSIAN,
        /// .995 of the identity and .005 u vᵀ, u and v uniform on [0, 1]ᵈ
        NEAR_IDENTITY
    }

    public BatchNormChain {
        if (dimension < 4 || dimension > 128 || dimension % 2 != 0) {
            throw new IllegalArgumentException(
                    "dimension is " + dimension + "; choose an even number from 4 to 128");
        }
        Setting.within("depth", depth, 1, 1000);
        Setting.within("shaping", shaping, 0, 2);
        if (activation == Activation.SIGN) {
            throw new IllegalArgumentException("activation sign has no gradient; choose another");
        }
    }

    boolean exactGap() {
        return activation == Activation.IDENTITY && !centred;
    }

    @Override
    public List<Observable> observables() {
        return List.of(
                new Observable("gradient.log-norm.v1", false, "1"),
                new Observable("isometry.gap.v1", false, "1"),
                new Observable("isometry.gap.log.v1", false, "1"),
                new Observable("isometry.gap.layer.v1", true, "1"));
    }

    @Override
    public BatchNormChainState start(Run run) {
        return new BatchNormChainState(
                this, new Draws(run.key("weights")), batch(new Draws(run.key("batch"))));
    }

    @Override
    public BatchNormChainState restore(Run run, Arrays saved) {
        BatchNormChainState state = start(run);
        state.replay(saved);
        return state;
    }

    private double[] batch(Draws draws) {
        int d = dimension;
        double[] x = new double[d * d];
        double[] pair = new double[2];
        for (int i = 0; i < d * d; i++) {
            if (batch == Batch.GAUSSIAN) {
                draws.normalPairInto(i / 2, pair);
                x[i] = pair[i % 2];
            } else {
                double rankOne = draws.uniform(i / d) * draws.uniform(d + i % d);
                x[i] = .005 * rankOne + (i / d == i % d ? .995 : 0);
            }
        }
        return x;
    }

    @Override
    public boolean advance(BatchNormChainState state, Run run, Recorder out) {
        int layers = Math.max(1, 20_000_000 / (dimension * dimension * dimension));
        if (!state.forwardDone()) {
            for (int i = 0; i < layers && !state.forwardDone(); i++) {
                state.forward();
            }
        } else {
            state.head(new Draws(run.key("head")));
            for (int i = 0; i < layers && !state.finished(); i++) {
                state.backward();
            }
        }
        out.updates(state.done());
        if (!state.finished()) {
            return true;
        }
        double norm = state.firstGradient();
        if (!(norm > 0 && norm < Double.POSITIVE_INFINITY)) {
            out.diverged("the first layer's gradient has norm " + norm);
            return false;
        }
        double gap = exactGap() ? state.gap(depth) : Double.NaN;
        out.scalar("gradient.log-norm.v1", StrictMath.log(norm));
        out.scalar("isometry.gap.v1", gap);
        out.scalar("isometry.gap.log.v1", gap > 0 ? StrictMath.log(gap) : Double.NaN);
        int every = (depth + 99) / 100;
        for (int layer = 0; layer <= depth && exactGap(); layer += every) {
            out.series("isometry.gap.layer.v1", layer, state.gap(layer));
        }
        return false;
    }

    @Override
    public double multiplyAdds() {
        double cube = (double) dimension * dimension * dimension;
        return depth * (8 * cube + 100.0 * dimension * dimension);
    }
}
