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
/// @param theta its parameters, more may follow
record TrainedMessages(Aggregation.Aggregator aggregator, int width, double[] theta) {
    /// What it tells of each of these graphs.
    double[] told(GraphBatch graphs) {
        int n = graphs.targets().length;
        MessageNet net = new MessageNet(aggregator, width, graphs.leaves(), graphs.middles(), n);
        Tensors tensors = new Tensors("", MessageNet.parameters(width));
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        Graph graph = new Graph();
        List<Node> p = tensors.inputs(graph);
        outputs.put("told", net.told(p));
        outputs.put("loss", net.loss(p));
        // every parameter is an input, whatever the aggregation reads
        p.forEach(node -> outputs.put("kept" + node.number(), node));
        Workspace work = Program.of(outputs).workspace(Precision.FLOAT32);
        tensors.set(work, theta);
        graphs.set(work, aggregator);
        work.run();
        double[] told = new double[n];
        work.get("told", told, 0);
        return told;
    }
}
