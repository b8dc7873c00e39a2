package org.phasezoo.study.dynamics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.engine.Precision;
import org.phasezoo.engine.Program;
import org.phasezoo.engine.Workspace;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Shape;
import org.phasezoo.train.Footprint;
import org.phasezoo.train.Tensors;

/// The error of a [TwoLayerExpansion] on the points of its test, in double precision.
final class GeneralisationError {
    private final TwoLayerExpansion expansion;
    private final ScalarExamples data;

    GeneralisationError(TwoLayerExpansion expansion, ScalarExamples data) {
        this.expansion = expansion;
        this.data = data;
    }

    private static Tensors tensors(TwoLayerExpansion expansion) {
        return new Tensors("", expansion.function().withStart());
    }

    private static Program program(TwoLayerExpansion expansion, int points) {
        List<Node> theta = tensors(expansion).inputs(new Graph());
        Shape shape = Shape.of(points, expansion.inputs());
        Node x = theta.getFirst().graph().input("x", shape);
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("f", expansion.outputs(theta.subList(0, 2), theta.subList(2, 4), x));
        Tensors.keep(theta, outputs);
        return Program.of(outputs);
    }

    static Footprint footprint(TwoLayerExpansion expansion, ScalarExamples data) {
        return Footprint.of(program(expansion, data.testY.length), Precision.FLOAT64);
    }

    /// ⟨(f − y)²⟩/2.
    ///
    /// @param parameters u and v
    /// @param start the same at the start
    double loss(double[] parameters, double[] start) {
        int n = data.testY.length;
        Workspace work = program(expansion, n).workspace(Precision.FLOAT64);
        tensors(expansion).set(work, TwoLayerNet.withStart(parameters, start));
        work.set("x", data.testX);
        work.run();
        double[] f = new double[n];
        work.get("f", f, 0);
        double squares = 0;
        for (int i = 0; i < n; i++) {
            squares += (f[i] - data.testY[i]) * (f[i] - data.testY[i]);
        }
        return squares / (2 * n);
    }
}
