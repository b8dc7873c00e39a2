package org.phasezoo.study.sequence;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.document.Binder;
import org.phasezoo.engine.Precision;
import org.phasezoo.engine.Program;
import org.phasezoo.engine.Workspace;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;
import org.phasezoo.study.Observable;
import org.phasezoo.study.Probe;
import org.phasezoo.study.Recorder;
import org.phasezoo.study.Run;
import org.phasezoo.study.Setting;
import org.phasezoo.study.StoredNet;
import org.phasezoo.study.StreamObjective;
import org.phasezoo.train.Footprint;
import org.phasezoo.train.Problem;
import org.phasezoo.train.Tensors;

/// A transformer ([SequenceNet]), with norms before or behind its sub-layers, that learns to tell a
/// sequence of uniform symbols backwards, by cross-entropy.
///
/// *Observables*, over 512 fresh sequences: `loss.test.v1`, in nats a token (ln `symbols` by
/// guessing); `accuracy.test.v1`, the share of tokens told right.
///
/// *Draws*: `sequences` (training), `test`: token i at draw i.
///
/// *Stored net*: `sequence-net-<placement>-<layers>-<width>-<symbols>-<tokens>`, from symbols as
/// numbers to the logits of one token after the other.
///
/// *Source*: Xiong et al., "On layer normalization in the transformer architecture", 2020, section
/// 3; the task: Sutskever, Vinyals and Le, "Sequence to sequence learning with neural networks",
/// 2014, which reverses its sources.
///
/// @param layers 1 to 64
/// @param width 4 to 512
/// @param symbols 2 to 512
/// @param tokens of a sequence, 1 to 128
public record SequenceReversal(
        NormPlacement.Placement placement, int layers, int width, int symbols, int tokens)
        implements StreamObjective {
    private static final int TESTED = 512;
    private static final Observable LOSS = new Observable("loss.test.v1", false, "nat");
    private static final Observable ACCURACY = new Observable("accuracy.test.v1", false, "1");

    public SequenceReversal {
        Setting.within("layers", layers, 1, 64);
        Setting.within("width", width, 4, 512);
        Setting.within("symbols", symbols, 2, 512);
        Setting.within("tokens", tokens, 1, 128);
    }

    private SequenceNet transformer() {
        return new SequenceNet(
                new TransformerStack(placement, layers, width, symbols, true), tokens);
    }

    @Override
    public StoredNet net() {
        String norm = Binder.kebab(placement.name());
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.put("kind", "sequence-net").put("placement", norm).put("layers", layers);
        settings.put("width", width).put("symbols", symbols).put("tokens", tokens);
        SequenceNet net = transformer();
        Draws draws = new Draws(Key.of("sequence-reversal.probe"));
        return StoredNet.ofRows(
                "sequence-net-" + norm + "-" + layers + "-" + width + "-" + symbols + "-" + tokens,
                settings,
                net.parameters(),
                new StoredNet.Rows(tokens, sequences(draws, 0, Probe.INPUTS)),
                (p, x) -> SequenceNet.flat(net.logits(p, x)));
    }

    /// So many sequences after so many.
    private double[] sequences(Draws draws, long after, int sequences) {
        double[] all = new double[sequences * tokens];
        for (int i = 0; i < all.length; i++) {
            all[i] = draws.below(after * tokens + i, symbols);
        }
        return all;
    }

    /// The input [Problem#X], at most so many sequences.
    private Node input(Graph graph, int most) {
        return graph.input(Problem.X, SequenceNet.rows(most, tokens));
    }

    @Override
    public Node loss(List<Node> parameters, int batchSize) {
        SequenceNet net = transformer();
        Node x = input(parameters.getFirst().graph(), batchSize);
        return net.loss(net.logits(parameters, x), x.flipped(1));
    }

    @Override
    public Examples examples(Run run, int batchSize) {
        Draws draws = new Draws(run.key("sequences"));
        return (work, update) -> {
            work.count(Problem.ROWS, batchSize);
            work.set(Problem.X, sequences(draws, update * batchSize, batchSize));
        };
    }

    @Override
    public List<Observable> observables() {
        return List.of(LOSS, ACCURACY);
    }

    private Program tested() {
        SequenceNet net = transformer();
        Graph graph = new Graph();
        Node x = input(graph, TESTED);
        Node logits = net.logits(new Tensors("", net.parameters()).inputs(graph), x);
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put(LOSS.definition(), net.loss(logits, x.flipped(1)));
        outputs.put(ACCURACY.definition(), net.accuracy(logits, x.flipped(1)));
        return Program.of(outputs);
    }

    @Override
    public void measure(double[] parameters, Precision precision, Run run, Recorder out) {
        Workspace work = tested().workspace(precision);
        new Tensors("", parameters()).set(work, parameters);
        work.count(Problem.ROWS, TESTED);
        work.set(Problem.X, sequences(new Draws(run.key("test")), 0, TESTED));
        work.run();
        observables().forEach(o -> out.scalar(o.definition(), work.scalar(o.definition())));
    }

    @Override
    public Footprint measuring(Precision precision, Run run) {
        return Footprint.of(tested(), precision);
    }

    @Override
    public double multiplyAdds(int batchSize) {
        double each = layers * (12.0 * width * width + 2.0 * tokens * width);
        return 3.0 * batchSize * tokens * (each + 2.0 * symbols * width);
    }
}
