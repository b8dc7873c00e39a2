package org.phasezoo.study.graphs;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.phasezoo.engine.Precision;
import org.phasezoo.random.Draws;
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
    private static final int TESTED = 16;
    private static final List<Integer> TIMES = List.of(1, 2, 5, 20, 80);

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
        List<Observable> all = new ArrayList<>();
        for (int times : TIMES) {
            all.add(new Observable("error.x" + times + ".v1", false, "1"));
        }
        all.add(new Observable("error.growth.v1", false, "1"));
        all.add(LearnerSlice.LOSS);
        return all;
    }

    private MessageNet net(int graphs, int size) {
        boolean stars = task == Task.STARS;
        int leaves = graphs * size * (stars ? 1 : GraphBatch.MOST_LEAVES);
        return new MessageNet(aggregator, width, leaves, stars ? graphs : graphs * size, graphs);
    }

    @Override
    public Saved start(Run run) {
        return LearnerSlice.start(MessageNet.parameters(width), 2, run.key("start"));
    }

    @Override
    public boolean advance(Saved state, Run run, Recorder out) {
        Learner learner =
                new Learner(
                        MessageNet.parameters(width),
                        new Adam(rate, .9, .999, 1e-8, 0, 0),
                        Precision.FLOAT32,
                        net(batch, largest)::loss);
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
        double first = 0;
        double last = 0;
        Draws test = new Draws(run.key("test"));
        for (int times : TIMES) {
            last =
                    error(
                            state.row("state"),
                            GraphBatch.of(
                                    task, test, (long) times << 8, TESTED, times * largest, false));
            first = times == 1 ? last : first;
            out.scalar("error.x" + times + ".v1", last);
        }
        out.scalar("error.growth.v1", StrictMath.log(last / first));
        return false;
    }

    /// The mean relative error of parameters on a batch.
    double error(double[] theta, GraphBatch graphs) {
        double[] told = new TrainedMessages(aggregator, width, theta).told(graphs);
        double sum = 0;
        for (int g = 0; g < told.length; g++) {
            double target = graphs.targets()[g];
            sum += Math.abs(told[g] - target) / (Math.abs(target) + .5);
        }
        return sum / told.length;
    }

    @Override
    public double multiplyAdds() {
        double leaves = batch * largest * (task == Task.STARS ? .5 : 1.5);
        double middles = task == Task.STARS ? batch : batch * largest * .5;
        return 6.0 * width * width * (leaves + 2 * middles + 3 * batch) * updates;
    }
}
