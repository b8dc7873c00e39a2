package org.phasezoo.study.spin;

import java.util.List;
import org.phasezoo.random.Draws;
import org.phasezoo.study.Observable;
import org.phasezoo.study.OneSlice;
import org.phasezoo.study.Recorder;
import org.phasezoo.study.Run;
import org.phasezoo.study.Setting;

/// A memory of outer products ([OuterProducts]) of tokens x = 1 … N of probability p(x) ∝
/// x^(−`tail`) and classes f(x) = x mod M, that tells argmax_y e_xᵀ W u_y.
///
/// *Observables*: `error.v1`: the probability under p of a wrong class; `error.unstored.v1`: (1 −
/// 1/M) · Σ p(x) over the tokens with q = 0, what it is if stored tokens are right and the others
/// at chance; `error.over.unstored.v1`: their ratio, absent where all tokens are stored.
///
/// *Draws*: `tokens` (e_x's component i at draw x d + i), `classes`.
///
/// *Source*: Cabannes, Dohmatob and Bietti, "Scaling laws for associative memories", 2024,
/// equations 1 to 5 and theorem 1.
///
/// @param scheme q: `threshold` 1 for x ≤ d/8, else 0; `population` p(x); `all` 1
/// @param dimension d, 8 to 10,000
/// @param tokens N, 2 to 100,000
/// @param classes M, 2 to 100
/// @param tail exponent of the law of tokens, 1.01 to 5
public record OuterProductMemory(Scheme scheme, int dimension, int tokens, int classes, double tail)
        implements OneSlice {
    private static final int SHARE = 8;

    /// How much of each association is stored.
    public enum Scheme {
        THRESHOLD,
        POPULATION,
        ALL
    }

    public OuterProductMemory {
        Setting.within("dimension", dimension, SHARE, 10_000);
        Setting.within("tokens", tokens, 2, 100_000);
        Setting.within("classes", classes, 2, 100);
        Setting.within("tail", tail, 1.01, 5);
    }

    @Override
    public List<Observable> observables() {
        return List.of(
                new Observable("error.v1", false, "1"),
                new Observable("error.unstored.v1", false, "1"),
                new Observable("error.over.unstored.v1", false, "1"));
    }

    double[] probabilities() {
        double[] p = new double[tokens];
        double sum = 0;
        for (int x = 0; x < tokens; x++) {
            p[x] = StrictMath.pow(x + 1, -tail);
            sum += p[x];
        }
        for (int x = 0; x < tokens; x++) {
            p[x] /= sum;
        }
        return p;
    }

    /// q.
    private double[] strengths(double[] p) {
        double[] q = new double[tokens];
        for (int x = 0; x < tokens; x++) {
            q[x] =
                    switch (scheme) {
                        case THRESHOLD -> x < dimension / SHARE ? 1 : 0;
                        case POPULATION -> p[x];
                        case ALL -> 1;
                    };
        }
        return q;
    }

    @Override
    public void compute(Run run, Recorder out) {
        double[] p = probabilities();
        double[] q = strengths(p);
        OuterProducts memory =
                new OuterProducts(
                        dimension,
                        tokens,
                        classes,
                        new Draws(run.key("tokens")),
                        new Draws(run.key("classes")));
        boolean[] right = memory.right(q);
        double error = 0;
        double unstored = 0;
        for (int x = 0; x < tokens; x++) {
            error += right[x] ? 0 : p[x];
            unstored += q[x] == 0 ? (1 - 1.0 / classes) * p[x] : 0;
        }
        out.scalar("error.v1", error);
        out.scalar("error.unstored.v1", unstored);
        if (unstored > 0) {
            out.scalar("error.over.unstored.v1", error / unstored);
        }
    }

    @Override
    public double multiplyAdds() {
        // a draw costs as much as some fifty multiply-adds
        return (double) tokens * dimension * (2.0 * classes + 50);
    }
}
