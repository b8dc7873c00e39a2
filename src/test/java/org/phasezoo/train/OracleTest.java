package org.phasezoo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasezoo.data.Digits;
import org.phasezoo.data.Split;
import org.phasezoo.engine.Precision;
import org.phasezoo.engine.Program;
import org.phasezoo.engine.Workspace;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.model.Architecture;
import org.phasezoo.model.Autoencoder;
import org.phasezoo.model.ConvolutionalNet;
import org.phasezoo.model.Gpt;
import org.phasezoo.model.Kan;
import org.phasezoo.model.MessagePassing;
import org.phasezoo.model.NeuralOde;
import org.phasezoo.model.Parameter;
import org.phasezoo.model.Perceptron;
import org.phasezoo.model.Recurrent;
import org.phasezoo.model.Resnet;
import org.phasezoo.model.SetAttention;
import org.phasezoo.model.Siren;
import org.phasezoo.model.VisionTransformer;
import org.phasezoo.random.Key;

/// Twenty updates beside PyTorch's from the same weights and batches; `oracle/losses.py` made the
/// fixture and says how.
class OracleTest {
    private static Architecture architecture(String name) {
        return switch (name) {
            case "convolutional-net" -> new ConvolutionalNet(5, .1);
            case "perceptron-relu" -> new Perceptron(List.of(12, 7), Perceptron.Activation.RELU);
            case "perceptron-tanh" -> new Perceptron(List.of(12, 7), Perceptron.Activation.TANH);
            case "perceptron-gelu" -> new Perceptron(List.of(12, 7), Perceptron.Activation.GELU);
            case "vision-transformer" -> new VisionTransformer(4, 8, 2, 2);
            case "gpt" -> new Gpt(5, -1, 2, 8, 2, 2);
            case "siren" -> new Siren(List.of(12, 7), 3);
            case "kan" -> new Kan(List.of(6), 5, 3, -1.1, 2.3);
            case "recurrent" -> new Recurrent(9);
            case "set-attention" -> new SetAttention(6, 1, 2);
            case "message-passing" -> new MessagePassing(7, 2);
            case "neural-ode" -> new NeuralOde(6, 9, 3);
            case "resnet-18" -> new Resnet(18, 2);
            case "resnet-50" -> new Resnet(50, 1);
            case "autoencoder" -> new Autoencoder(List.of(11), 5, Perceptron.Activation.TANH, .5);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static double[] weights(Problem problem) {
        double[] weights = new double[new Tensors("", problem.tensors()).size()];
        int i = 0;
        for (Parameter tensor : problem.tensors()) {
            for (int end = i + tensor.shape().elements(); i < end; i++) {
                double drawn = tensor.role().equals("buffer") ? 0 : (37 * i % 101 - 50) / 200.0;
                weights[i] = (float) (tensor.initial() + drawn);
            }
        }
        return weights;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "convolutional-net",
                "perceptron-relu",
                "perceptron-tanh",
                "perceptron-gelu",
                "vision-transformer",
                "gpt",
                "siren",
                "kan",
                "recurrent",
                "set-attention",
                "message-passing",
                "neural-ode",
                "resnet-18",
                "resnet-50",
                "autoencoder"
            })
    void losses_agree_with_pytorch_over_20_updates(String name) throws IOException {
        JsonNode fixture =
                new ObjectMapper()
                        .readTree(OracleTest.class.getResourceAsStream("/oracle/losses.json"))
                        .get(name);
        Split split = new Digits(512, 1285, .305, .376).split(new Key(0));
        Problem problem = new Problem(architecture(name), split, new Objective.CrossEntropy());
        Momentum optimiser = new Momentum(.1, .9, 5e-4, 1);
        double[] weights = weights(problem);
        for (Precision precision : Precision.values()) {
            Workspace work = Trainer.program(problem, optimiser, 32).workspace(precision);
            new Tensors("parameter.", problem.tensors()).set(work, weights);
            work.set(Descent.RATE, fixture.path("rate").asDouble(.1));
            JsonNode expected = fixture.get(precision == Precision.FLOAT32 ? "float32" : "float64");
            for (int k = 0; k < 20; k++) {
                gather(work, split, 32 * k % 512, 32);
                work.run();
                close(work.scalar(Descent.LOSS), expected.get(k), precision, "update " + k);
            }
            close(evaluated(work, problem, precision), expected.get(20), precision, "evaluation");
        }
    }

    private static void close(double loss, JsonNode expected, Precision precision, String when) {
        double relative = precision == Precision.FLOAT32 ? 1e-5 : 1e-12;
        assertThat(loss)
                .as("%s %s", precision, when)
                .isCloseTo(expected.doubleValue(), within(relative * expected.doubleValue()));
    }

    private static void gather(Workspace work, Split split, int from, int n) {
        int[] rows = IntStream.range(from, from + n).toArray();
        work.gather(Problem.X, split.inputs(), rows, 0, n);
        work.gather(Problem.TARGETS, split.targets(), rows, 0, n);
    }

    /// The mean loss of the trained net, running statistics in use, on images 512 to 575.
    private static double evaluated(Workspace trained, Problem problem, Precision precision) {
        Tensors tensors = new Tensors("", problem.tensors());
        double[] weights = new double[tensors.size()];
        new Tensors("new.parameter.", problem.tensors()).get(trained, weights);
        Graph graph = new Graph();
        Node losses = problem.build(graph, 64, tensors.inputs(graph)).losses();
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("loss", losses.sumAll().times(1.0 / 64));
        Workspace work = Program.of(outputs).workspace(precision);
        tensors.set(work, weights);
        gather(work, problem.split(), 512, 64);
        work.run();
        return work.scalar("loss");
    }
}
