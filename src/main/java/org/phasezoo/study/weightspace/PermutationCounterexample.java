package org.phasezoo.study.weightspace;

import java.util.List;
import org.phasezoo.study.Observable;
import org.phasezoo.study.Recorder;
import org.phasezoo.study.Theory;

/// Two perceptrons 2-2-2-1 that solve one task and that no permutation of hidden units joins by a
/// line without errors.
///
/// *System*: x uniform on [−1, 1]², right is f(x) ≥ 0 where both coordinates are at least 0 and
/// f(x) < 0 elsewhere. Net a is h = φ(x₁ + 1, −x₂), k = φ(1 − h₁, h₂), f = −k₁ − k₂; net b is a
/// with the coordinates exchanged, its units in the order of the authors' code; φ(z) = z for z ≥ 0,
/// else `slope` z. Each layer has one exchange of units, so there are four permutations.
///
/// *Observables*, with e(λ) the share of errors of (1 − λ) a + λ π(b) on a grid of 200 × 200
/// midpoints and λ = 0, .1 … 1: `barrier.error.v1` = max e(λ) − (1 − λ) e(0) − λ e(1) for
/// `permutation`; `barrier.error.least.v1`, the least over all four; `error.parents.v1`, the larger
/// error of a and b; the series `path.error.v1`, e at step 10 λ.
///
/// *Source*: Ainsworth, Hayase and Srinivasa, "Git Re-Basin", ICLR 2023, and their
/// `sgd_is_special.py` (slope .01).
///
/// @param slope 0 to below 1
public record PermutationCounterexample(double slope, Exchange permutation) implements Theory {
    private static final int PLACES = 200;
    private static final int INTERVALS = 10;
    private static final int[] SIZES = {2, 2, 2, 1};

    /// Which layers' two units are exchanged.
    public enum Exchange {
        NEITHER,
        FIRST,
        SECOND,
        BOTH
    }

    public PermutationCounterexample {
        if (!(slope >= 0 && slope < 1)) {
            throw new IllegalArgumentException(
                    "slope is " + slope + "; choose one from 0 to below 1");
        }
    }

    static DenseWeights first() {
        return new DenseWeights(
                SIZES, new double[] {1, 0, 0, -1, 1, 0, -1, 0, 0, 1, 1, 0, -1, -1, 0});
    }

    static DenseWeights second() {
        return new DenseWeights(
                SIZES, new double[] {-1, 0, 0, 1, 0, 1, 1, 0, 0, -1, 0, 1, -1, -1, 0});
    }

    @Override
    public List<Observable> observables() {
        return List.of(
                new Observable("barrier.error.v1", false, "1"),
                new Observable("barrier.error.least.v1", false, "1"),
                new Observable("error.parents.v1", false, "1"),
                new Observable("path.error.v1", true, "1"));
    }

    @Override
    public void solve(Recorder out) {
        double least = Double.POSITIVE_INFINITY;
        for (Exchange exchange : Exchange.values()) {
            double[] path = path(exchange);
            double barrier = Barrier.of(path);
            least = Math.min(least, barrier);
            if (exchange == permutation) {
                out.scalar("barrier.error.v1", barrier);
                out.scalar("error.parents.v1", Math.max(path[0], path[INTERVALS]));
                for (int i = 0; i <= INTERVALS; i++) {
                    out.series("path.error.v1", i, path[i]);
                }
            }
        }
        out.scalar("barrier.error.least.v1", least);
    }

    private double[] path(Exchange exchange) {
        int[] kept = {0, 1};
        int[] turned = {1, 0};
        DenseWeights end =
                second().permuted(
                                new int[][] {
                                    exchange == Exchange.FIRST || exchange == Exchange.BOTH
                                            ? turned
                                            : kept,
                                    exchange == Exchange.SECOND || exchange == Exchange.BOTH
                                            ? turned
                                            : kept
                                });
        double[] path = new double[INTERVALS + 1];
        for (int i = 0; i <= INTERVALS; i++) {
            path[i] = error(first().towards(end, (double) i / INTERVALS));
        }
        return path;
    }

    private double error(DenseWeights net) {
        double[] points = new double[2 * PLACES * PLACES];
        for (int i = 0; i < PLACES * PLACES; i++) {
            points[2 * i] = (2 * (i / PLACES) + 1.0) / PLACES - 1;
            points[2 * i + 1] = (2 * (i % PLACES) + 1.0) / PLACES - 1;
        }
        double[] f =
                net.preactivations(
                        2, bent(net.preactivations(1, bent(net.preactivations(0, points)))));
        int wrong = 0;
        for (int i = 0; i < f.length; i++) {
            boolean inside = points[2 * i] >= 0 && points[2 * i + 1] >= 0;
            wrong += f[i] >= 0 == inside ? 0 : 1;
        }
        return (double) wrong / f.length;
    }

    private double[] bent(double[] values) {
        double[] bent = new double[values.length];
        for (int i = 0; i < bent.length; i++) {
            bent[i] = values[i] >= 0 ? values[i] : slope * values[i];
        }
        return bent;
    }
}
