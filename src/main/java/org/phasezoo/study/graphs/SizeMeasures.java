package org.phasezoo.study.graphs;

import java.util.ArrayList;
import java.util.List;
import org.phasezoo.engine.Precision;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;
import org.phasezoo.study.Observable;
import org.phasezoo.study.Recorder;
import org.phasezoo.train.Footprint;

/// How far a net trained by [Aggregation] is off on graphs of 1, 2, 5, 20 and 80 times the largest
/// size of training, 16 of each.
final class SizeMeasures {
    private static final int TESTED = 16;
    private static final List<Integer> TIMES = List.of(1, 2, 5, 20, 80);

    private final Aggregation study;
    private final Precision precision;
    private final Draws test;

    SizeMeasures(Aggregation study, Precision precision, Key test) {
        this.study = study;
        this.precision = precision;
        this.test = new Draws(test);
    }

    static List<Observable> observables() {
        List<Observable> all = new ArrayList<>();
        for (int times : TIMES) {
            all.add(new Observable("error.x" + times + ".v1", false, "1"));
        }
        all.add(new Observable("error.growth.v1", false, "1"));
        return all;
    }

    private GraphBatch graphs(int times) {
        int size = times * study.largest();
        return GraphBatch.of(study.task(), test, (long) times << 8, TESTED, size, false);
    }

    void record(double[] theta, Recorder out) {
        TrainedMessages net =
                new TrainedMessages(study.aggregator(), study.width(), precision, theta);
        double first = 0;
        double last = 0;
        for (int times : TIMES) {
            last = net.error(graphs(times));
            first = times == 1 ? last : first;
            out.scalar("error.x" + times + ".v1", last);
        }
        out.scalar("error.growth.v1", StrictMath.log(last / first));
    }

    /// Of the size whose program takes most: they run one after the other.
    Footprint footprint() {
        Footprint most = Footprint.NONE;
        for (int times : TIMES) {
            most =
                    most.or(
                            Footprint.of(
                                    TrainedMessages.program(
                                            study.aggregator(), study.width(), graphs(times)),
                                    precision));
        }
        return most;
    }
}
