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
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put(LOSS, loss);
        return program(objective, outputs, theta, optimiser, optimiser, kept);
    }

    /// The program that lowers `objective` in the inputs `theta` and puts out `told`; parameters
    /// without fan-in follow `ofBiases`, which has the slots of `optimiser`.
    static Program program(
            Node objective,
            SequencedMap<String, Node> told,
            Tensors theta,
            Optimiser optimiser,
            Optimiser ofBiases,
            Kept kept) {
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
        SequencedMap<String, Node> outputs = new LinkedHashMap<>(told);
        SequencedMap<String, String> carries = new LinkedHashMap<>();
        for (Group group : groups(theta.parameters(), optimiser, ofBiases)) {
            Optimiser.Update update =
                    group.optimiser.update(
                            group.of(parameters),
                            before.stream().map(group::of).toList(),
                            group.of(gradient),
                            group.of(rates));
            for (int i = 0; i < group.members.size(); i++) {
                int at = group.members.get(i);
                carry(outputs, carries, theta, at, update.parameters().get(i));
                for (int slot = 0; slot < slots.size(); slot++) {
                    carry(outputs, carries, slots.get(slot), at, update.slots().get(slot).get(i));
                }
            }
        }
        for (int i = 0; i < kept.next().size(); i++) {
            carry(outputs, carries, kept.tensors(), i, kept.next().get(i));
        }
        return Program.of(outputs, carries);
    }

    /// Parameters, by their places, that one optimiser updates together.
    private record Group(Optimiser optimiser, List<Integer> members) {
        private List<Node> of(List<Node> all) {
            return members.stream().map(all::get).toList();
        }
    }

    private static List<Group> groups(
            List<Parameter> parameters, Optimiser optimiser, Optimiser ofBiases) {
        List<Integer> weights = new ArrayList<>();
        List<Integer> biases = optimiser.equals(ofBiases) ? weights : new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            (parameters.get(i).fanIn() > 0 ? weights : biases).add(i);
        }
        Group first = new Group(optimiser, weights);
        return biases == weights ? List.of(first) : List.of(first, new Group(ofBiases, biases));
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
