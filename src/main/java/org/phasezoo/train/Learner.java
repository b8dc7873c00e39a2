package org.phasezoo.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.phasezoo.engine.Precision;
import org.phasezoo.engine.Program;
import org.phasezoo.engine.Workspace;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Op;
import org.phasezoo.model.Parameter;
import org.phasezoo.random.Draws;

/// Parameters in training on any objective: a program that carries them and the optimiser's slots,
/// and the memory that it runs in, which it takes when it is first used. Inputs of the objective
/// are set on [#work].
public final class Learner {
    private final List<Tensors> carried = new ArrayList<>();
    private final Optimiser optimiser;
    private final List<String> inputs;
    private final Program program;
    private final List<Op> ops;
    private final Precision precision;
    private @Nullable Workspace work;
    private long updates;

    /// @param objective the scalar to lower, of the parameters in their order
    public Learner(
            List<Parameter> parameters,
            Optimiser optimiser,
            Precision precision,
            Function<List<Node>, Node> objective) {
        this(parameters, optimiser, optimiser, precision, theta -> lossOf(objective.apply(theta)));
    }

    /// @param ofBiases for the parameters without fan-in: `optimiser` with other settings
    /// @param outputs the scalar to lower under [Descent#LOSS], and what else is to be read from
    ///   [#work] after an update, of the parameters before it
    public Learner(
            List<Parameter> parameters,
            Optimiser optimiser,
            Optimiser ofBiases,
            Precision precision,
            Function<List<Node>, SequencedMap<String, Node>> outputs) {
        refuse(optimiser, ofBiases);
        this.optimiser = optimiser;
        carried.add(new Tensors("parameter.", parameters));
        carried.addAll(Descent.slots(optimiser, parameters));
        Tensors theta = carried.getFirst();
        SequencedMap<String, Node> told = outputs.apply(theta.inputs(new Graph()));
        Node loss = Objects.requireNonNull(told.get(Descent.LOSS));
        Descent.Kept none = new Descent.Kept(new Tensors("", List.of()), List.of());
        this.program = Descent.program(loss, told, theta, optimiser, ofBiases, none);
        this.ops = loss.graph().ops();
        this.precision = precision;
        this.inputs = program.inputNames();
    }

    /// Refuses optimisers that take draws or cannot go together.
    public static void refuse(Optimiser optimiser, Optimiser ofBiases) {
        if (optimiser.noise().isPresent()) {
            throw new IllegalArgumentException(
                    "optimiser takes draws, which only training on a data set gives; choose one"
                            + " without noise");
        }
        if (ofBiases.getClass() != optimiser.getClass()
                || ofBiases.learningRate() != optimiser.learningRate()
                || !ofBiases.scalars(2, .5).equals(optimiser.scalars(2, .5))) {
            throw new IllegalArgumentException(
                    "biases differ from optimiser in more than decay; make the rest the same");
        }
    }

    private static SequencedMap<String, Node> lossOf(Node loss) {
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put(Descent.LOSS, loss);
        return outputs;
    }

    public Workspace work() {
        Workspace taken = work;
        if (taken == null) {
            taken = program.workspace(precision);
            work = taken;
        }
        return taken;
    }

    /// The program of one update.
    public Program program() {
        return program;
    }

    /// The kinds of op that an update uses, one of each, in order of name.
    public List<Op> ops() {
        return ops;
    }

    public Precision precision() {
        return precision;
    }

    /// Draws N(0, deviation²/fan-in) for each weight, rounded to float; what has no fan-in begins
    /// at its initial value. Parameter i's element j stands at draw 2³² i + j.
    public static double[] start(List<Parameter> parameters, Draws draws) {
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            Parameter p = parameters.get(i);
            double root = Math.sqrt(p.fanIn());
            for (int j = 0; j < p.shape().elements(); j++) {
                long at = ((long) i << 32) + j;
                values.add(
                        p.fanIn() == 0
                                ? p.initial()
                                : (float) (p.deviation() * (draws.normal(at) / root)));
            }
        }
        return values.stream().mapToDouble(x -> x).toArray();
    }

    public double[] parameters() {
        double[] parameters = new double[carried.getFirst().size()];
        carried.getFirst().peek(work(), parameters, 0);
        return parameters;
    }

    /// The parameters, then each slot, one after the other.
    public double[] state() {
        double[] state = new double[carried.getFirst().size() * carried.size()];
        for (int i = 0; i < carried.size(); i++) {
            carried.get(i).peek(work(), state, i * carried.getFirst().size());
        }
        return state;
    }

    /// Goes on from parameters (slots are then 0) or a whole [#state], after `updates` updates.
    public void restore(double[] state, long updates) {
        int size = carried.getFirst().size();
        for (int i = 0; i < carried.size(); i++) {
            double[] values = new double[size];
            if ((i + 1) * size <= state.length) {
                System.arraycopy(state, i * size, values, 0, size);
            }
            carried.get(i).set(work(), values);
        }
        this.updates = updates;
    }

    /// One update at a factor of the optimiser's rate, after `progress` of all; the loss before it.
    public double update(double factor, double progress) {
        updates++;
        Workspace work = work();
        Descent.scalars(work, inputs, optimiser, updates, progress);
        work.set(Descent.RATE, optimiser.learningRate() * factor);
        work.run();
        return work.scalar(Descent.LOSS);
    }
}
