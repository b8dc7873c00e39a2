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
import org.phasezoo.study.Footprint;
import org.phasezoo.study.Observable;
import org.phasezoo.study.Probe;
import org.phasezoo.study.Recorder;
import org.phasezoo.study.Run;
import org.phasezoo.study.Setting;
import org.phasezoo.study.StoredNet;
import org.phasezoo.study.StreamObjective;
import org.phasezoo.train.Problem;
import org.phasezoo.train.Tensors;

/// A transformer ([SequenceNet]) with norms before or behind its sub-layers that learns to tell
/// another order of a sequence of uniform symbols, by cross-entropy.
///
/// *Observables*, over 512 fresh sequences: `loss.test.v1`, in nats a token (ln `symbols` by
/// guessing); `accuracy.test.v1`, the share of tokens told right.
///
/// *Draws*: `sequences` (training), `test`: token i at draw i.
///
/// *Stored net*: `sequence-net-<placement>-<layers>-<width>-<symbols>-<tokens>`, from symbols as
/// numbers to logits, token by token.
///
/// *Source*: Xiong et al., "On layer normalization in the transformer architecture", 2020, section
/// 3.1; reversing as a test of sequence models: Graves, Wayne and Danihelka, "Neural Turing
/// machines", 2014.
///
/// @param layers 1 to 64
/// @param width 4 to 512
/// @param symbols 2 to 512
/// @param tokens of a sequence, 1 to 128
public record SequenceTask(
        Task task,
        NormPlacement.Placement placement,
        int layers,
        int width,
        int symbols,
        int tokens)
        implements StreamObjective {
    private static final int TESTED = 512;

    /// What is to be told of a sequence.
    public enum Task {
        REVERSE,
        SORT
    }

    public SequenceTask {
        Setting.within("layers", layers, 1, 64);
        Setting.within("width", width, 4, 512);
        Setting.within("symbols", symbols, 2, 512);
        Setting.within("tokens", tokens, 1, 128);
    }

    SequenceNet transformer() {
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
        Draws draws = new Draws(Key.of("sequence-task.probe"));
        return StoredNet.ofRows(
                String.join(
                        "-",
                        "sequence-net",
                        norm,
                        layers + "",
                        width + "",
                        symbols + "",
                        tokens + ""),
                settings,
                net.parameters(),
                new StoredNet.Rows(tokens, symbols(draws, 0, Probe.INPUTS)),
                (p, x) -> SequenceNet.flat(net.logits(p, x)));
    }

    /// So many sequences of uniform symbols after so many.
    double[] symbols(Draws draws, long after, int sequences) {
        double[] all = new double[sequences * tokens];
        for (int i = 0; i < all.length; i++) {
            all[i] = draws.below(after * tokens + i, symbols);
        }
        return all;
    }

    /// What is to be told of each.
    double[] targets(double[] sequences) {
        double[] told = sequences.clone();
        for (int from = 0; from < told.length; from += tokens) {
            switch (task) {
                case SORT -> java.util.Arrays.sort(told, from, from + tokens);
                case REVERSE -> {
                    for (int i = 0; i < tokens; i++) {
                        told[from + i] = sequences[from + tokens - 1 - i];
                    }
                }
            }
        }
        return told;
    }

    @Override
    public Node loss(List<Node> parameters, int batchSize) {
        SequenceNet net = transformer();
        Graph graph = parameters.getFirst().graph();
        return net.loss(net.logits(parameters, net.sequences(graph, batchSize)));
    }

    @Override
    public Examples examples(Run run, int batchSize) {
        Draws draws = new Draws(run.key("sequences"));
        return (work, update) -> set(work, draws, update * batchSize, batchSize);
    }

    private void set(Workspace work, Draws draws, long after, int sequences) {
        double[] drawn = symbols(draws, after, sequences);
        work.count(Problem.ROWS, sequences);
        work.set(Problem.X, drawn);
        work.set(SequenceNet.TARGETS, targets(drawn));
    }

    @Override
    public List<Observable> observables() {
        return List.of(
                new Observable("loss.test.v1", false, "nat"),
                new Observable("accuracy.test.v1", false, "1"));
    }

    private Program tested() {
        SequenceNet net = transformer();
        Graph graph = new Graph();
        List<Node> p = new Tensors("", net.parameters()).inputs(graph);
        Node logits = net.logits(p, net.sequences(graph, TESTED));
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("loss.test.v1", net.loss(logits));
        outputs.put("accuracy.test.v1", net.accuracy(logits));
        return Program.of(outputs);
    }

    @Override
    public void measure(double[] parameters, Precision precision, Run run, Recorder out) {
        Workspace work = tested().workspace(precision);
        new Tensors("", parameters()).set(work, parameters);
        set(work, new Draws(run.key("test")), 0, TESTED);
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
