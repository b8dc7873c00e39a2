package org.phasezoo.study.graphs;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.phasezoo.document.Binder;
import org.phasezoo.engine.Precision;
import org.phasezoo.graph.Node;
import org.phasezoo.random.Draws;
import org.phasezoo.study.Footprint;
import org.phasezoo.study.Observable;
import org.phasezoo.study.Recorder;
import org.phasezoo.study.Run;
import org.phasezoo.study.Setting;
import org.phasezoo.study.StoredNet;
import org.phasezoo.study.StreamObjective;

/// What a message-passing net ([MessageNet]) that learns on small graphs ([GraphBatch]), by the
/// mean squared error, tells of large ones. Sizes of training graphs are uniform in 1 … `largest`.
///
/// *Observables*, [SizeMeasures]: `error.x1.v1`, `error.x2.v1`, `error.x5.v1`, `error.x20.v1`,
/// `error.x80.v1`: the mean of |told − target| / (|target| + ½) over 16 graphs of 1, 2, 5, 20, 80
/// times the largest size of training; `error.growth.v1`: ln of the last over the first.
///
/// *Draws*: `graphs` (training), `test`.
///
/// *Stored net*: `message-net-<aggregator>-<width>`, from `values` and `parents` of leaves and
/// `roots` of their parents (places from 0) to what each of `graphs` roots tells.
///
/// *Source*: Rosenbluth, Tönshoff and Grohe, "Some might say all you need is sum", IJCAI 2023,
/// section 6 and theorems on mean against sum.
///
/// @param largest size in training, 1 to 100
/// @param width 2 to 256
public record Aggregation(Task task, Aggregator aggregator, int largest, int width)
        implements StreamObjective {
    /// What the root has to tell.
    public enum Task {
        STARS,
        TREES
    }

    /// How messages are put together.
    public enum Aggregator {
        SUM,
        MEAN,
        SUM_THEN_MEAN,
        BOTH
    }

    public Aggregation {
        Setting.within("largest", largest, 1, 100);
        Setting.within("width", width, 2, 256);
    }

    @Override
    public StoredNet net() {
        String put = Binder.kebab(aggregator.name());
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.put("kind", "message-net").put("aggregator", put).put("width", width);
        return new StoredNet(
                "message-net-" + put + "-" + width,
                settings,
                Precision.FLOAT32,
                MessageNet.parameters(width),
                (p, capacity) ->
                        new MessageNet(aggregator, width, capacity, capacity, capacity).counted(p),
                Optional.empty());
    }

    @Override
    public Node loss(List<Node> parameters, int batchSize) {
        boolean stars = task == Task.STARS;
        int leaves = batchSize * largest * (stars ? 1 : GraphBatch.MOST_LEAVES);
        int middles = stars ? batchSize : batchSize * largest;
        return new MessageNet(aggregator, width, leaves, middles, batchSize).loss(parameters);
    }

    @Override
    public Examples examples(Run run, int batchSize) {
        Draws draws = new Draws(run.key("graphs"));
        return (work, update) ->
                GraphBatch.of(task, draws, update * batchSize, batchSize, largest, true)
                        .set(work, aggregator);
    }

    @Override
    public List<Observable> observables() {
        return SizeMeasures.observables();
    }

    @Override
    public void measure(double[] parameters, Precision precision, Run run, Recorder out) {
        new SizeMeasures(this, precision, run.key("test")).record(parameters, out);
    }

    @Override
    public Footprint measuring(Precision precision, Run run) {
        return new SizeMeasures(this, precision, run.key("test")).footprint();
    }

    @Override
    public double multiplyAdds(int batchSize) {
        double leaves = batchSize * largest * (task == Task.STARS ? .5 : 1.5);
        double middles = task == Task.STARS ? batchSize : batchSize * largest * .5;
        return 6.0 * width * width * (leaves + 2 * middles + 3 * batchSize);
    }
}
