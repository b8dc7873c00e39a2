package org.phasezoo.study;

import java.util.List;
import java.util.Optional;
import org.phasezoo.engine.Precision;
import org.phasezoo.train.Adam;
import org.phasezoo.train.Schedule;

/// Trainings on streams with settings that hold for small nets.
public final class Streams {
    private Streams() {}

    public static StreamTraining of(StreamObjective objective, int batchSize, int updates) {
        return with(objective, batchSize, updates, Optional.empty(), Precision.FLOAT32);
    }

    /// On 200 examples in double precision, polished on fixed ones.
    public static StreamTraining polished(StreamObjective objective, int updates, int iterations) {
        Optional<Polish> polish = Optional.of(new Polish(iterations, 10, 1e-10));
        return with(objective, 200, updates, polish, Precision.FLOAT64);
    }

    static StreamTraining with(
            StreamObjective objective,
            int batchSize,
            int updates,
            Optional<Polish> polish,
            Precision precision) {
        return new StreamTraining(
                objective,
                new Adam(.01, .9, .999, 1e-8, 0, 0),
                Optional.empty(),
                new Schedule.Constant(),
                batchSize,
                updates,
                polish,
                List.of(Checkpoint.INIT, Checkpoint.LAST),
                1e12,
                Optional.of(precision));
    }
}
