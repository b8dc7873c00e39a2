package org.phasezoo.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.engine.Program;
import org.phasezoo.engine.Workspace;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Shape;
import org.phasezoo.model.Parameter;

/// One update of an optimiser as a program that carries parameters and slots into its next run.
public final class Descent {
    /// Scalar input: the learning rate.
    public static final String RATE = "rate";

    /// Scalar output: the loss before the update.
    public static final String LOSS = "loss";

    private Descent() {}

    /// The slots of these parameters, as inputs named `<slot>.<parameter>`.
    public static List<Tensors> slots(Optimiser optimiser, List<Parameter> parameters) {
        List<Tensors> slots = new ArrayList<>();
        for (String slot : optimiser.slots()) {
            slots.add(new Tensors(slot + ".", parameters));
        }
        return slots;
    }

    /// Tensors that the optimiser leaves alone and their next values.
    record Kept(Tensors tensors, List<Node> next) {}

    /// The program that lowers `objective` in the inputs `theta` and puts out `loss`.
    public static Program program(Node objective, Node loss, Tensors theta, Optimiser optimiser) {
        Kept none = new Kept(new Tensors("", List.of()), List.of());
        return program(objective, loss, theta, optimiser, none);
    }

    /// As [#program(Node, Node, Tensors, Optimiser)], and carries what is `kept`.
    static Program program(
            Node objective, Node loss, Tensors theta, Optimiser optimiser, Kept kept) {
        Graph graph = objective.graph();
        List<Node> parameters = theta.inputs(graph);
        List<Node> gradient = optimiser.gradient(objective, parameters);
        List<Tensors> slots = slots(optimiser, theta.parameters());
        List<List<Node>> before = new ArrayList<>();
        for (Tensors slot : slots) {
            before.add(slot.inputs(graph));
        }
        Node rate = graph.input(RATE, Shape.SCALAR);
        List<Node> rates = new ArrayList<>();
        for (Parameter parameter : theta.parameters()) {
            rates.add(parameter.rate() == 1 ? rate : rate.times(parameter.rate()));
        }
        Optimiser.Update update = optimiser.update(parameters, before, gradient, rates);
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        SequencedMap<String, String> carries = new LinkedHashMap<>();
        outputs.put(LOSS, loss);
        for (int i = 0; i < parameters.size(); i++) {
            carry(outputs, carries, theta, i, update.parameters().get(i));
            for (int slot = 0; slot < slots.size(); slot++) {
                carry(outputs, carries, slots.get(slot), i, update.slots().get(slot).get(i));
            }
        }
        for (int i = 0; i < kept.next().size(); i++) {
            carry(outputs, carries, kept.tensors(), i, kept.next().get(i));
        }
        return Program.of(outputs, carries);
    }

    private static void carry(
            SequencedMap<String, Node> outputs,
            SequencedMap<String, String> carries,
            Tensors tensors,
            int index,
            Node value) {
        String name = tensors.name(tensors.parameters().get(index));
        outputs.put("new." + name, value);
        carries.put("new." + name, name);
    }

    /// Sets the optimiser's scalars for the n-th update (from 1), those that the program reads.
    static void scalars(
            Workspace work,
            List<String> inputs,
            Optimiser optimiser,
            long update,
            double progress) {
        optimiser
                .scalars(update, progress)
                .forEach((name, value) -> {
                    if (inputs.contains(name)) {
                        work.set(name, value);
                    }
                });
    }
}
