package org.phasezoo.study.graphs;

import java.util.List;
import java.util.function.LongConsumer;
import org.phasezoo.engine.Precision;
import org.phasezoo.random.Draws;
import org.phasezoo.study.Footprint;
import org.phasezoo.study.Iterated;
import org.phasezoo.study.LearnerSlice;
import org.phasezoo.study.Observable;
import org.phasezoo.study.Recorder;
import org.phasezoo.study.Run;
import org.phasezoo.study.Saved;
import org.phasezoo.study.Setting;
import org.phasezoo.train.Adam;
import org.phasezoo.train.Learner;
import org.phasezoo.train.Schedule;

/// What a message-passing net ([MessageNet]) that was trained on small graphs ([GraphBatch]) tells
/// of large ones. Mean squared error, Adam (β .9, .999) with a cosine, float32; graph sizes are
/// uniform in 1 … `largest`.
///
/// *Observables*: `error.x1.v1`, `error.x2.v1`, `error.x5.v1`, `error.x20.v1`, `error.x80.v1`: the
/// mean of |told − target| / (|target| + ½) over 16 graphs of 1, 2, 5, 20, 80 times the largest
/// size of training; `error.growth.v1`: ln of the last over the first. Series, every 250 updates:
/// `loss.train.step.v1`.
///
/// *Draws*: `start` (weights), `graphs` (training), `test`.
///
/// *Source*: Rosenbluth, Tönshoff and Grohe, "Some might say all you need is sum", IJCAI 2023,
/// section 6 and theorems on mean against sum.
///
/// @param largest size in training, 1 to 100
/// @param width 2 to 256
/// @param batch 1 to 1024 graphs
/// @param rate 1e-6 to 1
/// @param updates 1 to 1,000,000
public record Aggregation(
        Task task,
        Aggregator aggregator,
        int largest,
        int width,
        int batch,
        double rate,
        int updates)
        implements Iterated {
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
        Setting.within("batch", batch, 1, 1024);
        Setting.within("rate", rate, 1e-6, 1);
        Setting.within("updates", updates, 1, 1_000_000);
    }

    @Override
    public List<Observable> observables() {
        List<Observable> all = SizeMeasures.observables();
        all.add(LearnerSlice.LOSS);
        return all;
    }

    private MessageNet net(int graphs, int size) {
        boolean stars = task == Task.STARS;
        int leaves = graphs * size * (stars ? 1 : GraphBatch.MOST_LEAVES);
        return new MessageNet(aggregator, width, leaves, stars ? graphs : graphs * size, graphs);
    }

    private Learner learner() {
        return new Learner(
                MessageNet.parameters(width),
                new Adam(rate, .9, .999, 1e-8, 0, 0),
                Precision.FLOAT32,
                net(batch, largest)::loss);
    }

    @Override
    public Saved start(Run run) {
        return LearnerSlice.start(MessageNet.parameters(width), 2, run.key("start"));
    }

    @Override
    public boolean advance(Saved state, Run run, Recorder out) {
        Learner learner = learner();
        Draws draws = new Draws(run.key("graphs"));
        LearnerSlice slice = new LearnerSlice(updates, 1e12, new Schedule.Cosine(0)::factor);
        LongConsumer graphs =
                n ->
                        GraphBatch.of(task, draws, n * batch, batch, largest, true)
                                .set(learner.work(), aggregator);
        if (!slice.run(learner, state, graphs, out)) {
            return false;
        }
        if (state.step() < updates) {
            return true;
        }
        new SizeMeasures(this, run.key("test")).record(state.row("state"), out);
        return false;
    }

    @Override
    public Footprint footprint(Run run) {
        return Footprint.of(learner()).plus(new SizeMeasures(this, run.key("test")).footprint());
    }

    @Override
    public double multiplyAdds() {
        double leaves = batch * largest * (task == Task.STARS ? .5 : 1.5);
        double middles = task == Task.STARS ? batch : batch * largest * .5;
        return 6.0 * width * width * (leaves + 2 * middles + 3 * batch) * updates;
    }
}
