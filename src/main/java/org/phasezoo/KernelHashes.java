package org.phasezoo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import org.phasezoo.document.Digest;
import org.phasezoo.document.Json;
import org.phasezoo.engine.Precision;
import org.phasezoo.engine.Program;
import org.phasezoo.engine.Workspace;
import org.phasezoo.graph.Derivatives;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Shape;
import org.phasezoo.kernel.SymmetricEigen;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;

/// A hash of what each kernel family gives for fixed inputs, computed when asked, and the hashes that it must give
/// (`kernels.json`). The inputs are 70 samples, which cross tiles, chunks and lanes.
final class KernelHashes {
    private static final int SAMPLES = 70;
    private static final int DRAWS = 1000;
    private static final Draws INPUTS = new Draws(Key.of("{\"purpose\":\"doctor\"}"));

    private KernelHashes() {}

    /// Family to SHA-256.
    static SequencedMap<String, String> all() {
        SequencedMap<String, String> hashes = new LinkedHashMap<>();
        hashes.put("random", random());
        hashes.put("eigen", eigen());
        for (Precision precision : Precision.values()) {
            String suffix = "." + precision.name().toLowerCase(Locale.ROOT);
            hashes.put("elementwise" + suffix, hash(elementwise(), List.of(3), precision));
            hashes.put("contract" + suffix, hash(contract(), List.of(5), precision));
            hashes.put("convolution" + suffix, hash(convolution(), List.of(2, 6, 6), precision));
        }
        return hashes;
    }

    /// The families whose hash is not the one that they must give; a new family has none yet and is not among them.
    static List<String> wrong() throws IOException {
        JsonNode pinned = pinned();
        return all().entrySet().stream()
                .filter(hash -> pinned.has(hash.getKey()))
                .filter(hash -> !pinned.path(hash.getKey()).asText().equals(hash.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /// The hashes that every machine must give.
    static JsonNode pinned() throws IOException {
        try (InputStream in = KernelHashes.class.getResourceAsStream("kernels.json")) {
            if (in == null) {
                throw new IOException("the program is incomplete: kernels.json is not in it");
            }
            return Json.parse("kernels.json", in.readAllBytes());
        }
    }

    private static String random() {
        ByteBuffer bytes = ByteBuffer.allocate(2 * DRAWS * Double.BYTES);
        for (int i = 0; i < DRAWS; i++) {
            bytes.putDouble(INPUTS.uniform(i)).putDouble(INPUTS.normal(i));
        }
        return Digest.of(bytes.array());
    }

    private static String eigen() {
        int n = 9;
        double[] a = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                a[i * n + j] = INPUTS.normal(i * n + j);
                a[j * n + i] = a[i * n + j];
            }
        }
        double[] vectors = new double[n * n];
        SymmetricEigen.decompose(a, n, vectors);
        ByteBuffer bytes = ByteBuffer.allocate(2 * n * n * Double.BYTES);
        for (int i = 0; i < n * n; i++) {
            bytes.putDouble(a[i]).putDouble(vectors[i]);
        }
        return Digest.of(bytes.array());
    }

    private static Node input(Graph graph, Integer... inner) {
        return graph.input("x", Shape.bounded("n", 80, inner));
    }

    private static SequencedMap<String, Node> elementwise() {
        Graph graph = new Graph();
        Node x = input(graph, 3);
        Node positive = x.times(x).plus(graph.constant(.01));
        SequencedMap<String, Node> out = new LinkedHashMap<>();
        out.put("exp", x.exp());
        out.put("log", positive.log());
        out.put("tanh", x.tanh());
        out.put("gelu", x.gelu());
        out.put("sqrt", positive.sqrt());
        out.put("over", x.over(positive));
        out.put("relu", x.relu(.1));
        out.put("minimum", x.minimum(positive));
        out.put("sum", x.sumAll());
        out.put("row", x.sum(1));
        return out;
    }

    private static SequencedMap<String, Node> contract() {
        Graph graph = new Graph();
        Node x = input(graph, 5);
        Node w = graph.input("w", Shape.of(7, 5));
        Node y = x.contract(false, w, true);
        return withGradients(y, x, w);
    }

    private static SequencedMap<String, Node> convolution() {
        Graph graph = new Graph();
        Node x = input(graph, 2, 6, 6);
        Node w = graph.input("w", Shape.of(3, 2, 3, 3));
        return withGradients(x.convolve(w, 1).averagePool(2), x, w);
    }

    private static SequencedMap<String, Node> withGradients(Node y, Node x, Node w) {
        List<Node> gradients = Derivatives.gradient(y.times(y).sumAll(), List.of(x, w));
        SequencedMap<String, Node> out = new LinkedHashMap<>();
        out.put("y", y);
        out.put("dx", gradients.get(0));
        out.put("dw", gradients.get(1));
        return out;
    }

    private static String hash(SequencedMap<String, Node> outputs, List<Integer> inner, Precision precision) {
        Program program = Program.of(outputs);
        Workspace work = program.workspace(precision);
        int row = 1;
        for (int size : inner) {
            row *= size;
        }
        work.count("n", SAMPLES);
        work.set("x", draws(SAMPLES * row, 0));
        if (program.inputNames().contains("w")) {
            work.set("w", draws(7 * 3 * 2 * 9, SAMPLES * row));
        }
        work.run();
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, Node> output : outputs.entrySet()) {
            Shape shape = output.getValue().shape();
            int elements = shape.isBounded() ? SAMPLES * shape.rowElements() : shape.elements();
            double[] values = new double[elements];
            work.get(output.getKey(), values, 0);
            ByteBuffer bytes = ByteBuffer.allocate(elements * Double.BYTES);
            for (double value : values) {
                bytes.putDouble(value);
            }
            text.append(output.getKey()).append(' ').append(Digest.of(bytes.array())).append('\n');
        }
        return Digest.of(text.toString());
    }

    private static double[] draws(int n, int from) {
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = INPUTS.normal(from + i);
        }
        return values;
    }
}
