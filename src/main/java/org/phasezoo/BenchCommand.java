package org.phasezoo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.phasezoo.bench.EngineTimings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `phasezoo bench engine`: the engine's workloads under JMH, beside PyTorch and JAX in the same
/// run.
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
            "  phasezoo bench engine --workloads cnn64,hvp --quick --json"
        })
final class BenchCommand implements Callable<Integer> {
    private static final List<String> QUICK = List.of("cnn64", "mlp32", "tiny16", "hvp");

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

    @Option(names = "--workloads", split = ",", paramLabel = "NAME", description = "Only these.")
    private List<String> chosen = new ArrayList<>();

    /// A peer's best figure.
    private record Peer(String mode, double milliseconds) {}

    BenchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        if (!what.equals("engine")) {
            throw Refusal.usage("nothing to time is called \"" + what + "\"; write engine");
        }
        List<String> workloads =
                chosen.isEmpty() ? quick ? QUICK : EngineTimings.workloads() : chosen;
        for (String workload : workloads) {
            if (!EngineTimings.workloads().contains(workload)) {
                throw Refusal.usage(
                        "no workload \""
                                + workload
                                + "\"; there are "
                                + String.join(", ", EngineTimings.workloads()));
            }
        }
        SequencedMap<String, Peer> peers =
                python == null ? new LinkedHashMap<>() : peers(python, workloads);
        SequencedMap<String, Double> ours = timings(workloads);
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("schema", "phasezoo.bench.v1");
        root.put("jdk", Machine.jdk()).put("cpu", Machine.cpu());
        ArrayNode rows = root.putArray("rows");
        ours.forEach((workload, milliseconds) -> {
            ObjectNode row =
                    rows.addObject().put("workload", workload).put("milliseconds", milliseconds);
            Peer peer = peers.get(workload);
            if (peer != null) {
                row.put("bestPeer", peer.mode()).put("peerMilliseconds", peer.milliseconds());
                row.put("ratio", peer.milliseconds() / milliseconds);
            }
            if (!options.json) {
                console.line(line(workload, milliseconds, peer));
            }
        });
        if (chosen.isEmpty() && !quick) {
            double speedup = twoCores();
            root.put("twoCores", speedup);
            if (!options.json) {
                console.line(
                        String.format(
                                Locale.ROOT,
                                "two members of cnn64 on two cores: %.2f times one on one",
                                speedup));
            }
        }
        if (options.json) {
            console.json(root);
        }
        return Exit.OK;
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

    private static String line(String workload, double milliseconds, @Nullable Peer peer) {
        String own = String.format(Locale.ROOT, "%-9s %10.4f ms", workload, milliseconds);
        return peer == null
                ? own
                : own
                        + String.format(
                                Locale.ROOT,
                                "   best peer %10.4f ms   ratio %6.2f   %s",
                                peer.milliseconds(),
                                peer.milliseconds() / milliseconds,
                                peer.mode());
    }

    /// Runs the peers and takes the best of their modes for each workload.
    private SequencedMap<String, Peer> peers(Path python, List<String> workloads)
            throws IOException, InterruptedException {
        Path script = options.place().project().resolve("src/bench/python/peers.py");
        if (!Files.isExecutable(python) || !Files.exists(script)) {
            throw Refusal.usage(
                    "--peers "
                            + python
                            + " is no Python that can run src/bench/python/peers.py; name the interpreter of an environment with torch and jax");
        }
        Process process =
                new ProcessBuilder(
                                python.toString(),
                                script.toString(),
                                "--seconds",
                                quick ? "1.5" : "4",
                                "--workloads",
                                String.join(",", workloads))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        SequencedMap<String, Peer> best = new LinkedHashMap<>();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] fields = line.split("\t", -1);
                Peer peer = new Peer(fields[1] + " " + fields[2], Double.parseDouble(fields[3]));
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
