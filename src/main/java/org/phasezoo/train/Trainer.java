package org.phasezoo.train;

import java.util.ArrayList;
import java.util.List;
import org.phasezoo.data.Split;
import org.phasezoo.engine.Program;
import org.phasezoo.engine.Workspace;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Op;
import org.phasezoo.model.Forward;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;

/// Updates of an optimiser on batches: a program that carries parameters and slots, and the memory
/// that it runs in.
public final class Trainer {
    private static final String PREFIX = "parameter.";

    private final Problem problem;
    private final Optimiser optimiser;
    private final Tensors tensors;
    private final List<Tensors> slots;
    private final List<String> inputs;
    private final Workspace work;
    private final Key noise;
    private long updates;

    /// A trainer for batches of at most `batchSize`; `noise` is the key of the optimiser's draws.
    public Trainer(Problem problem, Optimiser optimiser, int batchSize, Key noise) {
        this.problem = problem;
        this.noise = noise;
        this.optimiser = optimiser;
        this.tensors = new Tensors(PREFIX, problem.tensors());
        this.slots = Descent.slots(optimiser, problem.parameters());
        Program program = program(problem, optimiser, batchSize);
        this.inputs = program.inputNames();
        this.work = program.workspace(problem.precision());
    }

    /// The program of one update; its inputs are named `parameter.<name>`, buffers too, and
    /// `<slot>.<name>`.
    public static Program program(Problem problem, Optimiser optimiser, int batchSize) {
        return program(problem, optimiser, batchSize, new Graph());
    }

    private static Program program(
            Problem problem, Optimiser optimiser, int batchSize, Graph graph) {
        Tensors theta = new Tensors(PREFIX, problem.parameters());
        Tensors buffers = new Tensors(PREFIX, problem.buffers());
        List<Node> tensors = new ArrayList<>(theta.inputs(graph));
        tensors.addAll(buffers.inputs(graph));
        Problem.Built built = problem.build(graph, batchSize, tensors, Forward.Mode.TRAINING);
        Node loss = built.losses().sumAll().over(graph.count(Problem.ROWS));
        return Descent.program(
                loss, loss, theta, optimiser, new Descent.Kept(buffers, built.buffers()));
    }

    /// The kinds of op that an update uses, one of each, in order of name.
    public static List<Op> ops(Problem problem, Optimiser optimiser) {
        Graph graph = new Graph();
        program(problem, optimiser, 1, graph);
        return graph.ops();
    }

    /// Puts the trainer where it was after `updates` updates. Slots are the optimiser's, in its
    /// order; none stands for zeros.
    public void set(double[] weights, List<double[]> slotValues, long updates) {
        tensors.set(work, weights);
        for (int i = 0; i < slots.size(); i++) {
            slots.get(i)
                    .set(
                            work,
                            slotValues.isEmpty()
                                    ? new double[slots.get(i).size()]
                                    : slotValues.get(i));
        }
        this.updates = updates;
    }

    /// One update on the examples `rows[from] … rows[from + n − 1]` at a rate, after `progress`, in
    /// [0, 1), of all updates; the batch's mean loss before it.
    public double update(int[] rows, int from, int n, double rate, double progress) {
        Split split = problem.split();
        return update(split.inputs(), split.targets(), rows, from, n, rate, progress);
    }

    /// As [#update(int[], int, int, double, double)], on rows of these tables.
    public double update(
            float[] examples,
            float[] targets,
            int[] rows,
            int from,
            int n,
            double rate,
            double progress) {
        updates++;
        Descent.scalars(work, inputs, optimiser, updates, progress);
        optimiser.noise().ifPresent(name -> work.draws(name, new Draws(noise), updates - 1));
        work.set(Descent.RATE, rate);
        work.gather(Problem.X, examples, rows, from, n);
        work.gather(Problem.TARGETS, targets, rows, from, n);
        work.run();
        return work.scalar(Descent.LOSS);
    }

    /// Parameters, then buffers.
    public double[] weights() {
        return peek(tensors);
    }

    /// The optimiser's slots, in its order.
    public List<double[]> slots() {
        List<double[]> values = new ArrayList<>();
        for (Tensors slot : slots) {
            values.add(peek(slot));
        }
        return values;
    }

    private double[] peek(Tensors which) {
        double[] values = new double[which.size()];
        which.peek(work, values, 0);
        return values;
    }
}
