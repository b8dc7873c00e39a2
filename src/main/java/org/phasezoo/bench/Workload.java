package org.phasezoo.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.engine.MemberWorkspace;
import org.phasezoo.engine.Precision;
import org.phasezoo.engine.Program;
import org.phasezoo.engine.Workspace;
import org.phasezoo.graph.Derivatives;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Op;
import org.phasezoo.graph.Shape;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;

/// One step of a workload: a whole training step (forward, backward, momentum update) in float32
/// or, for `hvp`, `gradient` and products of matrices, what their name says. Inputs are normal
/// draws and stay in place, as they do for the peers; classifiers gather their batch anew at each
/// step.
final class Workload {
    private static final String ROWS = "n";
    private static final int CLASSES = 10;

    private final Workspace work;
    private final Program program;
    private final int batch;
    private final float[] images;
    private final float[] targets;
    private final int[] rows;
    private final List<MemberWorkspace> lanes;

    private Workload(Program program, int batch, int pixels) {
        this(program, batch, pixels, List.of());
    }

    private Workload(Program program, int batch, int pixels, List<MemberWorkspace> lanes) {
        this.lanes = lanes;
        this.program = program;
        this.work = program.workspace(Precision.FLOAT32);
        this.batch = batch;
        this.images = images(batch * pixels);
        this.targets = targets(batch);
        this.rows = new int[batch];
        for (int i = 0; i < batch; i++) {
            rows[i] = i;
        }
        work.count(ROWS, batch);
        for (String name : program.inputNames()) {
            if (!name.startsWith("velocity")
                    && !(pixels > 0 && (name.equals("x") || name.equals("y")))) {
                work.set(name, values(name, program.shapeOf(name)));
            }
        }
        if (pixels > 0) {
            gather();
        }
    }

    /// Normal draws.
    static float[] images(int elements) {
        float[] images = new float[elements];
        Draws draws = new Draws(new Key(1));
        for (int i = 0; i < elements; i++) {
            images[i] = (float) draws.normal(i);
        }
        return images;
    }

    /// One-hot rows of the classes in turn.
    static float[] targets(int batch) {
        float[] targets = new float[batch * CLASSES];
        for (int i = 0; i < batch; i++) {
            targets[i * CLASSES + i % CLASSES] = 1;
        }
        return targets;
    }

    /// What an input of this name and shape starts as.
    static double[] values(String name, Shape shape) {
        Draws draws = new Draws(Key.of(name));
        double[] values = new double[shape.elements()];
        double scale =
                shape.isBounded() || shape.rank() < 2
                        ? 1
                        : Math.sqrt(1.0 / (shape.elements() / shape.size(0)));
        for (int i = 0; i < values.length; i++) {
            if (name.equals("mask")) {
                values[i] = i % shape.size(1) > i / shape.size(1) ? -1e30 : 0;
                continue;
            }
            values[i] =
                    name.startsWith("scale")
                            ? 1
                            : name.startsWith("bias") ? 0 : scale * draws.normal(i);
        }
        return values;
    }

    private void gather() {
        work.gather("x", images, rows, 0, batch);
        work.gather("y", targets, rows, 0, batch);
    }

    /// The present elements of a carried input.
    double[] parameter(String name) {
        double[] values = new double[program.shapeOf(name).elements()];
        work.peek(name, values, 0);
        return values;
    }

    /// One step.
    void step() {
        if (!lanes.isEmpty()) {
            lanes.forEach(MemberWorkspace::run);
            return;
        }
        if (images.length > 0) {
            gather();
        }
        work.run();
    }

    static Workload of(String name) {
        return switch (name) {
            case "cnn16", "cnn64", "cnn256" -> {
                int n = Integer.parseInt(name.substring(3));
                yield new Workload(training(cnn(n)), n, 28 * 28);
            }
            case "mlp32", "mlp256" -> {
                int n = Integer.parseInt(name.substring(3));
                yield new Workload(training(mlp(n)), n, 28 * 28);
            }
            case "res16" -> new Workload(training(residual(16, false)), 64, 0);
            case "res8" -> new Workload(training(residual(8, false)), 64, 0);
            case "bn16" -> new Workload(training(residual(16, true)), 64, 0);
            case "bn8" -> new Workload(training(residual(8, true)), 64, 0);
            case "trans" -> new Workload(training(transformer()), 32, 0);
            case "tiny16" -> new Workload(training(tiny(16)), 16, 0);
            case "tiny256" -> population(256);
            case "hvp" -> new Workload(hessianVectorProduct(cnn(64)), 64, 28 * 28);
            case "gradient" -> new Workload(gradient(cnn(64)), 64, 28 * 28);
            default -> product(Product.named(name));
        };
    }

    private static Workload product(Product product) {
        Graph graph = new Graph();
        Node batch = graph.input("a", Shape.bounded(ROWS, product.m(), product.k()));
        Node matrix = graph.input("b", Shape.of(product.k(), product.n()));
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("y", batch.contract(false, matrix, false));
        return new Workload(Program.of(outputs), product.m(), 0);
    }

    /// A net in the making: its parameters and its loss.
    private record Net(List<Node> parameters, Node loss) {}

    /// One update as named outputs and what becomes of them.
    private record Training(
            SequencedMap<String, Node> outputs, SequencedMap<String, String> carries) {}

    private static Program training(Net net) {
        Training training = trained(net);
        return Program.of(training.outputs(), training.carries());
    }

    private static Training trained(Net net) {
        Graph graph = net.loss().graph();
        List<Node> gradient = Derivatives.gradient(net.loss(), net.parameters());
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        SequencedMap<String, String> carries = new LinkedHashMap<>();
        for (int i = 0; i < gradient.size(); i++) {
            Node parameter = net.parameters().get(i);
            String name = name(parameter);
            Node velocity =
                    graph.input("velocity." + name, parameter.shape())
                            .times(.9)
                            .plus(gradient.get(i));
            outputs.put("new." + name, parameter.minus(velocity.times(.01)));
            outputs.put("new.velocity." + name, velocity);
            carries.put("new." + name, name);
            carries.put("new.velocity." + name, "velocity." + name);
        }
        return new Training(outputs, carries);
    }

    /// Members of the tiny net, each with weights and data of its own, in the lanes of programs.
    private static Workload population(int members) {
        Training training = trained(tiny(16));
        Program alone = Program.of(training.outputs(), training.carries());
        List<MemberWorkspace> lanes = new ArrayList<>();
        for (int i = 0; i < members / MemberWorkspace.MEMBERS; i++) {
            MemberWorkspace work =
                    Program.members(training.outputs(), training.carries(), Precision.FLOAT32);
            work.count(ROWS, 16);
            for (int member = 0; member < MemberWorkspace.MEMBERS; member++) {
                for (String name : alone.inputNames()) {
                    if (!name.startsWith("velocity")) {
                        work.set(member, name, values(name, alone.shapeOf(name)));
                    }
                }
            }
            lanes.add(work);
        }
        return new Workload(alone, 16, 0, lanes);
    }

    private static Program gradient(Net net) {
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        List<Node> gradient = Derivatives.gradient(net.loss(), net.parameters());
        gradient.forEach(node -> outputs.put("g" + outputs.size(), node));
        return Program.of(outputs);
    }

    private static Program hessianVectorProduct(Net net) {
        SequencedMap<Node, Node> along = new LinkedHashMap<>();
        for (Node parameter : net.parameters()) {
            along.put(
                    parameter,
                    parameter.graph().input("direction." + name(parameter), parameter.shape()));
        }
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        List<Node> gradient = Derivatives.gradient(net.loss(), net.parameters());
        Derivatives.tangents(gradient, along)
                .forEach(node -> outputs.put("h" + outputs.size(), node));
        return Program.of(outputs);
    }

    private static String name(Node input) {
        return ((Op.Input) input.op()).name();
    }

    private static Node meanCrossEntropy(Node logits) {
        Graph graph = logits.graph();
        Node y = graph.input("y", logits.shape());
        Node top = logits.times(graph.node(new Op.FirstMax(), logits)).sum(1).stopGradient();
        Node shifted = logits.minus(top.broadcast(logits.shape(), 0));
        Node logSum = shifted.exp().sum(1).log();
        Node losses = shifted.minus(logSum.broadcast(logits.shape(), 0)).times(y);
        return losses.sumAll().negated().over(graph.count(ROWS));
    }

    private static Node dense(List<Node> p, Node x, String name, int out) {
        Graph graph = x.graph();
        p.add(graph.input("weight." + name, Shape.of(out, x.shape().size(1))));
        p.add(graph.input("bias." + name, Shape.of(out)));
        Node y = x.contract(false, p.get(p.size() - 2), true);
        return y.plus(p.getLast().broadcast(y.shape(), 1));
    }

    /// 28 × 28 · three convolutions 3 × 3 of stride 2 to 16 channels · rectifiers · global mean ·
    /// dense: 4,970 parameters.
    private static Net cnn(int n) {
        Graph graph = new Graph();
        Node h = graph.input("x", Shape.bounded(ROWS, n, 1, 28, 28));
        List<Node> p = new ArrayList<>();
        for (int layer = 0; layer < 3; layer++) {
            p.add(graph.input("weight." + layer, Shape.of(16, layer == 0 ? 1 : 16, 3, 3)));
            p.add(graph.input("bias." + layer, Shape.of(16)));
            Node y = h.convolve(p.get(2 * layer), 1, 2);
            h = y.plus(p.get(2 * layer + 1).broadcast(y.shape(), 1)).relu(0);
        }
        return new Net(p, meanCrossEntropy(dense(p, h.sum(2, 3).times(1.0 / 16), "head", CLASSES)));
    }

    private static Net mlp(int n) {
        Graph graph = new Graph();
        List<Node> p = new ArrayList<>();
        Node h = dense(p, graph.input("x", Shape.bounded(ROWS, n, 784)), "0", 128).relu(0);
        return new Net(p, meanCrossEntropy(dense(p, h, "1", CLASSES)));
    }

    private static Node meanSquare(Node o) {
        return o.times(o).sumAll().over(o.graph().count(ROWS).times(o.shape().rowElements()));
    }

    /// relu(conv(relu(conv x)) + x) at 32 × 32, with or without batch norm behind each convolution.
    private static Net residual(int width, boolean norm) {
        Graph graph = new Graph();
        Node x = graph.input("x", Shape.bounded(ROWS, 64, width, 32, 32));
        List<Node> p = new ArrayList<>();
        Node h = x;
        for (int layer = 0; layer < 2; layer++) {
            p.add(graph.input("weight." + layer, Shape.of(width, width, 3, 3)));
            h = h.convolve(p.getLast(), 1);
            h = norm ? batchNorm(p, h, layer) : h;
            h = layer == 0 ? h.relu(0) : h;
        }
        return new Net(p, meanSquare(h.plus(x).relu(0)));
    }

    private static Node batchNorm(List<Node> p, Node z, int layer) {
        Graph graph = z.graph();
        Node scale = graph.input("scale." + layer, Shape.of(z.shape().size(1)));
        Node bias = graph.input("bias." + layer, Shape.of(z.shape().size(1)));
        p.add(scale);
        p.add(bias);
        Node n = graph.count(ROWS).times(z.shape().size(2) * z.shape().size(3));
        Node mean = z.sum(0, 2, 3);
        mean = mean.over(n.broadcast(mean.shape()));
        Node centred = z.minus(mean.broadcast(z.shape(), 1));
        Node variance = centred.times(centred).sum(0, 2, 3);
        variance = variance.over(n.broadcast(variance.shape()));
        Node factor = scale.over(variance.plus(graph.constant(1e-5)).sqrt());
        return centred.times(factor.broadcast(z.shape(), 1)).plus(bias.broadcast(z.shape(), 1));
    }

    /// A transformer block before its layer norms: width 64, 4 heads, 64 tokens, causal, GELU of
    /// width 256. Tokens are the pixels of one row, so that linear maps are convolutions of one
    /// pixel.
    private static Net transformer() {
        int tokens = 64;
        int width = 64;
        int heads = 4;
        Graph graph = new Graph();
        List<Node> p = new ArrayList<>();
        Node x = graph.input("x", Shape.bounded(ROWS, 32, width, 1, tokens));
        Node normed = layerNorm(p, x, "0");
        Shape split = Shape.bounded(ROWS, 32, heads, width / heads, tokens);
        Node q = linear(p, normed, "q", width).reshape(split);
        Node k = linear(p, normed, "k", width).reshape(split);
        Node v = linear(p, normed, "v", width).reshape(split);
        Node scores = q.contract(true, k, false).times(1 / Math.sqrt((double) width / heads));
        Node masked =
                scores.plus(
                        graph.input("mask", Shape.of(tokens, tokens))
                                .broadcast(scores.shape(), 2, 3));
        Node top = masked.times(graph.node(new Op.FirstMax(), masked)).sum(3).stopGradient();
        Node e = masked.minus(top.broadcast(masked.shape(), 0, 1, 2)).exp();
        Node attention = e.over(e.sum(3).broadcast(e.shape(), 0, 1, 2));
        Node mixed = v.contract(false, attention, true).reshape(x.shape());
        Node h = x.plus(linear(p, mixed, "o", width));
        return new Net(
                p,
                meanSquare(
                        h.plus(
                                linear(
                                        p,
                                        linear(p, layerNorm(p, h, "1"), "u", 4 * width).gelu(),
                                        "d",
                                        width))));
    }

    private static Node linear(List<Node> p, Node x, String name, int out) {
        Graph graph = x.graph();
        p.add(graph.input("weight." + name, Shape.of(out, x.shape().size(1), 1, 1)));
        p.add(graph.input("bias." + name, Shape.of(out)));
        Node y = x.convolve(p.get(p.size() - 2), 0);
        return y.plus(p.getLast().broadcast(y.shape(), 1));
    }

    private static Node layerNorm(List<Node> p, Node x, String name) {
        Graph graph = x.graph();
        int width = x.shape().size(1);
        p.add(graph.input("scale." + name, Shape.of(width)));
        p.add(graph.input("bias.norm." + name, Shape.of(width)));
        Node mean = x.sum(1).times(1.0 / width);
        Node centred = x.minus(mean.broadcast(x.shape(), 0, 2, 3));
        Node variance = centred.times(centred).sum(1).times(1.0 / width);
        Node deviation = variance.plus(graph.constant(1e-5)).sqrt();
        Node unit = centred.over(deviation.broadcast(x.shape(), 0, 2, 3));
        return unit.times(p.get(p.size() - 2).broadcast(x.shape(), 1))
                .plus(p.getLast().broadcast(x.shape(), 1));
    }

    /// 2-16-16-1, tanh, squared error.
    private static Net tiny(int n) {
        Graph graph = new Graph();
        List<Node> p = new ArrayList<>();
        Node h = graph.input("x", Shape.bounded(ROWS, n, 2));
        h = dense(p, dense(p, h, "0", 16).tanh(), "1", 16).tanh();
        Node d = dense(p, h, "2", 1).minus(graph.input("y", Shape.bounded(ROWS, n, 1)));
        return new Net(p, meanSquare(d));
    }
}
