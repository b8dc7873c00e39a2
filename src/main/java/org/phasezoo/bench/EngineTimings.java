package org.phasezoo.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.DoubleConsumer;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Runs the engine's workloads under JMH.
public final class EngineTimings {
    /// The step that is written by hand, too.
    public static final String CNN = "cnn64";

    /// The same step written by hand.
    public static final String BY_HAND = "cnn64-hand";

    private EngineTimings() {}

    /// Training steps and derivatives, in the order of the table.
    public static List<Timed> steps() {
        return Timed.ALL;
    }

    /// Products of matrices, in the order of the table.
    public static List<Product> products() {
        return Product.ALL;
    }

    /// Milliseconds of a step of each workload: the best of the windows of two processes, each the
    /// mean of 5 ms or more, as `peers.py` measures.
    ///
    /// @param quick fewer iterations: a look, not a figure to quote
    /// @param log file that takes what the forked JVMs print
    public static SequencedMap<String, Double> measure(
            List<String> workloads, boolean quick, String log) {
        OptionsBuilder options = new OptionsBuilder();
        options.include(EngineBenchmark.class.getName())
                .param("workload", workloads.toArray(new String[0]));
        options.verbosity(VerboseMode.SILENT).output(log);
        if (quick) {
            options.forks(1).warmupIterations(3).measurementIterations(200);
        }
        try {
            Collection<RunResult> results = new Runner(options.build()).run();
            SequencedMap<String, Double> best = new LinkedHashMap<>();
            for (String workload : workloads) {
                for (RunResult result : results) {
                    if (result.getParams().getParam("workload").equals(workload)) {
                        best.put(workload, best(result));
                    }
                }
            }
            return best;
        } catch (RunnerException e) {
            throw new IllegalStateException("the benchmark did not run: " + e.getMessage(), e);
        }
    }

    /// How many times the steps of one member on one core two members do on two: twice the best
    /// time of a step alone over the best of one beside another.
    public static double twoCores(boolean quick, String log) {
        double alone = measure(List.of(CNN), quick, log).getOrDefault(CNN, Double.NaN);
        OptionsBuilder options = new OptionsBuilder();
        options.include(EngineBenchmark.class.getName())
                .param("workload", CNN)
                .threads(2)
                .measurementIterations(quick ? 200 : 400);
        options.verbosity(VerboseMode.SILENT).output(log);
        try {
            double beside = Double.NaN;
            for (RunResult result : new Runner(options.build()).run()) {
                beside = best(result);
            }
            return 2 * alone / beside;
        } catch (RunnerException e) {
            throw new IllegalStateException("the benchmark did not run: " + e.getMessage(), e);
        }
    }

    /// Steps `cnn64` for a number of windows of 200 ms and tells the mean step of each at its end,
    /// in milliseconds.
    public static void windows(int windows, DoubleConsumer told) {
        Workload steps = Workload.of(CNN);
        for (int i = 0; i < windows; i++) {
            long begun = System.nanoTime();
            long taken = 0;
            int n = 0;
            for (; taken < 200_000_000; taken = System.nanoTime() - begun) {
                steps.step();
                n++;
            }
            told.accept(taken / 1e6 / n);
        }
    }

    private static double best(RunResult result) {
        List<Double> scores = new ArrayList<>();
        result.getBenchmarkResults()
                .forEach(run -> run.getIterationResults().forEach(i -> scores.add(score(i))));
        double best = Double.POSITIVE_INFINITY;
        for (double score : scores) {
            best = Math.min(best, score);
        }
        return best;
    }

    private static double score(IterationResult iteration) {
        return iteration.getPrimaryResult().getScore();
    }
}
