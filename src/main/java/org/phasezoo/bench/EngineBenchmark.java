package org.phasezoo.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// One step of each workload, in milliseconds. Run it with `phasezoo bench engine`; last figures in
/// `results/benchmarks/engine.md`.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 400, time = 5, timeUnit = TimeUnit.MILLISECONDS)
public class EngineBenchmark {
    @Param({"cnn64"})
    public String workload = "";

    private Runnable step = () -> {};

    @Setup
    public void prepare() {
        step =
                workload.equals(EngineTimings.BY_HAND)
                        ? new HandWrittenStep()::step
                        : Workload.of(workload)::step;
    }

    @Benchmark
    public void step() {
        step.run();
    }
}
