package org.phasezoo.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.engine.Program;
import org.phasezoo.graph.Derivatives;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Shape;
import org.phasezoo.model.Parameter;

/// One update of momentum gradient descent as a program that carries parameters and velocities into its next run.
public final class Descent {
    /// Scalar input: the learning rate.
    public static final String RATE = "rate";

    /// Scalar output: the loss before the update.
    public static final String LOSS = "loss";

    private Descent() {}

    /// The program that lowers `objective` in the inputs `theta` and puts out `loss`.
    public static Program program(Node objective, Node loss, Tensors theta, Tensors velocity, Momentum optimiser) {
        Graph graph = objective.graph();
        List<Node> parameters = theta.inputs(graph);
        List<Node> gradient = Derivatives.gradient(objective, parameters);
        Momentum.Update update =
                optimiser.update(parameters, velocity.inputs(graph), gradient, graph.input(RATE, Shape.SCALAR));
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        SequencedMap<String, String> carries = new LinkedHashMap<>();
        outputs.put(LOSS, loss);
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = theta.parameters().get(i);
            outputs.put("new." + theta.name(parameter), update.parameters().get(i));
            outputs.put("new." + velocity.name(parameter), update.velocities().get(i));
            carries.put("new." + theta.name(parameter), theta.name(parameter));
            carries.put("new." + velocity.name(parameter), velocity.name(parameter));
        }
        return Program.of(outputs, carries);
    }
}
