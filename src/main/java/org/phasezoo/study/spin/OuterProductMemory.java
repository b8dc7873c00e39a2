package org.phasezoo.study.spin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.random.Draws;
import org.phasezoo.study.Arrays;
import org.phasezoo.study.Observable;
import org.phasezoo.study.Recorder;
import org.phasezoo.study.Run;
import org.phasezoo.study.Saved;
import org.phasezoo.study.Setting;
import org.phasezoo.study.Study;

/// A memory of outer products, W = Σ_x q(x) e_x u_{f(x)}ᵀ, of tokens x = 1 … N of probability p(x)
/// ∝ x^(−`tail`) and classes f(x) = x mod M: e_x ~ N(0, 1/d), u_y uniform on the unit sphere of d
/// dimensions; it tells argmax_y e_xᵀ W u_y, the lowest at ties.
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
        implements Study<Saved> {
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

    @Override
    public Saved start(Run run) {
        return new Saved();
    }

    @Override
    public Saved restore(Run run, Arrays saved) {
        return Saved.restore(saved);
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

    private double stored(double[] p, int x) {
        return switch (scheme) {
            case THRESHOLD -> x < dimension / SHARE ? 1 : 0;
            case POPULATION -> p[x];
            case ALL -> 1;
        };
    }

    @Override
    public boolean advance(Saved state, Run run, Recorder out) {
        double[] p = probabilities();
        double error = error(p, new Draws(run.key("tokens")), new Draws(run.key("classes")));
        double unstored = 0;
        for (int x = 0; x < tokens; x++) {
            unstored += stored(p, x) == 0 ? (1 - 1.0 / classes) * p[x] : 0;
        }
        out.updates(1);
        out.scalar("error.v1", error, Double.NaN, 0);
        out.scalar("error.unstored.v1", unstored, Double.NaN, 0);
        if (unstored > 0) {
            out.scalar("error.over.unstored.v1", error / unstored, Double.NaN, 0);
        }
        return false;
    }

    private double error(double[] p, Draws tokenDraws, Draws classDraws) {
        double[][] u = new double[classes][dimension];
        for (int y = 0; y < classes; y++) {
            double square = 0;
            for (int i = 0; i < dimension; i++) {
                u[y][i] = classDraws.normal((long) y * dimension + i);
                square += u[y][i] * u[y][i];
            }
            for (int i = 0; i < dimension; i++) {
                u[y][i] /= Math.sqrt(square);
            }
        }
        double[][] e = new double[tokens][dimension];
        for (int x = 0; x < tokens; x++) {
            for (int i = 0; i < dimension; i++) {
                e[x][i] = tokenDraws.normal((long) x * dimension + i) / Math.sqrt(dimension);
            }
        }
        // W u_y for each class, without W: Σ_x q(x) e_x (u_f(x) · u_y)
        double[][] read = new double[classes][dimension];
        for (int y = 0; y < classes; y++) {
            double[] overlap = new double[classes];
            for (int c = 0; c < classes; c++) {
                overlap[c] = dot(u[c], u[y]);
            }
            for (int x = 0; x < tokens; x++) {
                double factor = stored(p, x) * overlap[(x + 1) % classes];
                for (int i = 0; factor != 0 && i < dimension; i++) {
                    read[y][i] += factor * e[x][i];
                }
            }
        }
        double error = 0;
        for (int x = 0; x < tokens; x++) {
            int best = 0;
            double top = dot(e[x], read[0]);
            for (int y = 1; y < classes; y++) {
                double score = dot(e[x], read[y]);
                if (score > top) {
                    top = score;
                    best = y;
                }
            }
            error += best == (x + 1) % classes ? 0 : p[x];
        }
        return error;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    @Override
    public SequencedMap<String, Integer> revisions() {
        SequencedMap<String, Integer> revisions = new LinkedHashMap<>();
        revisions.put("outer-product-memory", 1);
        revisions.put("philox", 1);
        return revisions;
    }

    @Override
    public double multiplyAdds() {
        // a draw costs as much as some fifty multiply-adds
        return (double) tokens * dimension * (2.0 * classes + 50);
    }
}
