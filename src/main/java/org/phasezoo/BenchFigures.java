package org.phasezoo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.phasezoo.bench.EngineTimings;
import org.phasezoo.bench.Product;
import org.phasezoo.bench.Timed;

/// What a benchmark measured, and how it is told.
///
/// @param ours milliseconds of each workload
/// @param peers the best peer of each workload that had one
/// @param warmUp seconds of a fresh process until it runs at full speed
/// @param twoCores steps that two members do on two cores while one does one on one
record BenchFigures(
        SequencedMap<String, Double> ours,
        SequencedMap<String, Peer> peers,
        OptionalDouble warmUp,
        OptionalDouble twoCores) {
    /// The best of the peers' modes.
    record Peer(String mode, double milliseconds) {}

    /// A figure that is no row of the table; `key` in JSON.
    private record Single(String key, String what, double value, String bar) {}

    private List<Single> singles() {
        List<Single> singles = new ArrayList<>();
        double mean = productsMean();
        if (!Double.isNaN(mean)) {
            singles.add(
                    new Single(
                            "productsRatio",
                            "products: geometric mean of the ratios",
                            mean,
                            "≥ 0.95"));
        }
        quotient("hvp", "gradient")
                .ifPresent(value ->
                        singles.add(
                                new Single(
                                        "hvpGradients",
                                        "Hessian-vector product of cnn64, in gradients",
                                        value,
                                        "≤ 2.2")));
        quotient(EngineTimings.CNN, EngineTimings.BY_HAND)
                .ifPresent(value ->
                        singles.add(
                                new Single(
                                        "byHandRatio",
                                        "cnn64, in the same step written by hand",
                                        value,
                                        "≤ 1.02")));
        warmUp.ifPresent(value ->
                singles.add(
                        new Single(
                                "warmUpSeconds",
                                "fresh process to full speed on cnn64, seconds",
                                value,
                                "≤ 3")));
        twoCores.ifPresent(value ->
                singles.add(
                        new Single(
                                "twoCores",
                                "two members of cnn64 on two cores, in one on one",
                                value,
                                "≥ 1.9")));
        return singles;
    }

    private OptionalDouble quotient(String above, String below) {
        Double a = ours.get(above);
        Double b = ours.get(below);
        return a == null || b == null ? OptionalDouble.empty() : OptionalDouble.of(a / b);
    }

    /// NaN where no product has a peer.
    private double productsMean() {
        double logs = 0;
        int n = 0;
        for (Product product : EngineTimings.products()) {
            Double own = ours.get(product.name());
            Peer peer = peers.get(product.name());
            if (own != null && peer != null) {
                logs += StrictMath.log(peer.milliseconds() / own);
                n++;
            }
        }
        return StrictMath.exp(logs / n);
    }

    ObjectNode toJson() throws IOException {
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
        });
        singles().forEach(single -> root.put(single.key(), single.value()));
        return root;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        ours.forEach((workload, milliseconds) -> {
            String own = format("%-21s %11.6f ms", workload, milliseconds);
            Peer peer = peers.get(workload);
            lines.add(
                    peer == null
                            ? own
                            : own
                                    + format(
                                            "   best peer %11.6f ms   ratio %6.2f   %s",
                                            peer.milliseconds(),
                                            peer.milliseconds() / milliseconds,
                                            peer.mode()));
        });
        for (Single single : singles()) {
            lines.add(format("%s: %.3f (bar %s)", single.what(), single.value(), single.bar()));
        }
        return lines;
    }

    /// The tables of `results/benchmarks/engine.md`.
    List<String> markdown() {
        List<String> lines = new ArrayList<>();
        for (Timed timed : EngineTimings.steps()) {
            Double own = ours.get(timed.name());
            if (own != null) {
                Peer peer = peers.get(timed.name());
                lines.add(
                        format("| %s | %s | %.4f | ", timed.name(), timed.what(), own)
                                + (peer == null
                                        ? " | | |"
                                        : peer(peer, peer.milliseconds(), "%.4f", own))
                                + (timed.bar() == 0 ? " |" : " " + timed.bar() + " |"));
            }
        }
        head(lines, 0, "workload", "what", "ours, ms", "best peer, ms", "which", "ratio", "bar");
        int products = lines.size();
        for (Product product : EngineTimings.products()) {
            Double own = ours.get(product.name());
            if (own != null) {
                Peer peer = peers.get(product.name());
                double rate = product.flops() / 1e6;
                lines.add(
                        format(
                                        "| %d, %d, %d | %.1f | ",
                                        product.m(), product.k(), product.n(), rate / own)
                                + (peer == null
                                        ? " | | |"
                                        : peer(peer, rate / peer.milliseconds(), "%.1f", own)));
            }
        }
        head(lines, products, "m, k, n", "ours, GFLOP/s", "best peer, GFLOP/s", "which", "ratio");
        int singles = lines.size();
        for (Single single : singles()) {
            lines.add(format("| %s | %.3f | %s |", single.what(), single.value(), single.bar()));
        }
        head(lines, singles, "figure", "measured", "bar");
        return lines;
    }

    private static String peer(Peer peer, double figure, String format, double own) {
        return format(format + " | %s | %.2f |", figure, peer.mode(), peer.milliseconds() / own);
    }

    /// Puts the head of a table before the line `at`, if there are lines from there on.
    private static void head(List<String> lines, int at, String... columns) {
        if (lines.size() > at) {
            lines.add(at, "| --- ".repeat(columns.length) + "|");
            lines.add(at, "| " + String.join(" | ", columns) + " |");
            lines.add(at, "");
        }
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
