package org.phasezoo.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.phasezoo.engine.Precision;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;
import org.phasezoo.train.Footprint;
import org.phasezoo.train.Hessian;
import org.phasezoo.train.Problem;

/// Largest eigenvalue and trace of the Hessian of the mean training loss (no weight decay) with
/// respect to all parameters, over a random subset of training examples, in double precision.
///
/// *Definition*: `hessian.lambda-max.v1`, the largest eigenvalue, by Lanczos iteration with full
/// reorthogonalisation from a normal start; `hessian.trace.v1`, Hutchinson's mean of zᵀHz over
/// Rademacher probes z. *Unit*: nats per squared parameter. *Errors*: λ_max's `residual` ‖Hy − θy‖
/// bounds its distance to an eigenvalue; it is `not-converged` when the residual exceeds
/// `tolerance` · |θ| after `steps` steps; the trace's estimator error is over probes; both samples'
/// errors are over chunks of 64 examples. *Source*: Yao et al., "PyHessian", 2020, section 3.
///
/// @param examples number of training examples, a multiple of 64
/// @param steps most Lanczos steps
/// @param tolerance relative residual at which Lanczos stops
/// @param probes Rademacher probes of the trace
public record HessianSpectrum(int examples, int steps, double tolerance, int probes)
        implements Metric {
    private static final String LAMBDA_MAX = "hessian.lambda-max.v1";
    private static final String TRACE = "hessian.trace.v1";

    public HessianSpectrum {
        if (examples < Hessian.CHUNK || examples % Hessian.CHUNK != 0) {
            throw new IllegalArgumentException(
                    "examples " + examples + " must be a multiple of " + Hessian.CHUNK);
        }
        if (steps < 1 || steps > 256) {
            throw new IllegalArgumentException("steps " + steps + " must lie in 1 … 256");
        }
        if (!(tolerance > 0)) {
            throw new IllegalArgumentException("tolerance " + tolerance + " must be above 0");
        }
        if (probes < 2) {
            throw new IllegalArgumentException("probes " + probes + " must be at least 2");
        }
    }

    @Override
    public Subject subject() {
        return Subject.MEMBER;
    }

    @Override
    public List<String> definitions() {
        return List.of(LAMBDA_MAX, TRACE);
    }

    @Override
    public Measured measure(List<? extends Net> nets, Function<String, Key> keys) {
        TrainedNet net = TrainedNet.of(nets.getFirst());
        int[] train = net.problem().split().train();
        if (examples > train.length) {
            throw new IllegalArgumentException(
                    "examples " + examples + " exceed the " + train.length + " of training");
        }
        int[] order = new Draws(keys.apply(TRACE + "/examples")).permutation(train.length);
        int[] rows = new int[examples];
        for (int i = 0; i < examples; i++) {
            rows[i] = train[order[i]];
        }
        Hessian hessian = new Hessian(net.problem(), net.weights());
        List<Value> values = new ArrayList<>();
        values.add(lambdaMax(hessian, rows, new Draws(keys.apply(LAMBDA_MAX + "/start"))));
        values.add(trace(hessian, rows, new Draws(keys.apply(TRACE + "/probes"))));
        return new Measured(values, List.of());
    }

    private Value lambdaMax(Hessian hessian, int[] rows, Draws draws) {
        double[] start = new double[hessian.size()];
        for (int i = 0; i < start.length; i++) {
            start[i] = draws.normal(i);
        }
        Lanczos.Pair top =
                Lanczos.largest(
                        v -> product(hessian, v, rows, 0, examples), start, steps, tolerance);
        double sample = Moments.of(quotients(hessian, top.vector(), rows)).standardError();
        String status =
                !Double.isFinite(top.value())
                        ? "undefined"
                        : top.converged() ? "ok" : "not-converged";
        double value = status.equals("undefined") ? Double.NaN : top.value();
        return new Value(
                LAMBDA_MAX,
                value,
                Double.NaN,
                top.steps(),
                sample,
                examples,
                status,
                top.residual());
    }

    private Value trace(Hessian hessian, int[] rows, Draws draws) {
        int chunks = examples / Hessian.CHUNK;
        double[] perProbe = new double[probes];
        double[] perChunk = new double[chunks];
        double[] z = new double[hessian.size()];
        for (int probe = 0; probe < probes; probe++) {
            for (int i = 0; i < z.length; i++) {
                z[i] = draws.sign((long) probe * z.length + i);
            }
            double[] quotients = quotients(hessian, z, rows);
            for (int c = 0; c < chunks; c++) {
                perProbe[probe] += quotients[c] / chunks;
                perChunk[c] += quotients[c] / probes;
            }
        }
        Moments estimate = Moments.of(perProbe);
        boolean defined = Double.isFinite(estimate.mean());
        double sample = Moments.of(perChunk).standardError();
        return new Value(
                TRACE,
                defined ? estimate.mean() : Double.NaN,
                estimate.standardError(),
                probes,
                sample,
                examples,
                defined ? "ok" : "undefined",
                Double.NaN);
    }

    /// vᵀHv of each chunk of 64 examples.
    private static double[] quotients(Hessian hessian, double[] v, int[] rows) {
        double[] quotients = new double[rows.length / Hessian.CHUNK];
        for (int c = 0; c < quotients.length; c++) {
            quotients[c] =
                    Lanczos.dot(v, product(hessian, v, rows, c * Hessian.CHUNK, Hessian.CHUNK));
        }
        return quotients;
    }

    private static double[] product(Hessian hessian, double[] v, int[] rows, int from, int n) {
        double[] into = new double[v.length];
        hessian.multiplyInto(v, rows, from, n, n, into);
        return into;
    }

    @Override
    public Footprint footprint(List<? extends Net> nets) {
        Problem problem = TrainedNet.of(nets.getFirst()).problem();
        return Footprint.ofArena(Hessian.program(problem), Precision.FLOAT64)
                .plus(TrainedNet.data(nets));
    }

    @Override
    public double multiplyAdds(List<? extends Net> nets) {
        // A product costs about 8 forward passes, in double precision; Lanczos takes 12 steps on
        // average.
        return nets.getFirst().forwardMultiplyAdds() * examples * 16 * (probes + 12);
    }
}
