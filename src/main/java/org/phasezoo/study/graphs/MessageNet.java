package org.phasezoo.study.graphs;

import java.util.ArrayList;
import java.util.List;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Shape;
import org.phasezoo.model.Parameter;

/// Two rounds of message passing towards the root, as graph: a rectifier perceptron of each leaf's
/// value, aggregated at its parent; a rectifier layer of that, aggregated at the root; a rectifier
/// perceptron that reads the root out. An aggregation is the sum, the mean, the sum at parents and
/// the mean at the root, or both side by side at each.
///
/// *Source*: Rosenbluth, Tönshoff and Grohe, "Some might say all you need is sum", 2023, section 2.
final class MessageNet {
    static final String LEAVES = "leaves";
    static final String MIDDLES = "middles";
    static final String GRAPHS = "graphs";

    private final Aggregation.Aggregator aggregator;
    private final int width;
    private final int leaves;
    private final int middles;
    private final int graphs;

    /// A net for at most so many rows.
    MessageNet(Aggregation.Aggregator aggregator, int width, int leaves, int middles, int graphs) {
        this.aggregator = aggregator;
        this.width = width;
        this.leaves = leaves;
        this.middles = middles;
        this.graphs = graphs;
    }

    static List<Parameter> parameters(int width) {
        List<Parameter> parameters = new ArrayList<>();
        parameters.add(new Parameter("message", Shape.of(width, 1), "weight", 1, 1));
        parameters.add(new Parameter("message.bias", Shape.of(width), "bias", 0, 1));
        for (String name : List.of("second", "sum", "mean", "root.sum", "root.mean", "read")) {
            parameters.add(new Parameter(name, Shape.of(width, width), "weight", width, 1));
        }
        for (String name : List.of("second.bias", "middle.bias", "root.bias", "read.bias")) {
            parameters.add(new Parameter(name, Shape.of(width), "bias", 0, 1));
        }
        parameters.add(new Parameter("out", Shape.of(1, width), "weight", width, 1));
        parameters.add(new Parameter("out.bias", Shape.of(1), "bias", 0, 1));
        return parameters;
    }

    private static Node dense(Node x, Node weight, Node bias) {
        Node y = x.contract(false, weight, true);
        return y.plus(bias.broadcast(y.shape(), 1));
    }

    /// rectifier(sum · A + mean · B + bias) over segments, with one of the two or both.
    private Node aggregated(
            Node x, Node segments, Node counts, Shape target, Node a, Node b, Node bias) {
        boolean atRoot = target.rows().equals(GRAPHS);
        Node sum = x.segmentSum(segments, target);
        Node mean = sum.over(counts.broadcast(target, 0));
        Node y =
                switch (aggregator) {
                    case SUM -> sum.contract(false, a, true);
                    case MEAN -> mean.contract(false, b, true);
                    case SUM_THEN_MEAN ->
                            atRoot ? mean.contract(false, b, true) : sum.contract(false, a, true);
                    case BOTH -> sum.contract(false, a, true).plus(mean.contract(false, b, true));
                };
        return y.plus(bias.broadcast(y.shape(), 1)).relu(0);
    }

    /// What each root tells, `(graphs)`; how many leaves and parents there are is an input.
    Node told(List<Node> p) {
        Graph graph = p.getFirst().graph();
        return told(
                p,
                graph.input("leavesOf", Shape.bounded(MIDDLES, middles)),
                graph.input("middlesOf", Shape.bounded(GRAPHS, graphs)));
    }

    /// The same, with leaves and parents counted in the graph.
    Node counted(List<Node> p) {
        Shape ofMiddles = Shape.bounded(MIDDLES, middles);
        Shape ofGraphs = Shape.bounded(GRAPHS, graphs);
        return told(p, counts(parents(p), ofMiddles), counts(roots(p), ofGraphs));
    }

    private static Node counts(Node segments, Shape target) {
        Graph graph = segments.graph();
        Node counts = graph.constant(1, segments.shape()).segmentSum(segments, target);
        return counts.maximum(graph.constant(1, target));
    }

    private Node parents(List<Node> p) {
        return p.getFirst().graph().input("parents", Shape.bounded(LEAVES, leaves));
    }

    private Node roots(List<Node> p) {
        return p.getFirst().graph().input("roots", Shape.bounded(MIDDLES, middles));
    }

    private Node told(List<Node> p, Node leavesOf, Node middlesOf) {
        Graph graph = p.getFirst().graph();
        Node values = graph.input("values", Shape.bounded(LEAVES, leaves));
        Node x = values.reshape(Shape.bounded(LEAVES, leaves, 1));
        Node h = dense(dense(x, p.get(0), p.get(1)).relu(0), p.get(2), p.get(8)).relu(0);
        Shape ofMiddles = Shape.bounded(MIDDLES, middles, width);
        h = aggregated(h, parents(p), leavesOf, ofMiddles, p.get(3), p.get(4), p.get(9));
        Shape ofGraphs = Shape.bounded(GRAPHS, graphs, width);
        h = aggregated(h, roots(p), middlesOf, ofGraphs, p.get(5), p.get(6), p.get(10));
        Node y = dense(dense(h, p.get(7), p.get(11)).relu(0), p.get(12), p.get(13));
        return y.reshape(Shape.bounded(GRAPHS, graphs));
    }

    /// Whether counts of leaves and of parents are read.
    static boolean readsLeaves(Aggregation.Aggregator aggregator) {
        return aggregator == Aggregation.Aggregator.MEAN
                || aggregator == Aggregation.Aggregator.BOTH;
    }

    static boolean readsMiddles(Aggregation.Aggregator aggregator) {
        return aggregator != Aggregation.Aggregator.SUM;
    }

    /// Mean squared error over the graphs.
    Node loss(List<Node> p) {
        Node told = told(p);
        Node d = told.minus(told.graph().input("targets", told.shape()));
        return d.times(d).sumAll().over(told.graph().count(GRAPHS));
    }
}
