package org.phasezoo.train;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.phasezoo.data.Split;
import org.phasezoo.engine.Precision;
import org.phasezoo.engine.Program;
import org.phasezoo.engine.Workspace;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Op;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;

/// Updates of an optimiser on batches: a program that carries parameters and slots, and the memory
/// that it runs in.
public final class Trainer {
    private final Problem problem;
    private final Optimiser optimiser;
    private final Tensors parameters;
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
        this.parameters = parameters(problem);
        this.slots = Descent.slots(optimiser, problem.parameters());
        Program program = program(problem, optimiser, batchSize);
        this.inputs = program.inputNames();
        this.work = program.workspace(Precision.FLOAT32);
    }

    private static Tensors parameters(Problem problem) {
        return new Tensors("parameter.", problem.parameters());
    }

    /// The program of one update; its inputs are named `parameter.<name>` and `<slot>.<name>`.
    public static Program program(Problem problem, Optimiser optimiser, int batchSize) {
        return program(problem, optimiser, batchSize, new Graph());
    }

    private static Program program(
            Problem problem, Optimiser optimiser, int batchSize, Graph graph) {
        Tensors theta = parameters(problem);
        Node loss =
                problem.build(graph, batchSize, theta.inputs(graph))
                        .losses()
                        .sumAll()
                        .over(graph.count(Problem.ROWS));
        return Descent.program(loss, loss, theta, optimiser);
    }

    /// The kinds of op that an update uses, one of each, in order of name.
    public static List<Op> ops(Problem problem, Optimiser optimiser) {
        Graph graph = new Graph();
        program(problem, optimiser, 1, graph);
        TreeMap<String, Op> ops = new TreeMap<>();
        for (Node node : graph.nodes()) {
            ops.putIfAbsent(node.op().getClass().getSimpleName(), node.op());
        }
        return List.copyOf(ops.values());
    }

    /// Puts the trainer where it was after `updates` updates. Slots are the optimiser's, in its
    /// order; none stands for zeros.
    public void set(float[] weights, List<float[]> slotValues, long updates) {
        parameters.set(work, weights);
        for (int i = 0; i < slots.size(); i++) {
            slots.get(i)
                    .set(
                            work,
                            slotValues.isEmpty() ? new float[weights.length] : slotValues.get(i));
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
        optimiser
                .scalars(updates, progress)
                .forEach((name, value) -> {
                    if (inputs.contains(name)) {
                        work.set(name, value);
                    }
                });
        optimiser.noise().ifPresent(name -> work.draws(name, new Draws(noise), updates - 1));
        work.set(Descent.RATE, rate);
        work.gather(Problem.X, examples, rows, from, n);
        work.gather(Problem.TARGETS, targets, rows, from, n);
        work.run();
        return work.scalar(Descent.LOSS);
    }

    public float[] weights() {
        return peek(parameters);
    }

    /// The optimiser's slots, in its order.
    public List<float[]> slots() {
        List<float[]> values = new ArrayList<>();
        for (Tensors slot : slots) {
            values.add(peek(slot));
        }
        return values;
    }

    private float[] peek(Tensors tensors) {
        float[] values = new float[tensors.size()];
        tensors.peek(work, values);
        return values;
    }
}
