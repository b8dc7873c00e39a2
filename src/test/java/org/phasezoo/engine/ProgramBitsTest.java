package org.phasezoo.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.phasezoo.graph.Derivatives;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Op;
import org.phasezoo.graph.Shape;
import org.phasezoo.model.Architecture;
import org.phasezoo.model.Forward;
import org.phasezoo.model.Parameter;
import org.phasezoo.train.Adam;
import org.phasezoo.train.Momentum;
import org.phasezoo.train.Muon;
import org.phasezoo.train.Optimiser;
import org.phasezoo.train.SharpnessAware;

/// What training runs, bit for bit as the definition: loss and gradient of every architecture, and
/// an update of the optimisers that are more than element-wise.
class ProgramBitsTest {
    private static final Architecture.Input INPUT = new Architecture.Input(2, 8, 12, 5);
    private static final int CAPACITY = 20;

    @ParameterizedTest
    @MethodSource("org.phasezoo.model.ArchitectureSizesTest#all")
    void loss_gradient_and_next_buffers_of_every_architecture(Architecture net) {
        Graph graph = new Graph();
        Shape images =
                Shape.bounded("n", CAPACITY, INPUT.channels(), INPUT.height(), INPUT.width());
        List<Node> tensors = new ArrayList<>();
        for (Parameter tensor : net.tensors(INPUT)) {
            tensors.add(graph.input(tensor.name(), tensor.shape()));
        }
        Forward forward =
                net.forward(graph.input("x", images), tensors, INPUT, Forward.Mode.TRAINING);
        Node targets = graph.input("y", Shape.bounded("n", CAPACITY, INPUT.classes()));
        Node loss = Nets.crossEntropy(forward.logits(), targets);
        for (Node penalty : forward.penalties()) {
            loss = loss.plus(penalty.sumAll());
        }
        List<Node> parameters = tensors.subList(0, net.parameters(INPUT).size());
        SequencedMap<String, Node> outputs = named("g", Derivatives.gradient(loss, parameters));
        outputs.put("loss", loss);
        outputs.putAll(named("buffer", forward.buffers()));
        Program program = Program.of(outputs);
        TreeMap<String, double[]> inputs = Bits.drawn(program);
        for (int count : new int[] {3, 17}) {
            Bits.assertDefined(outputs, program, count, inputs);
        }
        assertThat(new Interpreter(Precision.FLOAT64, 17, inputs).value(loss)[0]).isFinite();
    }

    static Stream<Optimiser> optimisers() {
        Adam adam = new Adam(.1, .9, .95, 1e-8, .02, .3);
        return Stream.of(
                adam,
                new Muon(.1, .9, .03, adam),
                new SharpnessAware(.2, new Momentum(.1, .9, .01, .5)));
    }

    @ParameterizedTest
    @MethodSource("optimisers")
    void an_update_of_a_perceptron(Optimiser optimiser) {
        Nets net = Nets.perceptron("tanh", CAPACITY);
        Graph graph = net.graph();
        List<List<Node>> slots = new ArrayList<>();
        for (String slot : optimiser.slots()) {
            List<Node> of = new ArrayList<>();
            for (Node parameter : net.parameters()) {
                String name = slot + "." + ((Op.Input) parameter.op()).name();
                Node held = graph.input(name, parameter.shape());
                of.add(held.times(held));
            }
            slots.add(of);
        }
        Node rate = graph.input("rate", Shape.SCALAR);
        Optimiser.Update update =
                optimiser.update(
                        net.parameters(),
                        slots,
                        optimiser.gradient(net.loss(), net.parameters()),
                        List.of(rate, rate.times(2), rate));
        SequencedMap<String, Node> outputs = named("moved", update.parameters());
        for (int i = 0; i < slots.size(); i++) {
            outputs.putAll(named("slot" + i + ".", update.slots().get(i)));
        }
        Program program = Program.of(outputs);
        TreeMap<String, double[]> inputs = Bits.drawn(program);
        optimiser
                .scalars(3, .5)
                .forEach((name, value) -> inputs.put(name, new double[] {(float) (double) value}));
        for (int count : new int[] {3, 17}) {
            Bits.assertDefined(outputs, program, count, inputs);
        }
        for (Node moved : update.parameters()) {
            for (double x : new Interpreter(Precision.FLOAT64, 17, inputs).value(moved)) {
                assertThat(x).isFinite();
            }
        }
    }

    private static SequencedMap<String, Node> named(String prefix, List<Node> nodes) {
        SequencedMap<String, Node> named = new LinkedHashMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            named.put(prefix + i, nodes.get(i));
        }
        return named;
    }
}
