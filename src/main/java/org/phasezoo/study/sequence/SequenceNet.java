package org.phasezoo.study.sequence;

import java.util.ArrayList;
import java.util.List;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Op;
import org.phasezoo.graph.Shape;
import org.phasezoo.model.Parameter;
import org.phasezoo.train.Problem;

/// A [TransformerStack] with a learned vector for each place, N(0, 1) at the start, that tells a
/// symbol for each token of a sequence. Sequences are rows of symbols as numbers from 0.
record SequenceNet(TransformerStack stack, int tokens) {
    List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>();
        all.add(new Parameter("place", Shape.of(stack.width(), tokens), "weight", 1, 1));
        all.addAll(stack.parameters());
        return all;
    }

    /// Logits `(sequences, tokens, symbols)` of sequences `(sequences, tokens)`.
    Node logits(List<Node> parameters, Node sequences) {
        TransformerStack.Named p = new TransformerStack.Named(parameters(), parameters);
        Shape pixels = rows(sequences.shape().size(0), stack.symbols(), 1, tokens);
        Node x = stack.embedded(p, oneHot(sequences, pixels, 1, 0, 3));
        Node placed = x.plus(p.get("place").broadcast(x.shape(), 1, 3));
        Node logits = stack.logits(p, placed);
        return logits.reshape(rows(sequences.shape().size(0), stack.symbols(), tokens))
                .transposed();
    }

    /// The logits of a sequence as one row.
    static Node flat(Node logits) {
        return logits.reshape(rows(logits.shape().size(0), logits.shape().rowElements()));
    }

    /// 1 where the index along the axis is the number that stands at `axes`, 0 elsewhere.
    private Node oneHot(Node numbers, Shape shape, int axis, Integer... axes) {
        Graph graph = numbers.graph();
        Node index = graph.node(new Op.Iota(Shape.of(stack.symbols()), 0)).broadcast(shape, axis);
        Node number = numbers.broadcast(shape, axes);
        return index.atMost(number).times(number.atMost(index));
    }

    /// At most so many rows of numbers.
    static Shape rows(int most, Integer... inner) {
        return Shape.bounded(Problem.ROWS, most, inner);
    }

    private Node told(Node logits, Node targets) {
        return oneHot(targets, logits.shape(), 2, 0, 1);
    }

    private Node mean(Node sum) {
        return sum.over(sum.graph().count(Problem.ROWS).times(tokens));
    }

    /// Mean cross-entropy over all tokens, in nats.
    Node loss(Node logits, Node targets) {
        Node largest = logits.graph().node(new Op.FirstMax(), logits);
        Node top = logits.times(largest).sum(2).stopGradient();
        Node shifted = logits.minus(top.broadcast(logits.shape(), 0, 1));
        Node log = shifted.exp().sum(2).log();
        return mean(log.minus(shifted.times(told(logits, targets)).sum(2)).sumAll());
    }

    /// Share of the tokens whose largest logit is their target's.
    Node accuracy(Node logits, Node targets) {
        Node largest = logits.graph().node(new Op.FirstMax(), logits);
        return mean(largest.times(told(logits, targets)).sumAll());
    }
}
