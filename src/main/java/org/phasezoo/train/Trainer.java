package org.phasezoo.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.phasezoo.data.Split;
import org.phasezoo.engine.Precision;
import org.phasezoo.engine.Program;
import org.phasezoo.engine.Workspace;
import org.phasezoo.graph.Derivatives;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Op;
import org.phasezoo.graph.Shape;
import org.phasezoo.model.Parameter;

/// One update of momentum gradient descent on a batch, as a program that carries parameters and velocities.
public final class Trainer {
    private static final String RATE = "rate";

    private final Problem problem;
    private final Momentum optimiser;
    private final Tensors parameters;
    private final Tensors velocities;
    private final Workspace work;

    /// A trainer for batches of at most `batchSize`.
    public Trainer(Problem problem, Momentum optimiser, int batchSize) {
        this.problem = problem;
        this.optimiser = optimiser;
        this.parameters = new Tensors("parameter.", problem.parameters());
        this.velocities = new Tensors("velocity.", problem.parameters());
        this.work = program(new Graph(), batchSize).workspace(Precision.FLOAT32);
    }

    /// The kinds of op that an update uses, one of each, in order of name.
    public static List<Op> ops(Problem problem, Momentum optimiser, int batchSize) {
        Graph graph = new Graph();
        new Trainer(problem, optimiser, batchSize).program(graph, batchSize);
        TreeMap<String, Op> ops = new TreeMap<>();
        for (Node node : graph.nodes()) {
            ops.putIfAbsent(node.op().getClass().getSimpleName(), node.op());
        }
        return List.copyOf(ops.values());
    }

    private Program program(Graph graph, int batchSize) {
        List<Node> theta = parameters.inputs(graph);
        List<Node> velocity = velocities.inputs(graph);
        Problem.Built built = problem.build(graph, batchSize, theta);
        Node loss = built.losses().sumAll().over(graph.count(Problem.ROWS));
        List<Node> gradient = Derivatives.gradient(loss, theta);
        Momentum.Update update = optimiser.update(theta, velocity, gradient, graph.input(RATE, Shape.SCALAR));
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        SequencedMap<String, String> carries = new LinkedHashMap<>();
        outputs.put("loss", loss);
        List<Parameter> list = problem.parameters();
        for (int i = 0; i < list.size(); i++) {
            outputs.put("new." + parameters.name(list.get(i)), update.parameters().get(i));
            outputs.put("new." + velocities.name(list.get(i)), update.velocities().get(i));
            carries.put("new." + parameters.name(list.get(i)), parameters.name(list.get(i)));
            carries.put("new." + velocities.name(list.get(i)), velocities.name(list.get(i)));
        }
        return Program.of(outputs, carries);
    }

    public void set(float[] weights, float[] velocity) {
        parameters.set(work, weights);
        velocities.set(work, velocity);
        work.set(RATE, optimiser.learningRate());
    }

    /// One update on the examples `rows[from] … rows[from + n − 1]`; the batch's mean loss before it.
    public double update(int[] rows, int from, int n) {
        Split split = problem.split();
        work.gather(Problem.X, split.inputs(), rows, from, n);
        work.gather(Problem.TARGETS, split.targets(), rows, from, n);
        work.run();
        return work.scalar("loss");
    }

    public float[] weights() {
        float[] values = new float[parameters.size()];
        parameters.peek(work, values);
        return values;
    }

    public float[] velocity() {
        float[] values = new float[velocities.size()];
        velocities.peek(work, values);
        return values;
    }
}
