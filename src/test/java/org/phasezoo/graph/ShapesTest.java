package org.phasezoo.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ShapesTest {
    private final Graph graph = new Graph();

    private static void refuses(ThrowingCallable made, String message) {
        assertThatThrownBy(made)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void a_kernel_larger_than_the_padded_image_is_refused_at_any_stride() {
        String message = "has a kernel inside the padded image";
        Node x = graph.input("x", Shape.bounded("n", 20, 1, 2, 2));
        Node w = graph.input("w", Shape.of(1, 1, 3, 3));
        Node g = graph.input("g", Shape.bounded("n", 20, 1, 1, 1));
        for (int stride : new int[] {1, 2, 3}) {
            refuses(() -> x.convolve(w, 0, stride), message);
            refuses(() -> graph.node(new Op.ConvolveInput(0, stride, 2, 2), g, w), message);
            refuses(() -> graph.node(new Op.ConvolveWeights(0, stride, 3, 3), x, g), message);
        }
        assertThat(x.convolve(w, 1, 2).shape()).isEqualTo(g.shape());
    }

    @Test
    void a_stride_of_0_is_refused_by_a_convolution_and_its_adjoints() {
        String message = "has a stride of at least 1";
        Node x = graph.input("x", Shape.bounded("n", 20, 1, 3, 3));
        Node w = graph.input("w", Shape.of(1, 1, 3, 3));
        Node g = graph.input("g", Shape.bounded("n", 20, 1, 1, 1));
        refuses(() -> x.convolve(w, 0, 0), message);
        refuses(() -> graph.node(new Op.ConvolveInput(0, 0, 3, 3), g, w), message);
        refuses(() -> graph.node(new Op.ConvolveWeights(0, 0, 3, 3), x, g), message);
    }

    @Test
    void a_fixed_axis_does_not_become_the_bounded_one() {
        Node t = graph.input("t", Shape.of(20));
        Shape rows = Shape.bounded("n", 20, 20);
        refuses(() -> t.broadcast(rows, 0), "keeps a fixed axis off the bounded one");
        assertThat(t.broadcast(rows, 1).shape()).isEqualTo(rows);
    }
}
