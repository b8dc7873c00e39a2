package org.phasezoo.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.engine.Precision;
import org.phasezoo.engine.Program;
import org.phasezoo.engine.Workspace;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.train.Problem;
import org.phasezoo.train.Tensors;

/// The probe of a stored net of rows: the graph that readers are given, run by the engine.
final class StoredProbe implements Probe {
    private static final String OUTPUTS = "outputs";

    private final StoredNet.Rows rows;
    private final Precision precision;
    private final Tensors tensors;
    private final int width;
    private final Workspace work;

    StoredProbe(StoredNet net, StoredNet.Rows rows) {
        this.rows = rows;
        this.precision = net.precision();
        this.tensors = new Tensors("", net.tensors());
        List<Node> theta = tensors.inputs(new Graph());
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        Node y = net.outputs().of(theta, INPUTS);
        this.width = y.shape().elements() / INPUTS;
        outputs.put(OUTPUTS, y);
        Tensors.keep(theta, outputs);
        this.work = Program.of(outputs).workspace(precision);
        work.count(Problem.ROWS, INPUTS);
    }

    @Override
    public Tensor inputs() {
        return Tensor.reals(precision, List.of(INPUTS, rows.numbers()), rows.probe());
    }

    @Override
    public Tensor outputs(Tensor inputs, Arrays weights) {
        tensors.set(work, Weights.flat(tensors.parameters(), weights));
        work.set(Problem.X, inputs.reals());
        work.run();
        double[] values = new double[INPUTS * width];
        work.get(OUTPUTS, values, 0);
        return Tensor.reals(precision, List.of(INPUTS, width), values);
    }
}
