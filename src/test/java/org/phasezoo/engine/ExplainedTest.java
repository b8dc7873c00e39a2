package org.phasezoo.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Shape;

/// Five numbers of up to 20 examples, two tiles of 16 lanes.
final class ExplainedTest {
    private static List<Node> outputs() {
        Graph graph = new Graph();
        Node x = graph.input("x", Shape.bounded("n", 20, 5));
        Node w = graph.input("w", Shape.of(3, 5));
        return List.of(x.contract(false, w, true), w.times(w));
    }

    @Test
    void examples_stand_in_the_lanes_and_weights_do_not() {
        SequencedMap<String, Node> named = new LinkedHashMap<>();
        outputs().forEach(node -> named.put("y" + named.size(), node));
        Program program = Program.of(named);
        assertThat(program.explained())
                .extracting(Explained::lanes)
                .containsExactly("samples", "none");
        assertThat(program.explained())
                .extracting(step -> step.bytes(Precision.FLOAT64))
                .containsExactly(2 * 16 * 3 * 8L, 16 * 8L);
        assertThat(program.explainedInputs())
                .filteredOn(array -> array.kernel().startsWith("Input"))
                .extracting(Explained::kernel, Explained::lanes, Explained::elements)
                .containsExactly(
                        tuple("Input x", "samples", 2 * 16 * 5L), tuple("Input w", "none", 16L));
    }

    @Test
    void members_stand_in_the_lanes_of_a_program_of_members() {
        Plan plan = Plan.of(outputs(), Map.of(), Layout.MEMBER_LANES, Forced.NOTHING);
        assertThat(plan.explained())
                .extracting(Explained::lanes)
                .containsExactly("members", "members");
        assertThat(plan.explained())
                .extracting(Explained::elements)
                .containsExactly(16 * 20 * 3L, 16 * 3 * 5L);
    }
}
