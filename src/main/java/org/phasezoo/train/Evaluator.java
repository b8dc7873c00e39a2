package org.phasezoo.train;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.phasezoo.engine.Program;
import org.phasezoo.engine.Workspace;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;

/// Logits of a net on many examples and the objective's losses of them, without an architecture's
/// penalties; in chunks.
public final class Evaluator {
    private static final int CHUNK = 64;

    private final Problem problem;
    private final Tensors tensors;
    private final Workspace work;

    public Evaluator(Problem problem) {
        this.problem = problem;
        this.tensors = new Tensors("parameter.", problem.tensors());
        this.work = program(problem).workspace(problem.precision());
    }

    /// The program that evaluates a chunk.
    public static Program program(Problem problem) {
        Tensors tensors = new Tensors("parameter.", problem.tensors());
        Graph graph = new Graph();
        Problem.Built built = problem.build(graph, CHUNK, tensors.inputs(graph));
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("logits", built.logits());
        Node losses = problem.objective().losses(built.logits(), built.targets());
        outputs.put("losses", losses);
        if (built.losses() != losses) {
            // What has penalties has tensors that nothing else reads.
            outputs.put("penalised", built.losses());
        }
        return Program.of(outputs);
    }

    /// Losses of examples and whether each was classified rightly (the largest logit; ties take the
    /// lowest class).
    public record Evaluation(double[] losses, boolean[] right) {
        public double meanLoss() {
            double sum = 0;
            for (double loss : losses) {
                sum += loss;
            }
            return sum / losses.length;
        }

        /// Percentage of examples classified rightly.
        public double accuracyPercent() {
            int n = 0;
            for (boolean r : right) {
                n += r ? 1 : 0;
            }
            return 100.0 * n / right.length;
        }
    }

    /// Evaluates the examples `rows`.
    public Evaluation evaluate(double[] weights, int[] rows) {
        tensors.set(work, weights);
        int classes = problem.split().classes();
        double[] losses = new double[rows.length];
        boolean[] right = new boolean[rows.length];
        double[] logits = new double[CHUNK * classes];
        for (int from = 0; from < rows.length; from += CHUNK) {
            int n = Math.min(CHUNK, rows.length - from);
            work.gather(Problem.X, problem.split().inputs(), rows, from, n);
            work.gather(Problem.TARGETS, problem.split().targets(), rows, from, n);
            work.run();
            work.get("losses", losses, from);
            work.get("logits", logits, 0);
            for (int i = 0; i < n; i++) {
                int best = 0;
                for (int c = 1; c < classes; c++) {
                    best = logits[i * classes + c] > logits[i * classes + best] ? c : best;
                }
                right[from + i] =
                        problem.split().labels()[rows[from + i]] == best
                                && !Double.isNaN(logits[i * classes + best]);
            }
        }
        return new Evaluation(losses, right);
    }

    /// Logits, row-major, of the first `n` rows of a table of inputs that need not belong to the
    /// split.
    public double[] logits(double[] weights, float[] inputs, int n) {
        tensors.set(work, weights);
        int classes = problem.split().classes();
        int[] rows = new int[n];
        for (int i = 0; i < n; i++) {
            rows[i] = i;
        }
        double[] logits = new double[n * classes];
        for (int from = 0; from < n; from += CHUNK) {
            int size = Math.min(CHUNK, n - from);
            work.gather(Problem.X, inputs, rows, from, size);
            work.gather(Problem.TARGETS, problem.split().targets(), rows, from, size);
            work.run();
            work.get("logits", logits, from * classes);
        }
        return logits;
    }
}
