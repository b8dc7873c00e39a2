package org.phasezoo.engine;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Op;
import org.phasezoo.graph.Shape;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;

/// A hash of what each family of kernels gives for fixed inputs, computed when asked: the machine's
/// proof that it gives the same bits as every other. Sizes are odd on purpose.
public final class KernelHashes {
    private static final String ROWS = "n";
    private static final int COUNT = 71;

    private KernelHashes() {}

    /// Family (`convolve.float32`, `random.normal`, …) to SHA-256 in hex.
    public static SequencedMap<String, String> all() {
        SequencedMap<String, String> hashes = new LinkedHashMap<>();
        Draws draws = new Draws(Key.of("{\"purpose\":\"doctor\"}"));
        double[] uniform = new double[512];
        double[] normal = new double[512];
        for (int i = 0; i < uniform.length; i++) {
            uniform[i] = draws.uniform(i);
            normal[i] = draws.normal(i);
        }
        hashes.put("random.uniform", hash(List.of(uniform)));
        hashes.put("random.normal", hash(List.of(normal)));
        SequencedMap<String, List<Node>> families = families();
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        families.forEach((family, nodes) -> {
            for (int i = 0; i < nodes.size(); i++) {
                outputs.put(family + i, nodes.get(i));
            }
        });
        Program program = Program.of(outputs);
        for (Precision precision : Precision.values()) {
            Workspace work = program.workspace(precision);
            work.count(ROWS, COUNT);
            for (String name : program.inputNames()) {
                work.set(name, values(name, program.input(name).shape()));
            }
            work.run();
            families.forEach((family, nodes) -> {
                List<double[]> values = new ArrayList<>();
                for (int i = 0; i < nodes.size(); i++) {
                    Shape shape = nodes.get(i).shape();
                    double[] value =
                            new double
                                    [shape.isBounded()
                                            ? COUNT * shape.rowElements()
                                            : shape.elements()];
                    work.get(family + i, value, 0);
                    values.add(value);
                }
                hashes.put(family + "." + precision.name().toLowerCase(Locale.ROOT), hash(values));
            });
        }
        return hashes;
    }

    private static double[] values(String name, Shape shape) {
        Draws draws = new Draws(Key.of("{\"input\":\"" + name + "\",\"purpose\":\"doctor\"}"));
        double[] values = new double[shape.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = draws.normal(i);
        }
        return values;
    }

    private static SequencedMap<String, List<Node>> families() {
        Graph graph = new Graph();
        Node x = graph.input("x", Shape.bounded(ROWS, COUNT, 3, 6, 6));
        Node g = graph.input("g", Shape.bounded(ROWS, COUNT, 5, 6, 6));
        Node w = graph.input("w", Shape.of(5, 3, 3, 3));
        Node flat = graph.input("flat", Shape.bounded(ROWS, COUNT, 21));
        Node dense = graph.input("dense", Shape.of(13, 21));
        Node a = graph.input("a", Shape.of(9, 35));
        Node b = graph.input("b", Shape.of(9, 35));
        SequencedMap<String, List<Node>> families = new LinkedHashMap<>();
        Node y = flat.contract(false, dense, true);
        families.put(
                "contract",
                List.of(
                        y,
                        y.contract(true, flat, false),
                        a.contract(false, b, true),
                        a.contract(true, b, false)));
        Node strided = x.convolve(w, 1, 2);
        families.put("convolve", List.of(x.convolve(w, 1), strided));
        families.put(
                "convolve-input",
                List.of(
                        graph.node(new Op.ConvolveInput(1, 1, 6, 6), g, w),
                        graph.node(new Op.ConvolveInput(1, 2, 6, 6), strided, w)));
        families.put(
                "convolve-weights",
                List.of(
                        graph.node(new Op.ConvolveWeights(1, 1, 3, 3), x, g),
                        graph.node(new Op.ConvolveWeights(1, 2, 3, 3), x, strided)));
        Node square = a.times(a);
        families.put(
                "element-wise",
                List.of(
                        a.plus(b),
                        a.minus(b),
                        square,
                        a.over(b),
                        a.minimum(b),
                        a.atMost(b),
                        a.negated(),
                        square.sqrt(),
                        a.relu(0),
                        a.relu(.1),
                        graph.node(new Op.ReluSlope(.1), a),
                        graph.node(new Op.ReluSlope(.2), a).times(b),
                        a.times(.3).plus(b),
                        b.minus(a.times(.7))));
        List<Node> repeats = new ArrayList<>();
        for (Node repeated :
                List.of(
                        graph.input("channels", Shape.of(3)).broadcast(x.shape(), 1),
                        graph.input("biases", Shape.of(3, 6, 6)).broadcast(x.shape(), 1, 2, 3),
                        x.sum(2, 3).broadcast(x.shape(), 0, 1),
                        x.sum(1).broadcast(x.shape(), 0, 2, 3))) {
            repeats.add(x.plus(repeated));
            repeats.add(x.minus(repeated));
            repeats.add(x.times(repeated));
            repeats.add(repeated.minus(x));
        }
        repeats.add(graph.input("row", Shape.of(35)).broadcast(a.shape(), 1).times(a));
        repeats.add(a.plus(b.sumAll()));
        families.put("repeat", repeats);
        families.put("transcendental", List.of(a.exp(), square.log(), a.tanh(), a.erf()));
        families.put(
                "sum",
                List.of(
                        x.sum(0, 2, 3),
                        x.sum(2, 3),
                        a.sum(0),
                        a.sumAll(),
                        graph.node(new Op.FirstMax(), flat)));
        families.put("wave", List.of(a.sin(), a.times(1e6).cos()));
        Node names = graph.node(new Op.ArgSort(), flat);
        families.put(
                "indexing",
                List.of(
                        names,
                        graph.node(new Op.TakeAlong(), flat, names),
                        graph.node(new Op.PutAlong(9), flat, names),
                        flat.cumulativeSum(),
                        x.pad(2, 1, 2).flipped(3),
                        dense.gather(names),
                        flat.segmentSum(
                                graph.node(new Op.FirstMax(), flat).sum(1), Shape.of(2, 21)),
                        a.where(a.atMost(b))));
        Node square9 = a.contract(false, a, true).plus(graph.constant(1, Shape.of(9, 9)));
        families.put(
                "factorisation",
                List.of(
                        square9.cholesky(),
                        square9.solve(a),
                        graph.node(new Op.EigenSymmetric(), square9)));
        families.put("pool", List.of(x.averagePool(2), graph.node(new Op.Spread(2), x)));
        return families;
    }

    private static String hash(List<double[]> arrays) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (double[] array : arrays) {
                ByteBuffer bytes = ByteBuffer.allocate(array.length * Double.BYTES);
                for (double value : array) {
                    bytes.putLong(Double.doubleToLongBits(value));
                }
                digest.update(bytes.array());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
