package org.phasezoo.study.graphs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.engine.Precision;
import org.phasezoo.engine.Program;
import org.phasezoo.engine.Workspace;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.train.Tensors;

/// A message-passing net that is trained.
///
/// @param theta its parameters
record TrainedMessages(
        Aggregation.Aggregator aggregator, int width, Precision precision, double[] theta) {
    /// What it tells of each of these graphs.
    double[] told(GraphBatch graphs) {
        Workspace work = program(aggregator, width, graphs).workspace(precision);
        new Tensors("", MessageNet.parameters(width)).set(work, theta);
        graphs.set(work, aggregator);
        work.run();
        double[] told = new double[graphs.targets().length];
        work.get("told", told, 0);
        return told;
    }

    /// The mean over a batch of |told − target| / (|target| + ½).
    double error(GraphBatch graphs) {
        double[] told = told(graphs);
        double sum = 0;
        for (int g = 0; g < told.length; g++) {
            double target = graphs.targets()[g];
            sum += Math.abs(told[g] - target) / (Math.abs(target) + .5);
        }
        return sum / told.length;
    }

    /// The program that tells of all graphs of a batch.
    static Program program(Aggregation.Aggregator aggregator, int width, GraphBatch graphs) {
        int n = graphs.targets().length;
        MessageNet net = new MessageNet(aggregator, width, graphs.leaves(), graphs.middles(), n);
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        List<Node> p = new Tensors("", MessageNet.parameters(width)).inputs(new Graph());
        outputs.put("told", net.told(p));
        outputs.put("loss", net.loss(p));
        Tensors.keep(p, outputs);
        return Program.of(outputs);
    }
}
