package org.phasezoo.study.dynamics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.engine.Precision;
import org.phasezoo.engine.Program;
import org.phasezoo.engine.Workspace;
import org.phasezoo.graph.Derivatives;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Shape;
import org.phasezoo.model.Parameter;
import org.phasezoo.random.Draws;
import org.phasezoo.study.Saved;
import org.phasezoo.train.Adam;
import org.phasezoo.train.Descent;
import org.phasezoo.train.Optimiser;
import org.phasezoo.train.Tensors;

/// A perceptron on the embeddings of two residues, in training on a table, in float32.
///
/// Logits of the pair (a, b): relu(e_a A + e_b B + c) R + r, with e the shared embeddings (p, d);
/// the loss is the mean cross-entropy over the pairs of training. e A and e B are computed once for
/// all pairs. The decay is on the matrices.
///
/// Start: e, A, B ~ N(0, 1/d), R ~ N(0, 1/width), biases 0; parameter i's element j at draw 2³² i +
/// j.
public final class ModularNet {
    private static final String ROWS = "pairs";
    private static final String LOGITS = "logits";
    private static final List<String> SLOTS = List.of("mean", "square");

    private final List<Parameter> parameters;
    private final int matrices;
    private final List<Tensors> carried = new ArrayList<>();
    private final ModularTable table;
    private final Adam adam;
    private final Program program;
    private final Workspace work;
    private final double[] logits;
    private final int p;
    private final int dimension;

    ModularNet(ModularTable table, int p, int dimension, int width, double rate, double decay) {
        this.table = table;
        this.p = p;
        this.dimension = dimension;
        this.parameters =
                List.of(
                        matrix("embedding", p, dimension, dimension),
                        matrix("left", dimension, width, dimension),
                        matrix("right", dimension, width, dimension),
                        matrix("readout", width, p, width),
                        new Parameter("shift", Shape.of(width), "bias", 0, 1),
                        new Parameter("readout.shift", Shape.of(p), "bias", 0, 1));
        this.matrices = 4;
        this.adam = new Adam(rate, .9, .98, 1e-8, decay, 0);
        carried.add(new Tensors("parameter.", parameters));
        carried.addAll(Descent.slots(adam, parameters));
        this.program = program();
        this.work = program.workspace(Precision.FLOAT32);
        this.logits = new double[table.size() * p];
        work.count(ROWS, table.size());
        work.set("a", table.first());
        work.set("b", table.second());
        work.set("training", table.training());
        work.set("targets", table.targets());
    }

    private static Parameter matrix(String name, int rows, int columns, int fanIn) {
        return new Parameter(name, Shape.of(rows, columns), "weight", fanIn, 1);
    }

    private Shape rows(Integer... inner) {
        return Shape.bounded(ROWS, table.size(), inner);
    }

    private Program program() {
        Graph graph = new Graph();
        List<List<Node>> before = new ArrayList<>();
        for (Tensors tensors : carried) {
            before.add(tensors.inputs(graph));
        }
        List<Node> theta = before.getFirst();
        Node left = theta.get(0).contract(false, theta.get(1), false);
        Node right = theta.get(0).contract(false, theta.get(2), false);
        Node a = graph.input("a", rows(p));
        Node b = graph.input("b", rows(p));
        Node entered = a.contract(false, left, false).plus(b.contract(false, right, false));
        Node hidden = entered.plus(theta.get(4).broadcast(entered.shape(), 1)).relu(0);
        Node z = hidden.contract(false, theta.get(3), false);
        z = z.plus(theta.get(5).broadcast(z.shape(), 1));
        Node loss = loss(z);
        List<Node> gradient = Derivatives.gradient(loss, theta);
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        SequencedMap<String, String> carries = new LinkedHashMap<>();
        outputs.put(Descent.LOSS, loss);
        outputs.put(LOGITS, z);
        Node rate = graph.input(Descent.RATE, Shape.SCALAR);
        Adam undecayed = new Adam(adam.learningRate(), .9, .98, 1e-8, 0, 0);
        int n = parameters.size();
        carry(outputs, carries, update(adam, before, gradient, rate, 0, matrices), 0);
        carry(outputs, carries, update(undecayed, before, gradient, rate, matrices, n), matrices);
        return Program.of(outputs, carries);
    }

    /// The mean over pairs of training of log Σ_c exp(z_c − z_y), y the answer; the differences of
    /// other pairs are taken for 0, so that none overflows.
    private Node loss(Node z) {
        Graph graph = z.graph();
        Node targets = graph.input("targets", z.shape());
        Node training = graph.input("training", rows());
        Node answer = z.times(targets).sum(1).broadcast(z.shape(), 0);
        Node behind = z.minus(answer).times(training.broadcast(z.shape(), 0));
        return behind.exp().sum(1).log().times(training).sumAll().times(1.0 / table.trainings());
    }

    private static Optimiser.Update update(
            Adam adam, List<List<Node>> before, List<Node> gradient, Node rate, int from, int to) {
        return adam.update(
                before.getFirst().subList(from, to),
                List.of(before.get(1).subList(from, to), before.get(2).subList(from, to)),
                gradient.subList(from, to),
                Collections.nCopies(to - from, rate));
    }

    private void carry(
            SequencedMap<String, Node> outputs,
            SequencedMap<String, String> carries,
            Optimiser.Update update,
            int from) {
        List<List<Node>> after = new ArrayList<>();
        after.add(update.parameters());
        after.addAll(update.slots());
        for (int row = 0; row < after.size(); row++) {
            for (int i = 0; i < after.get(row).size(); i++) {
                String name = carried.get(row).name(parameters.get(from + i));
                outputs.put("new." + name, after.get(row).get(i));
                carries.put("new." + name, name);
            }
        }
    }

    /// The carried arrays at the start.
    Saved start(Draws draws) {
        double[] theta = new double[carried.getFirst().size()];
        int at = 0;
        for (int i = 0; i < parameters.size(); i++) {
            int size = parameters.get(i).shape().elements();
            for (int j = 0; j < size && i < matrices; j++) {
                double scale = Math.sqrt(1.0 / parameters.get(i).fanIn());
                theta[at + j] = (float) (scale * draws.normal(((long) i << 32) + j));
            }
            at += size;
        }
        Saved saved = new Saved().with("parameter", theta);
        for (String slot : SLOTS) {
            saved.with(slot, new double[theta.length]);
        }
        load(saved);
        return saved;
    }

    /// Puts the net where `saved` says.
    void load(Saved saved) {
        carried.getFirst().set(work, saved.row("parameter"));
        for (int i = 0; i < SLOTS.size(); i++) {
            carried.get(i + 1).set(work, saved.row(SLOTS.get(i)));
        }
    }

    /// Writes where the net is.
    void store(Saved saved) {
        double[][] rows = {saved.row("parameter"), saved.row("mean"), saved.row("square")};
        for (int i = 0; i < rows.length; i++) {
            carried.get(i).peek(work, rows[i], 0);
        }
    }

    /// The `update`-th update (from 1), at a part of the rate; the loss before it.
    ///
    /// @param all whether logits of the pairs of test are computed, too
    double update(long update, double part, boolean all) {
        work.count(ROWS, all ? table.size() : table.trainings());
        adam.scalars(update, 0).forEach((name, value) -> work.set(name, value));
        work.set(Descent.RATE, adam.learningRate() * part);
        work.run();
        return work.scalar(Descent.LOSS);
    }

    /// Accuracy on the pairs of training and on those of test before the last update, which
    /// computed all.
    double[] accuracies() {
        work.get(LOGITS, logits, 0);
        return table.accuracies(logits);
    }

    /// Euclidean norm of all parameters, and the share of the three strongest frequencies in the
    /// embeddings: Σ over dimensions of |Σ_a e_a exp(2πi k a/p)|², k = 1 … (p − 1)/2.
    double[] normAndFourierShare() {
        double[] theta = new double[carried.getFirst().size()];
        carried.getFirst().peek(work, theta, 0);
        double squares = 0;
        for (double value : theta) {
            squares += value * value;
        }
        double[] power = new double[(p - 1) / 2];
        double all = 0;
        for (int k = 1; k <= power.length; k++) {
            for (int j = 0; j < dimension; j++) {
                double re = 0;
                double im = 0;
                for (int a = 0; a < p; a++) {
                    double angle = 2 * StrictMath.PI * (k * a % p) / p;
                    re += theta[a * dimension + j] * StrictMath.cos(angle);
                    im += theta[a * dimension + j] * StrictMath.sin(angle);
                }
                power[k - 1] += re * re + im * im;
            }
            all += power[k - 1];
        }
        java.util.Arrays.sort(power);
        int n = power.length;
        double top = power[n - 1] + power[n - 2] + power[n - 3];
        return new double[] {Math.sqrt(squares), top / all};
    }
}
