package org.phasezoo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.phasezoo.document.Binder;
import org.phasezoo.engine.Program;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Shape;
import org.phasezoo.random.Key;

/// Every kind on images of two channels and unequal sides.
public class ArchitectureSizesTest {
    private static final Architecture.Input INPUT = new Architecture.Input(2, 8, 12, 5);

    public static List<Architecture> all() {
        return List.of(
                new ConvolutionalNet(3, .1),
                new Perceptron(List.of(4, 3), Perceptron.Activation.GELU),
                new VisionTransformer(4, 6, 2, 3),
                new Gpt(4, -1.5, 2, 6, 1, 2),
                new Siren(List.of(5, 4), 30),
                new Kan(List.of(3), 4, 3, -1, 2),
                new Recurrent(4),
                new SetAttention(6, 2, 2),
                new MessagePassing(3, 2),
                new NeuralOde(4, 6, 3),
                new Autoencoder(List.of(7, 6), 3, Perceptron.Activation.TANH, .1),
                new Resnet(18, 2),
                new Resnet(50, 1));
    }

    @Test
    void the_list_has_every_kind_and_so_has_the_suite_of_architectures() throws IOException {
        Set<String> classes = new TreeSet<>();
        for (Class<?> kind : Architecture.class.getPermittedSubclasses()) {
            classes.add(Binder.kebab(kind.getSimpleName()));
        }
        JsonNode suite =
                new ObjectMapper()
                        .readTree(Path.of("src/test/suites/architectures/suite.json").toFile());
        List<String> generated = new ArrayList<>();
        suite.at("/populations/float32/axes/0/values")
                .forEach(net -> generated.add(net.get("kind").textValue()));
        assertThat(new TreeSet<>(generated)).isEqualTo(classes);
        assertThat(suite.at("/populations/float64/axesOf").textValue()).isEqualTo("float32");
        classes.removeAll(List.of("scaled", "depth-scaled"));
        assertThat(new TreeSet<>(all().stream().map(Architecture::kind).toList()))
                .isEqualTo(classes);
    }

    @ParameterizedTest
    @MethodSource("all")
    void multiply_adds_are_those_of_the_program(Architecture net) {
        int n = 16;
        Graph graph = new Graph();
        Shape images = Shape.bounded("n", n, INPUT.channels(), INPUT.height(), INPUT.width());
        List<Node> tensors = new ArrayList<>();
        for (Parameter tensor : net.tensors(INPUT)) {
            tensors.add(graph.input(tensor.name(), tensor.shape()));
        }
        Forward forward =
                net.forward(graph.input("x", images), tensors, INPUT, Forward.Mode.EVALUATION);
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("logits", forward.logits());
        forward.penalties().forEach(node -> outputs.put("penalties", node));
        assertThat(forward.logits().shape()).isEqualTo(Shape.bounded("n", n, INPUT.classes()));
        assertThat(net.forwardMultiplyAdds(INPUT))
                .isCloseTo(Program.of(outputs).multiplyAdds() / n, within(1e-6));
    }

    @ParameterizedTest
    @MethodSource("all")
    void tensors_have_names_of_their_own_and_begin_where_they_should(Architecture net) {
        List<Parameter> tensors = net.tensors(INPUT);
        assertThat(new LinkedHashSet<>(tensors.stream().map(Parameter::name).toList()))
                .hasSameSizeAs(tensors);
        assertThat(net.id()).matches("[a-z0-9-]+");
        double[] drawn = new Initialisation.FanInUniform(1).draw(tensors, Key.of("a"));
        int at = 0;
        for (Parameter tensor : tensors) {
            boolean one = tensor.role().equals("scale") || tensor.name().endsWith("running_var");
            boolean some = tensor.role().equals("weight");
            for (int end = at + tensor.shape().elements(); at < end; at++) {
                assertThat(some || drawn[at] == (one ? 1 : 0)).as(tensor.name()).isTrue();
                assertThat(some && drawn[at] == 0).as(tensor.name()).isFalse();
            }
        }
    }

    @Test
    void siren_weights_begin_as_in_the_paper() {
        List<Parameter> tensors = new Siren(List.of(50, 40), 30).parameters(INPUT);
        double[] drawn =
                new Initialisation.FanInUniform(Math.sqrt(2)).draw(tensors, Key.of("siren"));
        int first = 50 * 192;
        assertThat(largest(drawn, 0, first)).isCloseTo(1.0 / 192, within(1e-5));
        assertThat(largest(drawn, first + 50, first + 50 + 40 * 50))
                .isCloseTo(Math.sqrt(6.0 / 50) / 30, within(1e-4));
    }

    private static double largest(double[] values, int from, int to) {
        double largest = 0;
        for (int i = from; i < to; i++) {
            largest = Math.max(largest, Math.abs(values[i]));
        }
        return largest;
    }

    @Test
    void what_does_not_fit_is_refused_by_the_setting_s_name() {
        refused(
                () -> new VisionTransformer(3, 6, 1, 3).parameters(INPUT),
                "patch 3 must divide the image's height 8");
        refused(() -> new VisionTransformer(4, 6, 1, 4), "heads 4 must divide width 6");
        refused(() -> new Gpt(1, 0, 1, 4, 1, 1), "levels 1 must lie in 2 … 256");
        refused(() -> new Gpt(4, 1, 1, 4, 1, 1), "low 1.0 must lie below high 1.0");
        refused(() -> new Siren(List.of(), 30), "hidden is empty; name at least one width");
        refused(() -> new Siren(List.of(3), 0), "frequency 0.0 must be above 0 and finite");
        refused(() -> new Kan(List.of(3), 4, 0, 0, 1), "degree 0 must lie in 1 … 5");
        refused(() -> new NeuralOde(3, 3, 0), "steps 0 must lie in 1 … 256");
        refused(() -> new Resnet(34, 4), "depth 34 must be 18 or 50");
        refused(
                () ->
                        new Scaled(
                                new Recurrent(4),
                                4,
                                new Scaled.Exponents(0, 0, 0),
                                new Scaled.Exponents(0, 0, 0),
                                new Scaled.Exponents(0, 0, 0),
                                new Scaled.Exponents(0, 0, 0)),
                "base is a recurrent, whose exponents are not worked out; scale a perceptron or a"
                        + " convolutional-net");
    }

    /// Half the branches' size at four times the depth.
    @Test
    void a_transformer_scaled_by_depth_keeps_its_tensors_and_its_work() {
        Architecture base = new Gpt(4, -1.5, 2, 6, 4, 2);
        DepthScaled net = new DepthScaled(base, 1, .5, .5);
        assertThat(net.id()).isEqualTo("depth-scaled-" + base.id());
        assertThat(net.forwardMultiplyAdds(INPUT)).isEqualTo(base.forwardMultiplyAdds(INPUT));
        List<Parameter> own = base.parameters(INPUT);
        for (Parameter tensor : net.parameters(INPUT)) {
            Parameter same = own.get(net.parameters(INPUT).indexOf(tensor));
            assertThat(tensor.name()).isEqualTo(same.name());
            assertThat(tensor.deviation()).isEqualTo(same.deviation());
            assertThat(tensor.rate()).isEqualTo(tensor.name().startsWith("blocks.") ? .5 : 1);
        }
        refused(
                () -> new DepthScaled(new Resnet(18, 4), 1, .5, 0),
                "base is a resnet, whose exponents are not worked out; scale a gpt or a"
                        + " vision-transformer");
        refused(() -> new DepthScaled(base, 0, .5, 0), "depth 0 must lie in 1 … 4096");
        refused(() -> new DepthScaled(base, 1, Double.NaN, 0), "multiplier NaN must be finite");
    }

    private static void refused(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable made, String message) {
        assertThatThrownBy(made).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }
}
