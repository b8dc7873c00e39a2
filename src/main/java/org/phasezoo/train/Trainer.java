package org.phasezoo.train;

import java.util.List;
import java.util.TreeMap;
import org.phasezoo.data.Split;
import org.phasezoo.engine.Precision;
import org.phasezoo.engine.Program;
import org.phasezoo.engine.Workspace;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Op;

/// One update of momentum gradient descent on a batch, as a program that carries parameters and velocities.
public final class Trainer {
    private static final String PARAMETER = "parameter.";
    private static final String VELOCITY = "velocity.";

    private final Problem problem;
    private final Momentum optimiser;
    private final Tensors parameters;
    private final Tensors velocities;
    private final Workspace work;

    /// A trainer for batches of at most `batchSize`.
    public Trainer(Problem problem, Momentum optimiser, int batchSize) {
        this.problem = problem;
        this.optimiser = optimiser;
        this.parameters = new Tensors(PARAMETER, problem.parameters());
        this.velocities = new Tensors(VELOCITY, problem.parameters());
        this.work = program(problem, optimiser, batchSize).workspace(Precision.FLOAT32);
    }

    /// The program of one update.
    public static Program program(Problem problem, Momentum optimiser, int batchSize) {
        Tensors parameters = new Tensors(PARAMETER, problem.parameters());
        Graph graph = new Graph();
        Node loss = loss(problem, graph, batchSize, parameters.inputs(graph));
        return Descent.program(loss, loss, parameters, new Tensors(VELOCITY, problem.parameters()), optimiser);
    }

    private static Node loss(Problem problem, Graph graph, int batchSize, List<Node> theta) {
        return problem.build(graph, batchSize, theta).losses().sumAll().over(graph.count(Problem.ROWS));
    }

    /// The kinds of op that an update uses, one of each, in order of name.
    public static List<Op> ops(Problem problem, Momentum optimiser) {
        Tensors parameters = new Tensors(PARAMETER, problem.parameters());
        Graph graph = new Graph();
        Node loss = loss(problem, graph, 1, parameters.inputs(graph));
        Descent.program(loss, loss, parameters, new Tensors(VELOCITY, problem.parameters()), optimiser);
        TreeMap<String, Op> ops = new TreeMap<>();
        for (Node node : graph.nodes()) {
            ops.putIfAbsent(node.op().getClass().getSimpleName(), node.op());
        }
        return List.copyOf(ops.values());
    }

    public void set(float[] weights, float[] velocity) {
        parameters.set(work, weights);
        velocities.set(work, velocity);
        work.set(Descent.RATE, optimiser.learningRate());
    }

    /// One update on the examples `rows[from] … rows[from + n − 1]`; the batch's mean loss before it.
    public double update(int[] rows, int from, int n) {
        Split split = problem.split();
        work.gather(Problem.X, split.inputs(), rows, from, n);
        work.gather(Problem.TARGETS, split.targets(), rows, from, n);
        work.run();
        return work.scalar(Descent.LOSS);
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
