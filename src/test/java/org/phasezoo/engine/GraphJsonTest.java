package org.phasezoo.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.phasezoo.graph.Elements;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.GraphJson;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Op;
import org.phasezoo.graph.Shape;
import org.phasezoo.model.Architecture;
import org.phasezoo.model.ArchitectureSizesTest;
import org.phasezoo.model.ConvolutionalNet;
import org.phasezoo.model.Parameter;
import org.phasezoo.model.Scaled;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;

/// What another program makes of a stored graph is what the engine makes of the graph.
class GraphJsonTest {
    private static final Architecture.Input INPUT = new Architecture.Input(2, 8, 12, 5);
    private static final int ROWS = 3;

    static Stream<Arguments> nets() {
        Scaled.Exponents exponents = new Scaled.Exponents(.5, 0, 0);
        Architecture scaled =
                new Scaled(
                        new ConvolutionalNet(3, .1), 5, exponents, exponents, exponents, exponents);
        return Stream.concat(ArchitectureSizesTest.all().stream(), Stream.of(scaled))
                .flatMap(net -> Stream.of(Precision.values()).map(p -> Arguments.of(net, p)));
    }

    @ParameterizedTest
    @MethodSource("nets")
    void a_stored_net_gives_the_bits_of_the_engine(Architecture net, Precision precision)
            throws Exception {
        Graph graph = new Graph();
        SequencedMap<String, double[]> values = new LinkedHashMap<>();
        Shape images =
                Shape.bounded("n", ROWS + 1, INPUT.channels(), INPUT.height(), INPUT.width());
        Node x = graph.input("x", images);
        values.put("x", values("x", images));
        List<Node> tensors = new ArrayList<>();
        for (Parameter tensor : net.tensors(INPUT)) {
            tensors.add(graph.input(tensor.name(), tensor.shape()));
            values.put(tensor.name(), values(tensor.name(), tensor.shape()));
        }
        Node logits = net.logits(x, tensors, INPUT);

        JsonNode stored = new ObjectMapper().readTree(GraphJson.of(logits).toString());
        Node again = StoredGraph.read(stored, ROWS + 5);
        double[] read = new Interpreter(precision, ROWS, values).value(again);

        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("logits", logits);
        Workspace work = Program.of(outputs).workspace(precision);
        work.count("n", ROWS);
        for (JsonNode node : stored) {
            if (node.get("op").textValue().equals("input")) {
                String name = node.get("name").textValue();
                work.set(name, values.get(name));
            }
        }
        work.run();
        double[] computed = new double[ROWS * INPUT.classes()];
        work.get("logits", computed, 0);
        assertThat(read).isEqualTo(computed);
        assertThat(computed).doesNotContain(Double.NaN);
    }

    private static double[] values(String name, Shape shape) {
        Draws draws = new Draws(Key.of(name));
        double[] values = new double[shape.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = name.endsWith("running_var") ? 1 + draws.uniform(i) : draws.normal(i) / 2;
        }
        return values;
    }

    @Test
    void only_what_the_result_depends_on_is_stored_and_inputs_stand_before_it() {
        Graph graph = new Graph();
        Node x = graph.input("x", Shape.bounded("n", 7, 2));
        Node unused = graph.input("unused", Shape.of(2)).exp();
        Node result = x.relu(.25).plus(x).sum(1);
        result.plus(result);
        assertThat(unused.number()).isLessThan(result.number());
        assertThat(GraphJson.of(result).toString().replace('"', '\''))
                .isEqualTo(
                        "[{'op':'input','of':[],'name':'x','shape':['n',2]},"
                                + "{'op':'relu','of':[0],'slope':0.25},"
                                + "{'op':'add','of':[1,0]},"
                                + "{'op':'sum','of':[2],'axes':[1]}]");
    }

    @Test
    void elements_are_runs() throws Exception {
        for (int[] numbers :
                List.of(
                        new int[] {4},
                        new int[] {-1, -1, 0, 1, 2, -1},
                        new int[] {0, 3, 6, 1, 4, 7},
                        new int[] {5, 4, 3, 3, 3, 0})) {
            Graph graph = new Graph();
            Op take = new Op.Take(Shape.of(numbers.length), Elements.of(numbers));
            Node result = graph.node(take, graph.input("x", Shape.of(8)));
            JsonNode json = GraphJson.of(result);
            assertThat(StoredGraph.read(json, 1).op()).isEqualTo(take);
        }
        Graph graph = new Graph();
        Node transposed = graph.input("x", Shape.of(64, 32)).transposed();
        assertThat(GraphJson.of(transposed).get(1).get("from")).hasSize(32);
    }

    @Test
    void every_op_has_a_form_in_json_but_those_that_draw_repeat_or_have_rules_of_their_own() {
        Map<String, String> without = new TreeMap<>();
        for (Class<?> op : Op.class.getPermittedSubclasses()) {
            for (RecordComponent component : op.getRecordComponents()) {
                if (!List.of("int", "double", "boolean", "String", "List", "Shape", "Elements")
                        .contains(component.getType().getSimpleName())) {
                    without.put(op.getSimpleName(), component.getName());
                }
            }
        }
        assertThat(without)
                .isEqualTo(
                        Map.of("Draw", "distribution", "WithAdjoint", "rule", "Repeat", "result"));
        Graph graph = new Graph();
        Node drawn = graph.draw("d", Op.Distribution.NORMAL, Shape.of(2));
        assertThatThrownBy(() -> GraphJson.of(drawn.exp()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has no form in JSON");
    }
}
