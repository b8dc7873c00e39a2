package org.phasezoo.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.phasezoo.graph.Op.Repeat.Result;

class BodyTest {
    private static final Shape ROWS = Shape.bounded("n", 20, 3);

    private final Graph inside = new Graph();
    private final Node state = inside.input("state", ROWS);
    private final Node each = inside.input("each", Shape.of(3));
    private final Node same = inside.input("same", Shape.of());
    private final Node next = state.times(same).plus(each.broadcast(ROWS, 1));
    private final Body body =
            new Body(List.of(state), List.of(each), List.of(same), List.of(next), List.of(each));
    private final Graph graph = new Graph();
    private final Node[] inputs = {
        graph.input("x", ROWS), graph.input("stack", Shape.of(4, 3)), graph.input("w", Shape.of())
    };

    private static void refuses(ThrowingCallable made, String message) {
        assertThatThrownBy(made)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private Node repeat(int trips, Result result, int of, Node... in) {
        return graph.node(new Op.Repeat(body, trips, false, result, of), in);
    }

    @Test
    void stacks_have_their_axis_behind_a_bounded_one() {
        assertThat(repeat(4, Result.LAST, 0, inputs).shape()).isEqualTo(ROWS);
        assertThat(repeat(4, Result.STATES, 0, inputs).shape())
                .isEqualTo(Shape.bounded("n", 20, 4, 3));
        assertThat(repeat(4, Result.EMITTED, 0, inputs).shape()).isEqualTo(Shape.of(4, 3));
    }

    @Test
    void a_repeat_takes_what_its_body_reads() {
        String message =
                "takes starts, stacks of slices and fixed inputs of shapes [n≤[20, 3], [4, 3], []]";
        refuses(() -> repeat(4, Result.LAST, 0, inputs[0], inputs[1]), message);
        refuses(() -> repeat(4, Result.LAST, 0, inputs[1], inputs[0], inputs[2]), message);
        refuses(() -> repeat(5, Result.LAST, 0, inputs), "[5, 3]");
        refuses(() -> repeat(0, Result.LAST, 0, inputs), "makes at least 1 trip");
        refuses(() -> repeat(4, Result.LAST, 1, inputs), "is a result of its body");
        refuses(() -> repeat(4, Result.EMITTED, -1, inputs), "is a result of its body");
    }

    @Test
    void a_body_draws_nothing_and_depends_on_its_inputs_only() {
        Node drawn = inside.draw("d", Op.Distribution.NORMAL, ROWS);
        refuses(
                () ->
                        new Body(
                                List.of(state),
                                List.of(),
                                List.of(),
                                List.of(state.plus(drawn)),
                                List.of()),
                "draws nothing and depends only on the inputs listed, not on " + drawn);
        refuses(
                () -> new Body(List.of(state), List.of(each), List.of(), List.of(next), List.of()),
                "depends only on the inputs listed, not on " + same);
    }

    @Test
    void inputs_of_a_body_are_inputs_with_names_of_their_own() {
        String message = "is no input of the body with a name of its own";
        refuses(
                () ->
                        new Body(
                                List.of(state),
                                List.of(),
                                List.of(state),
                                List.of(state),
                                List.of()),
                message);
        refuses(
                () -> new Body(List.of(next), List.of(), List.of(), List.of(next), List.of()),
                message);
        Node other = graph.input("other", ROWS);
        refuses(
                () -> new Body(List.of(other), List.of(), List.of(), List.of(state), List.of()),
                message);
    }

    @Test
    void the_next_state_has_the_shape_of_the_state() {
        refuses(
                () -> new Body(List.of(state), List.of(), List.of(), List.of(each), List.of()),
                "the next state has shapes [[3]], not [n≤[20, 3]]");
        refuses(
                () -> new Body(List.of(state), List.of(), List.of(), List.of(), List.of()),
                "a body has a result");
    }

    @Test
    void equal_derivatives_of_equal_repeats_are_one_node() {
        Node last = repeat(4, Result.LAST, 0, inputs);
        List<Node> sources = List.of(inputs);
        List<Node> once = Derivatives.gradient(last.sumAll(), sources);
        int nodes = graph.nodes().size();
        assertThat(Derivatives.gradient(last.sumAll(), sources)).isEqualTo(once);
        assertThat(graph.nodes()).hasSize(nodes);
    }

    @Test
    void what_a_repeat_captures_is_fixed_and_constants_are_made_anew() {
        Node w = inputs[2].times(2);
        Node b = graph.constant(.5, ROWS);
        Node y = FixedPoint.repeated(inputs[0], 3, x -> x.times(w).plus(b));
        assertThat(y.inputs()).containsExactly(inputs[0], w.broadcast(ROWS));
        assertThat(((Op.Repeat) y.op()).body().fixed())
                .extracting(Node::shape)
                .containsExactly(ROWS);
    }

    @Test
    void the_rule_of_a_body_uses_only_what_it_is_given() {
        Node w = inputs[0].exp();
        Node y =
                FixedPoint.repeated(
                        inputs[0], 3, x -> x.sin().withAdjoint((g, in) -> List.of(g.times(w)), x));
        refuses(
                () -> Derivatives.gradient(y.sumAll(), List.of(inputs[0])),
                "belongs to another graph");
    }
}
