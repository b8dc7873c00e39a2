package org.phasezoo.study.sequence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.engine.Precision;
import org.phasezoo.engine.Program;
import org.phasezoo.engine.Workspace;
import org.phasezoo.graph.Derivatives;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Shape;
import org.phasezoo.model.Parameter;
import org.phasezoo.random.Draws;
import org.phasezoo.train.Tensors;

/// The loss of a fresh stack and its derivatives in the second matrix of each layer's feed-forward
/// part.
record InitialGradients(TransformerStack stack, int sequences, int tokens) {
    private static final String ROWS = "sequences";

    private Tensors tensors() {
        return new Tensors("", stack.parameters());
    }

    Program program() {
        Graph graph = new Graph();
        Shape texts = Shape.bounded(ROWS, sequences, stack.symbols(), 1, tokens);
        TransformerStack.Named p =
                new TransformerStack.Named(stack.parameters(), tensors().inputs(graph));
        Node logits = stack.logits(p, stack.embedded(p, graph.input("inputs", texts)));
        // logits of a fresh net are of order 1, so that no shift is needed
        Node log = logits.exp().sum(1).log();
        Node right = logits.times(graph.input("targets", texts)).sum(1);
        Node loss = log.minus(right).sumAll().over(graph.count(ROWS).times(tokens));
        List<Node> second = new ArrayList<>();
        for (int layer = 0; layer < stack.layers(); layer++) {
            second.add(p.get("second" + layer));
        }
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("0", loss);
        for (Node g : Derivatives.gradient(loss, second)) {
            outputs.put(Integer.toString(outputs.size()), g.times(g).sumAll().sqrt());
        }
        return Program.of(outputs);
    }

    /// Xavier's normal initialisation, variance 2 / (in + out): matrix i's element j at draw 2³² i
    /// + j.
    List<double[]> weights(Draws draws) {
        List<double[]> all = new ArrayList<>();
        for (Parameter weight : stack.parameters()) {
            Shape shape = weight.shape();
            double[] values = new double[shape.elements()];
            double deviation = Math.sqrt(2.0 / (shape.size(1) + shape.size(0)));
            for (int j = 0; j < values.length; j++) {
                values[j] = (float) (deviation * draws.normal(((long) all.size() << 32) + j));
            }
            all.add(values);
        }
        return all;
    }

    /// The loss, then the Frobenius norms from the first layer on.
    double[] norms(List<double[]> weights, double[] inputs, double[] targets, Precision precision) {
        Workspace work = program().workspace(precision);
        work.count(ROWS, sequences);
        for (int i = 0; i < weights.size(); i++) {
            work.set(stack.parameters().get(i).name(), weights.get(i));
        }
        work.set("inputs", inputs);
        work.set("targets", targets);
        work.run();
        double[] values = new double[stack.layers() + 1];
        for (int i = 0; i < values.length; i++) {
            values[i] = work.scalar(Integer.toString(i));
        }
        return values;
    }
}
