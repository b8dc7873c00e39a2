package org.phasezoo;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.phasezoo.bench.EngineTimings;
import org.phasezoo.bench.Product;
import org.phasezoo.bench.Timed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `phasezoo bench engine`: the engine's workloads under JMH, beside PyTorch, JAX and BLAS in the
/// same run.
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description =
                "Milliseconds of a training step of each workload, one thread, and with --peers the best peer's and the ratio peer ÷ ours.",
        footer = {
            "",
            "Examples:",
            "  phasezoo bench engine",
            "  phasezoo bench engine --peers .venv/bin/python     # with torch==2.13.0 jax==0.10.2 jaxlib==0.10.2",
            "  phasezoo bench engine --workloads cnn64,hvp --quick --json",
            "  phasezoo bench engine --workloads matmul --peers .venv/bin/python --markdown"
        })
final class BenchCommand implements Callable<Integer> {
    private static final List<String> QUICK = List.of("cnn64", "mlp32", "tiny16", "hvp");

    private static final String PRODUCTS = "matmul";
    private static final String WARM_UP = "warmup";

    private final Console console;

    @Mixin private Options options = new Options();

    @Parameters(arity = "1", paramLabel = "WHAT", description = "What to time: engine.")
    private String what = "";

    @Option(names = "--peers", paramLabel = "PYTHON", description = "A Python with torch and jax.")
    private @Nullable Path python;

    @Option(
            names = "--quick",
            description = "Four workloads, short windows: a look, not a figure to quote.")
    private boolean quick;

    @Option(
            names = "--workloads",
            split = ",",
            paramLabel = "NAME",
            description = "Only these; matmul stands for all products, warmup for a fresh process.")
    private List<String> chosen = new ArrayList<>();

    @Option(names = "--markdown", description = "The tables of results/benchmarks/engine.md.")
    private boolean markdown;

    BenchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        if (!what.equals("engine")) {
            throw Refusal.usage("nothing to time is called \"" + what + "\"; write engine");
        }
        TreeSet<String> names = new TreeSet<>(quick ? QUICK : all());
        if (!chosen.isEmpty()) {
            names = new TreeSet<>(chosen);
            chosen.forEach(BenchCommand::known);
        }
        List<String> workloads = new ArrayList<>();
        for (Timed timed : EngineTimings.steps()) {
            if (names.contains(timed.name())) {
                workloads.add(timed.name());
            }
            if (timed.name().equals(EngineTimings.CNN) && names.contains(EngineTimings.BY_HAND)) {
                workloads.add(EngineTimings.BY_HAND);
            }
        }
        for (Product product : EngineTimings.products()) {
            if (names.contains(product.name()) || names.contains(PRODUCTS)) {
                workloads.add(product.name());
            }
        }
        SequencedMap<String, BenchFigures.Peer> peers =
                python == null ? new LinkedHashMap<>() : peers(python, workloads);
        BenchFigures figures =
                new BenchFigures(
                        workloads.isEmpty() ? new LinkedHashMap<>() : timings(workloads),
                        peers,
                        names.contains(WARM_UP)
                                ? OptionalDouble.of(WarmUp.seconds())
                                : OptionalDouble.empty(),
                        chosen.isEmpty() && !quick
                                ? OptionalDouble.of(twoCores())
                                : OptionalDouble.empty());
        if (options.json) {
            console.json(figures.toJson());
        } else {
            (markdown ? figures.markdown() : figures.lines()).forEach(console::line);
        }
        return Exit.OK;
    }

    private static List<String> all() {
        List<String> all = new ArrayList<>();
        EngineTimings.steps().forEach(timed -> all.add(timed.name()));
        all.addAll(List.of(EngineTimings.BY_HAND, PRODUCTS, WARM_UP));
        return all;
    }

    private static void known(String workload) {
        boolean product = false;
        for (Product one : EngineTimings.products()) {
            product |= one.name().equals(workload);
        }
        if (!product && !all().contains(workload)) {
            throw Refusal.usage(
                    "no workload \"" + workload + "\"; there are " + String.join(", ", all()));
        }
    }

    private SequencedMap<String, Double> timings(List<String> workloads) throws IOException {
        Path log = Files.createTempFile("phasezoo-bench", ".log");
        try {
            return EngineTimings.measure(workloads, quick, log.toString());
        } finally {
            Files.delete(log);
        }
    }

    private double twoCores() throws IOException {
        Path log = Files.createTempFile("phasezoo-bench", ".log");
        try {
            return EngineTimings.twoCores(quick, log.toString());
        } finally {
            Files.delete(log);
        }
    }

    /// Runs the peers and takes the best of their modes for each workload.
    private SequencedMap<String, BenchFigures.Peer> peers(Path python, List<String> workloads)
            throws IOException, InterruptedException {
        Path script = options.place().project().resolve("src/bench/python/peers.py");
        if (!Files.isExecutable(python) || !Files.exists(script)) {
            throw Refusal.usage(
                    "--peers "
                            + python
                            + " is no Python that can run src/bench/python/peers.py; name the interpreter of an environment with torch and jax");
        }
        List<String> asked = new ArrayList<>(workloads);
        asked.remove(EngineTimings.BY_HAND);
        if (asked.isEmpty()) {
            return new LinkedHashMap<>();
        }
        Process process =
                new ProcessBuilder(
                                python.toString(),
                                script.toString(),
                                "--seconds",
                                quick ? "1.5" : "4",
                                "--workloads",
                                String.join(",", asked))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        SequencedMap<String, BenchFigures.Peer> best = new LinkedHashMap<>();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] fields = line.split("\t", -1);
                BenchFigures.Peer peer =
                        new BenchFigures.Peer(
                                fields[1] + " " + fields[2], Double.parseDouble(fields[3]));
                best.merge(fields[0], peer, (a, b) -> a.milliseconds() <= b.milliseconds() ? a : b);
                console.note("peer " + line.replace('\t', ' ') + " ms");
            }
        }
        if (process.waitFor() != 0) {
            throw new Refusal(
                    Exit.UNAVAILABLE,
                    "peers-unavailable",
                    "the peers did not run to their end under " + python);
        }
        return best;
    }
}
