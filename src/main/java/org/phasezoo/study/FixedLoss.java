package org.phasezoo.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;
import org.phasezoo.engine.Precision;
import org.phasezoo.engine.Program;
import org.phasezoo.engine.Workspace;
import org.phasezoo.graph.Derivatives;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.model.Parameter;
import org.phasezoo.train.LimitedMemoryBfgs;
import org.phasezoo.train.Tensors;

/// A loss on fixed examples and its gradient, as a function of the parameters, in double precision.
final class FixedLoss implements LimitedMemoryBfgs.Function {
    private final Tensors tensors;
    private final Workspace work;

    FixedLoss(
            List<Parameter> parameters,
            Function<List<Node>, Node> loss,
            StreamObjective.Examples examples) {
        this.tensors = new Tensors("", parameters);
        this.work = program(parameters, loss).workspace(Precision.FLOAT64);
        examples.begin(work);
        examples.set(work, 0);
    }

    static Program program(List<Parameter> parameters, Function<List<Node>, Node> objective) {
        Tensors tensors = new Tensors("", parameters);
        List<Node> p = tensors.inputs(new Graph());
        Node loss = objective.apply(p);
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("loss", loss);
        List<Node> gradient = Derivatives.gradient(loss, p);
        for (int i = 0; i < gradient.size(); i++) {
            outputs.put("g" + i, gradient.get(i));
        }
        Tensors.keep(p, outputs);
        return Program.of(outputs);
    }

    @Override
    public double of(double[] x, double[] gradient) {
        tensors.set(work, x);
        work.run();
        int at = 0;
        for (int i = 0; i < tensors.parameters().size(); i++) {
            work.get("g" + i, gradient, at);
            at += tensors.parameters().get(i).shape().elements();
        }
        return work.scalar("loss");
    }
}
